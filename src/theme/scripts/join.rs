//! Makes one file of each entry of the program's browser code: the modules that it imports, each in a function of its
//! own, so that no two names clash, and then the entry. Comments and indentation stay here.
//!
//! One file, because the service worker of a sealed edition has to be one (browsers without modules in service workers are
//! in use), and because a module that imports others costs a slow phone a round trip for each step in the depth. Entries are
//! never joined into others, so what they keep is there once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::imports::{How, Named, named_in};
use super::lexer::{Kind, Token, tokens};
use crate::encode::url::follow;
use crate::plan::{ClientFile, ClientRole};

/// An entry as browsers load it.
#[derive(Debug, Clone)]
pub struct Joined {
    /// Its source. Joined, it finds other entries beside itself, by their names.
    pub file: &'static ClientFile,
    /// The source of the joined script.
    pub text: String,
}

/// One file of each entry in the lists, in their order.
///
/// # Errors
///
/// A sentence on what doesn't fit: an import of what isn't there or isn't exported, modules that import each other in a
/// circle, a part in two entries or in none, or an export that is no function, class or constant.
pub fn join(lists: &[&'static [ClientFile]]) -> Result<Vec<Joined>, String> {
    let files: Vec<&'static ClientFile> = lists.iter().copied().flatten().collect();
    let mut modules = BTreeMap::new();
    let mut names = BTreeSet::new();
    for file in &files {
        if !names.insert(file.name()) {
            return Err(format!("two modules are called `{}`", file.name()));
        }
        let tokens = tokens(file.text);
        modules.insert(file.home, Module { file, named: named_in(file.text, &tokens), tokens });
    }
    let modules = Modules(modules);
    let mut used: BTreeMap<&str, &str> = BTreeMap::new();
    let mut joined = Vec::new();
    for file in files.iter().filter(|file| file.role.is_own_script()) {
        let mut parts = Vec::new();
        modules.collect(file.home, &mut Vec::new(), &mut parts)?;
        for part in &parts {
            let other = used.insert(part, file.home);
            if let Some(other) = other.filter(|_| modules.0[part].file.role == ClientRole::Part) {
                return Err(format!("`{part}` is in `{other}` and in `{}`", file.home));
            }
        }
        joined.push(Joined { file, text: modules.text(file, &parts)? });
    }
    let unused = files.iter().find(|file| file.role == ClientRole::Part && !used.contains_key(file.home));
    unused.map_or(Ok(joined), |file| Err(format!("no entry imports `{}`", file.home)))
}

struct Module {
    file: &'static ClientFile,
    named: Vec<Named>,
    tokens: Vec<Token>,
}

struct Modules(BTreeMap<&'static str, Module>);

impl Modules {
    /// The module that another one names.
    fn find(&self, from: &Module, named: &Named) -> Result<&Module, String> {
        let home = from.file.home;
        let folder = home.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = &from.file.text[named.at.clone()];
        let found = follow(folder, name).and_then(|path| self.0.get(path.as_str()));
        let found = found.filter(|_| name.starts_with('.'));
        found.ok_or_else(|| format!("`{home}` imports `{name}`, which isn't a module of the program"))
    }

    /// All that is joined into a module, each after what it imports itself.
    fn collect(
        &self,
        home: &'static str,
        path: &mut Vec<&'static str>,
        parts: &mut Vec<&'static str>,
    ) -> Result<(), String> {
        if path.contains(&home) {
            return Err(format!("these import each other: `{}`", path.join("`, `")));
        }
        path.push(home);
        let module = &self.0[home];
        for named in module.named.iter().filter(|named| named.how == How::Import) {
            let other = self.find(module, named)?.file;
            if other.role != ClientRole::Entry && !parts.contains(&other.home) {
                self.collect(other.home, path, parts)?;
                parts.push(other.home);
            }
        }
        path.pop();
        Ok(())
    }

    fn text(&self, entry: &ClientFile, parts: &[&'static str]) -> Result<String, String> {
        let mut out = String::new();
        let mut entries = BTreeSet::new();
        for home in parts.iter().chain([&entry.home]) {
            let module = &self.0[home];
            for named in module.named.iter().filter(|named| named.how == How::Import) {
                let other = self.find(module, named)?.file;
                if other.role == ClientRole::Entry && entries.insert(other.name()) {
                    let _ = writeln!(out, "import * as {} from \"./{}\";", variable(other), other.name());
                }
            }
        }
        for home in parts {
            let module = &self.0[home];
            let _ = writeln!(out, "const {} = (() => {{", variable(module.file));
            self.body(module, &mut out)?;
            let _ = writeln!(out, "return {{ {} }};\n}})();", module.exports()?.join(", "));
        }
        self.body(&self.0[entry.home], &mut out)?;
        Ok(out)
    }

    /// A module's statements, with what it imports as constants before them.
    fn body(&self, module: &Module, out: &mut String) -> Result<(), String> {
        let mut instead: Vec<(Range<usize>, String)> = Vec::new();
        // An address is of a file of the theme, beside which the entry will be.
        for named in module.named.iter().filter(|named| named.how != How::Url) {
            let other = self.find(module, named)?;
            if named.how == How::Import {
                let names = module.names(named, other)?;
                if !names.is_empty() {
                    let _ = writeln!(out, "const {names} = {};", variable(other.file));
                }
                instead.push((named.statement.clone(), String::new()));
            } else if other.file.role == ClientRole::Entry {
                instead.push((named.at.start - 1..named.at.end + 1, format!("\"./{}\"", other.file.name())));
            } else {
                return Err(format!(
                    "`{}` loads `{}`, which isn't an entry",
                    module.file.home, other.file.home
                ));
            }
        }
        if !module.file.role.is_own_script() {
            let exports = module.tokens.iter().filter(|token| module.is_export(token));
            instead.extend(exports.map(|token| (token.at.clone(), String::new())));
        }
        module.write(&instead, out);
        Ok(())
    }
}

impl Module {
    fn is_export(&self, token: &Token) -> bool {
        token.kind == Kind::Word && token.depth == 0 && &self.file.text[token.at.clone()] == "export"
    }

    /// What it exports: functions, classes and constants, by their names.
    fn exports(&self) -> Result<Vec<&str>, String> {
        let code: Vec<&Token> = self.tokens.iter().filter(|token| token.kind != Kind::Comment).collect();
        let word = |at: usize| code.get(at).map_or("", |token| &self.file.text[token.at.clone()]);
        let starts = (0..code.len()).filter(|at| self.is_export(code[*at]));
        let name = |at: usize| {
            let kinds = ["async", "function", "*", "class", "const"];
            let name = (at + 1..at + 5).find(|next| !kinds.contains(&word(*next))).unwrap_or(at);
            let is_one = name > at + 1 && code.get(name).is_some_and(|token| token.kind == Kind::Word);
            if is_one {
                Ok(word(name))
            } else {
                Err(format!("`{}`: `export {}`", self.file.home, word(at + 1)))
            }
        };
        let mut names = Vec::new();
        for at in starts {
            if word(at + 1) == "{" {
                names.extend(
                    (at + 2..code.len())
                        .map(word)
                        .take_while(|word| *word != "}")
                        .filter(|word| *word != ","),
                );
            } else {
                names.push(name(at)?);
            }
        }
        Ok(names)
    }

    /// The left side of an assignment of what a statement imports: `{ a, b: c }`, or nothing.
    fn names(&self, named: &Named, other: &Module) -> Result<String, String> {
        let words: Vec<&str> = named.names.iter().map(String::as_str).collect();
        let list = match words.as_slice() {
            [] => return Ok(String::new()),
            ["*", "as", name, "from"] => return Ok((*name).to_string()),
            ["{", list @ .., "}", "from"] => list,
            _ => return Err(format!("`{}`: `import {}`", self.file.home, words.join(" "))),
        };
        let exports = other.exports()?;
        let names = list.split(|word| *word == ",").filter(|name| !name.is_empty()).map(|name| {
            if !exports.contains(&name[0]) {
                return Err(format!("`{}` doesn't export `{}`", other.file.home, name[0]));
            }
            match name {
                [name] => Ok((*name).to_string()),
                [name, "as", own] => Ok(format!("{name}: {own}")),
                _ => Err(format!("`{}`: `import {}`", self.file.home, words.join(" "))),
            }
        });
        Ok(format!("{{ {} }}", names.collect::<Result<Vec<_>, _>>()?.join(", ")))
    }

    /// The code without comments and indentation, and with other texts in some places.
    fn write(&self, instead: &[(Range<usize>, String)], out: &mut String) {
        let text = self.file.text;
        let mut end = 0;
        let mut is_first = true;
        for token in self.tokens.iter().filter(|token| token.kind != Kind::Comment) {
            let other = instead.iter().find(|(range, _)| range.contains(&token.at.start));
            let piece = match other {
                Some((range, other)) if range.start == token.at.start => other.as_str(),
                Some(_) => "",
                None => &text[token.at.clone()],
            };
            if !piece.is_empty() {
                let gap = &text[end..token.at.start];
                if !is_first && !gap.is_empty() {
                    out.push(if gap.contains('\n') { '\n' } else { ' ' });
                }
                out.push_str(piece);
                is_first = false;
                end = token.at.end;
            }
        }
        if !is_first {
            out.push('\n');
        }
    }
}

/// What a module is called inside a joined file. No module has a `$` in its names.
fn variable(file: &ClientFile) -> String {
    format!("${}", file.name().trim_end_matches(".js").replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn file(home: &'static str, text: &'static str, role: ClientRole) -> ClientFile {
        ClientFile { home, text, role }
    }

    #[test]
    fn an_entry_has_what_it_imports_before_it_and_other_entries_beside_it() {
        static FILES: &[ClientFile] = &[
            file(
                "a/main.js",
                "// Why.\nimport { one, two as second } from \"./part.js\";\nimport { send } from \"../b/other.js\";\n\n\
                 /** @param {string} x */\nexport function main(x) {\n  return one(x) + second; // so\n}\n\
                 const later = () => import(\"../b/other.js\");\n",
                ClientRole::Entry,
            ),
            file(
                "a/part.js",
                "import { help } from \"../c/help.js\";\nexport const two = 2;\nexport async function one(x) {\n    return `  ${help(x)}\n  //`;\n}\n",
                ClientRole::Part,
            ),
            file(
                "b/other.js",
                "import { help } from \"../c/help.js\";\nexport const send = help;\n",
                ClientRole::Entry,
            ),
            file("c/help.js", "export function help(x) { return x /* as it is */; }\n", ClientRole::Helper),
        ];
        let joined = join(&[FILES]).expect("they fit");
        assert_eq!(joined.iter().map(|one| one.file.name()).collect::<Vec<_>>(), ["main.js", "other.js"]);
        assert_eq!(
            joined[0].text,
            "import * as $other from \"./other.js\";\n\
             const $help = (() => {\nfunction help(x) { return x ; }\nreturn { help };\n})();\n\
             const $part = (() => {\nconst { help } = $help;\nconst two = 2;\nasync function one(x) {\nreturn `  ${help(x)}\n  //`;\n}\n\
             return { two, one };\n})();\n\
             const { one, two: second } = $part;\nconst { send } = $other;\n\
             export function main(x) {\nreturn one(x) + second;\n}\nconst later = () => import(\"./other.js\");\n"
        );
        assert!(
            joined[1].text.ends_with("const { help } = $help;\nexport const send = help;\n"),
            "{}",
            joined[1].text
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        use ClientRole::{Entry, Part};
        let refused = |files: Vec<ClientFile>| join(&[Vec::leak(files)]).expect_err("it doesn't fit");
        let imports = |text| vec![file("a/a.js", text, Entry), file("a/b.js", "export const b = 1;", Part)];
        let cases = [
            (imports("import { c } from \"./b.js\";"), "`a/b.js` doesn't export `c`"),
            (imports("import \"./c.js\";"), "`a/a.js` imports `./c.js`, which isn't a module of the program"),
            (imports("import b from \"./b.js\";"), "`a/a.js`: `import b from`"),
            (imports("f();"), "no entry imports `a/b.js`"),
            (imports("import(\"./b.js\");"), "`a/a.js` loads `a/b.js`, which isn't an entry"),
            (
                vec![
                    file("a/a.js", "import \"./b.js\";", Entry),
                    file("a/b.js", "import \"./c.js\";", Part),
                    file("a/c.js", "import \"./b.js\";", Part),
                ],
                "these import each other: `a/a.js`, `a/b.js`, `a/c.js`",
            ),
            (
                vec![
                    file("a/a.js", "import \"./b.js\";", Entry),
                    file("a/b.js", "let b = 1;", Part),
                    file("a/c.js", "import \"./b.js\";", Entry),
                ],
                "`a/b.js` is in `a/a.js` and in `a/c.js`",
            ),
            (
                vec![
                    file("a/a.js", "import { b } from \"./b.js\";", Entry),
                    file("a/b.js", "export let b = 1;", Part),
                ],
                "`a/b.js`: `export let`",
            ),
            (vec![file("a/a.js", "", Entry), file("b/a.js", "", Entry)], "two modules are called `a.js`"),
        ];
        for (files, why) in cases {
            assert_eq!(refused(files), why);
        }
    }
}
