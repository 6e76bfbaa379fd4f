// Written by a test of the program, after the types in it.

export type Change = { "change": "set", 
/**
 * The keys and places in lists that lead to the value, the outermost first.
 */
path: Array<PathStep>, 
/**
 * What it is from now on.
 */
value: unknown, } | { "change": "remove", 
/**
 * The keys and places in lists that lead to the key, the outermost first.
 */
path: Array<PathStep>, } | { "change": "front_matter", 
/**
 * The whole front matter, as YAML.
 */
text: string, } | { "change": "text", 
/**
 * The whole text, as Markdown or YAML.
 */
text: string, };

export type PathStep = number | string;

export type Problem = "no_file" | "not_text" | "not_yaml" | "cant_be_changed" | "conflict" | "unknown" | "not_written" | "too_large" | "no_picture" | "not_begun" | "not_recorded" | "moved" | "nothing_chosen";

export type Refused = { problem: Problem, reason: string, };

export type Opened = { file: string, version: string, 
/**
 * Its kind, such as `insight` or `form`; empty where it is none that is known.
 */
kind: string, 
/**
 * The code of its language.
 */
language: string, 
/**
 * Where it is shown, on this server; `None` where it can't be seen.
 */
url: string | null, 
/**
 * What the front matter says; `None` where it can't be read.
 */
values: Record<string, unknown> | null, 
/**
 * The front matter as it is written.
 */
front: string, 
/**
 * What is below it; of a file that is nothing but YAML, all of it.
 */
text: string, 
/**
 * The lines of the file at which the front matter and the text begin, counted from 1.
 */
front_line: number, text_line: number, fields: Array<Field>, translations: Array<Translation>, 
/**
 * Were the changes joined with somebody else's?
 */
joined: boolean, };

export type EditorPage = { words: Words, 
/**
 * Codes of the site's languages, the first one first, with what their speakers call them.
 */
languages: Array<[string, string]>, 
/**
 * Is the site in a git repository, so that changes can be recorded?
 */
has_history: boolean, };

export type FileRow = { file: string, title: string, kind: string, 
/**
 * The code of its language.
 */
language: string, draft: boolean, };

export type Translation = { code: string, label: string, 
/**
 * `None` where there is none yet.
 */
file: string | null, };

export type PastedText = { text: string, 
/**
 * So many pictures couldn't be taken along.
 */
pictures_left: number, };

export type Head = { 
/**
 * The name of the branch; empty where none is.
 */
branch: string, 
/**
 * The whole id of the last commit; empty before the first one.
 */
commit: string, };

export type FileChange = "added" | "changed" | "removed";

export type ChangedPage = { path: string, change: FileChange, 
/**
 * Was it written in this editor, since `serve` was started?
 */
written: boolean, };

export type Recordable = { head: Head, files: Array<ChangedPage>, };

export type RecordRequest = { head: Head, files: Array<string>, message: string, branch: string, };

export type Recorded = { 
/**
 * The short id of the commit.
 */
commit: string, branch: string, };

export type Field = { 
/**
 * The keys that lead to its value.
 */
path: Array<string>, label: string, 
/**
 * A sentence below it, with what is written as it is in backticks; may be empty.
 */
hint: string, 
/**
 * The group that it is in, by its id.
 */
group: string, 
/**
 * What it is a part of, where that has other fields and no group of its own; may be empty.
 */
part: string, input: Input, 
/**
 * What can be chosen; in [`Input::Texts`], what is offered.
 */
choices: Array<Named>, };

export type Named = { 
/**
 * The value as it is written in the file.
 */
value: string, 
/**
 * What it is called; the same where it has no other name.
 */
label: string, };

export type Shape = { "is": "any" } | { "is": "text" } | { "is": "localized", 
/**
 * The codes of the site's languages.
 */
languages: Array<string>, } | { "is": "truth", 
/**
 * The value that is meant where the key isn't there.
 */
usual: boolean, } | { "is": "number" } | { "is": "date" } | { "is": "time" } | { "is": "choice", 
/**
 * The values, with what each is called.
 */
values: Array<Named>, } | { "is": "texts", 
/**
 * What there is; may be empty.
 */
values: Array<Named>, } | { "is": "map", 
/**
 * The name of the map, under which its keys are listed.
 */
map: string, } | { "is": "list", 
/**
 * What each of its items can be.
 */
items: Shape, } | { "is": "entries", 
/**
 * What each of its values can be.
 */
values: Shape, };

export type Key = { 
/**
 * The key as it is written.
 */
name: string, 
/**
 * What those who write call it, in their language.
 */
label: string, 
/**
 * What it is, in a sentence; what is in backticks is written like that.
 */
help: string, 
/**
 * What its value can be.
 */
shape: Shape, 
/**
 * Is the file wrong without it?
 */
is_required: boolean, };

export type Outline = { 
/**
 * The map that the file is, among `maps`.
 */
root: string, 
/**
 * The keys of each map that the root leads to, by its name.
 */
maps: { [key in string]: Array<Key> }, };

export type Input = "text" | "lines" | "date" | "time" | "number" | "truth" | "unless" | "choice" | "texts" | "picture" | "focus" | "written";

export type Words = { 
/**
 * The code of the language.
 */
language: string, heading: string, pages: string, new_page: string, text: string, settings: string, page: string, saving: string, saved: string, unsaved: string, stopped: string, changes: string, no_changes: string, undo: string, undone: string, restore: string, yaml: string, yaml_hint: string, languages: string, translate: string, create: string, cancel: string, kind: string, title: string, language_label: string, search: string, nothing_found: string, draft: string, bold: string, italic: string, heading_button: string, list: string, numbered: string, quote: string, link: string, link_hint: string, picture: string, picture_hint: string, alt: string, upload: string, remove: string, focus_hint: string, insert: string, blocks_label: string, none: string, yes: string, left_out: string, known: string, known_hint: string, go_to_line: string, several_hint: string, otherwise: string, write_it: string, close: string, joined: string, take_theirs: string, keep_mine: string, wrong: string, file_label: string, open_page: string, not_shown: string, pictures_left: string, record: string, record_hint: string, record_message: string, record_branch: string, recorded: string, nothing_to_record: string, added: string, changed: string, removed: string, 
/**
 * By the name of the problem.
 */
problems: Array<[string, string]>, 
/**
 * Groups of fields, in their order.
 */
groups: Array<Group>, 
/**
 * Kinds of pages; those that can be begun come first.
 */
kinds: Array<KindWord>, 
/**
 * What can be put into a text.
 */
blocks: Array<Block>, };

export type Group = { id: string, label: string, };

export type KindWord = { 
/**
 * The kind, as code and front matter name it.
 */
name: string, 
/**
 * What one page of this kind is called.
 */
label: string, 
/**
 * What several pages of this kind are called.
 */
plural: string, 
/**
 * Can one be begun in the browser?
 */
begins: boolean, };

export type Block = { 
/**
 * What those who write call the block.
 */
label: string, 
/**
 * Its Markdown, to be filled in.
 */
text: string, };
