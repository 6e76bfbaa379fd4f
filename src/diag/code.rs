//! Every kind of problem that ringback reports: its permanent name, its severity and its explanation.
//!
//! A name, once released, is never given another meaning: people put it into CI filters and search for it.

use serde::{Deserialize, Serialize};

use super::Severity;

/// Whether a code is an error, a warning or advice.
enum Kind {
    /// The content can't be published like this.
    Error,
    /// Published, but likely not what was meant.
    Warning,
    /// A matter of good writing and of being found: what `checks:` in `ringback.yaml` sets.
    Advice,
}

macro_rules! codes {
    ($($variant:ident $name:literal $kind:ident $text:literal,)*) => {
        /// The permanent name of a kind of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $text] #[serde(rename = $name)] $variant,)*
        }

        impl Code {
            /// All codes, in the order in which they are documented.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name as it is printed: kebab-case, permanent.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            fn kind(self) -> Kind {
                match self { $(Code::$variant => Kind::$kind,)* }
            }

            /// What happened, why it matters and what to do: what `ringback explain` prints.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }
        }
    };
}

codes! {
    // The files of a site
    NoContent "no-content" Error "\
        There is no content to build.\n\n\
        ringback looks for pages in the folder `content/`, next to `ringback.yaml`, and found none there. \
        Usually the command was run in another folder: go to the one that contains `ringback.yaml`, or \
        name it with `--root FOLDER`.",
    NotUtf8 "not-utf8" Error "\
        The file is not saved as UTF-8 text.\n\n\
        ringback reads UTF-8 only, so that letters such as å, ø and é appear correctly for every reader. \
        This file was saved in an older encoding, or isn't a text at all. Open it in your editor, save it \
        again with the encoding UTF-8 (often under \"Save as\"), and build again.",
    UnreadableFile "unreadable-file" Error "\
        The file could not be read.\n\n\
        The file exists, but it can't be opened. Common reasons: your account isn't allowed to read it, \
        another program has locked it, it is in a cloud folder and hasn't been downloaded yet, or it was \
        moved while ringback was working. Check that you can open it yourself, then build again.",
    FileTooLarge "file-too-large" Error "\
        The file is too large for ringback.\n\n\
        The limit keeps one stray file, such as a database dump saved as Markdown, from stopping the whole \
        site. If it is a real text, split it into several pages. If it is a download, give it its proper \
        file extension and put it next to the page that links to it.",
    LinkOutOfSite "link-out-of-site" Error "\
        A symbolic link leads out of its folder.\n\n\
        A symbolic link is a file that only points at another one. This one points outside the site, at \
        nothing, or out of its own folder (`content/`, `static/`, `themes/`), so that following it could \
        publish something that was never meant for readers: a text without its audience, a setting, a \
        password. `ringback.yaml` and these folders can't be links themselves, and pages and forms are \
        only read in their own place. Copy the real file or folder to this place and delete the link.",
    LinkLoop "link-loop" Error "\
        Symbolic links lead in a circle.\n\n\
        A symbolic link is a file that only points at another one. This one leads, perhaps through others, \
        back to a folder that contains it, so reading it would never end. Delete the link, or point it at \
        the real file.",
    NameCase "name-case" Error "\
        Two names differ only in their case or spelling.\n\n\
        Some disks distinguish `Prices` from `prices` and others don't, and an é can be saved as one \
        character or as two. Names that differ only in this way would be one page on one computer and two \
        on another, and the audience set in one file would not apply to the other. Spell translations of a \
        page, and their folder, alike. The site's own folders and `ringback.yaml` must be in lower case.",
    WindowsName "windows-name" Warning "\
        Windows can't have a file of this name.\n\n\
        Windows keeps `con`, `prn`, `aux`, `nul`, `com1` to `com9` and `lpt1` to `lpt9` for devices, with any ending, and \
        allows none of `< > : \" \\ | ? *` in a name, nor a dot or space at its end. A colleague with Windows can't check \
        out such a site, and a build there can't write the page. Rename the file.",
    LanguageFolder "language-folder" Warning "\
        A folder is called like a language.\n\n\
        Other programs keep each language in a folder of its own. Here the language is a part of a file's name, and \
        translations are next to each other: `content/insights/prices.md` and `content/insights/prices.sv.md`. A file \
        in `content/sv/` would be a page of the site's default language, with `sv` in its URL.",
    LeftOut "left-out" Warning "\
        A file is not published because of its name.\n\n\
        Hidden files, copies that editors make, and texts of pages and forms as they are written don't \
        belong on a website: they contain passwords, drafts and gated content. So ringback leaves them \
        out, and says so if somebody could have wanted to publish them. The only hidden names published \
        from `static/` are those that web hosts read: `.well-known/`, `.nojekyll`, `.domains` and \
        `.htaccess`. Move the file out of the site, or rename it if readers should get it.",
    UnknownLanguageSuffix "unknown-language-suffix" Error "\
        The file name ends in an unknown language.\n\n\
        Two letters before the extension name a language: `prices.sv.md` is the Swedish translation of \
        `prices.md`. This file names a language that is not listed under `languages` in `ringback.yaml`. \
        Add it there, or correct the name. If the letters mean something else, replace the dot with a \
        hyphen: `prices-uk.md`.\n\n\
        ```yaml\n\
        languages: {en: {label: English}, sv: {label: Svenska}}\n\
        ```",
    NoSlug "no-slug" Error "\
        The file name has nothing that can be used in a URL.\n\n\
        A page's URL is made from its file name: `empty-crm.md` becomes `/insights/empty-crm/`. Letters of \
        any alphabet and digits are kept, and this name has neither. Rename the file, or write the last \
        part of the URL yourself in the front matter:\n\n\
        ```yaml\n\
        slug: empty-crm\n\
        ```",

    // YAML: configuration, front matter, forms, themes
    ForeignFrontMatter "foreign-front-matter" Error "\
        The front matter isn't written as ringback reads it.\n\n\
        What an author says about a page is YAML between two lines of three hyphens, and the first of them is the very \
        first line of the file. TOML (`+++`), JSON, an empty line above, another number of hyphens or a dash look \
        similar, but would be shown as text.\n\n\
        ```text\n\
        ---\n\
        title: The empty CRM\n\
        ---\n\
        ```",
    YamlSyntax "yaml-syntax" Error "\
        The settings are not valid YAML.\n\n\
        The front matter of a page (between the `---` lines), `ringback.yaml` and the forms are written in \
        YAML, which is strict about punctuation. Indent with spaces, never with tabs; put a space after \
        each colon; close what you open with `[`, `{` or a quotation mark. A text that itself contains a \
        colon and a space needs quotation marks:\n\n\
        ```yaml\n\
        title: \"Silos: why the second sale is lost\"\n\
        ```",
    YamlLimit "yaml-limit" Error "\
        The YAML is nested or repeated beyond the limits.\n\n\
        Some YAML files are small but unfold into something enormous, by accident or maliciously, so \
        ringback stops reading at a depth and a size that no ordinary page comes near. Look for lists \
        inside lists inside lists, and for anchors (`&name`) that are used again and again (`*name`), and \
        write the values out.",
    DuplicateKey "duplicate-key" Error "\
        The same key is written twice.\n\n\
        A key such as `title` can have one value only. With two, ringback would have to guess which one \
        you meant, and sooner or later somebody would edit the one that has no effect. Delete one of them. \
        If you meant several values, write a list:\n\n\
        ```yaml\n\
        tags: [listening, price]\n\
        ```",
    RenamedKey "renamed-key" Warning "\
        A key or a value has an earlier name.\n\n\
        Some names were changed to those that most people use: `placeholders` instead of `blanks`, \
        `thank_you` instead of `after`. The old name still means the same, so nothing is lost, but the \
        documentation and everybody else's examples have the new one. `ringback check --fix` writes the new \
        name for you.",
    UnclosedFrontMatter "unclosed-front-matter" Error "\
        The front matter has no closing `---` line.\n\n\
        A page may open with its settings, between two lines of three hyphens. The first line is here, but \
        the second is missing, so the whole page would count as settings. Put a line with only `---` \
        between the settings and the text:\n\n\
        ```text\n\
        ---\n\
        title: The empty CRM\n\
        ---\n\
        The text begins here.\n\
        ```",
    UnknownKey "unknown-key" Error "\
        There is no setting with this name.\n\n\
        The key is misspelt, wrongly indented, or belongs to another kind of file. ringback rejects it, \
        because a misspelt `expires` that nobody notices would leave an old offer online. Correct the \
        spelling or the indentation. Put values for your own theme under `extra`:\n\n\
        ```yaml\n\
        extra: {ribbon: New}\n\
        ```",
    MissingKey "missing-key" Error "\
        A required setting is missing.\n\n\
        Some things ringback cannot guess: the title of a page, the fields of a form, the URL of a \
        webhook. The message names the key and the place where it belongs. Add it, with a value.",
    WrongType "wrong-type" Error "\
        The value is of the wrong kind.\n\n\
        A setting expects a text, a number, yes or no (`true`, `false`), a list (`[a, b]`) or a map (`{en: \
        Hello}`), and this value is of another kind. The message says which was expected. A number, or a \
        word such as `true`, needs quotation marks if it is meant as text:\n\n\
        ```yaml\n\
        title: \"2026\"\n\
        tags: [listening]\n\
        ```",
    InvalidValue "invalid-value" Error "\
        The setting can't have this value.\n\n\
        The value is of the right kind, but it is not one that the setting can have: a misspelt choice, a \
        number out of range, or a text in the wrong format. The message says what is possible. Correct the \
        value, or delete the line if the setting is optional.",
    BadDate "bad-date" Error "\
        This is not a date that ringback understands.\n\n\
        Dates decide when a page appears, when it expires and how lists are sorted, so ringback does not \
        guess whether 02/11 is in February or in November. Write year, month and day, with hyphens, and \
        check that the day exists. The same goes for a date at the beginning of a file name.\n\n\
        ```yaml\n\
        date: 2026-11-02\n\
        ```",
    ExpiresBeforeDate "expires-before-date" Error "\
        The page expires before it is published.\n\n\
        `date` is the first day of a page and `expires` the first day without it. If `expires` isn't later, \
        the page is never online, on any day, and nobody would notice. Usually the year or month of one of \
        them is wrong: correct it. To take a page offline, set `draft: true`.\n\n\
        ```yaml\n\
        date: 2026-11-02\n\
        expires: 2026-12-24\n\
        ```",
    BadPhone "bad-phone" Error "\
        This is not a phone number that a link can call.\n\n\
        Readers tap the number to call, so it has to be clear which number that is. A second number, or \
        words and hours that run into the digits, would make the link call somebody else. Write one number. \
        An extension can follow it, and a note such as the hours goes in brackets after it.\n\n\
        ```yaml\n\
        phone: +46 8 465 004 10 ext. 12\n\
        ```",
    BadUrl "bad-url" Error "\
        This is not a complete web address.\n\n\
        Feeds, share links and forms are used away from your site, so they need the full URL, with \
        `https://` in front and without spaces. Copying it from the browser's address bar is the safest \
        way.\n\n\
        ```yaml\n\
        base_url: https://www.example.org/\n\
        ```",
    UnsetVariable "unset-variable" Error "\
        An environment variable has no value.\n\n\
        `${NAME}` in `ringback.yaml` is a placeholder for a value that is kept out of the files, such as \
        the URL of a webhook. It isn't set on this computer. Set it before you build (in CI: among the \
        secrets or variables of the project), or give a default after `:-`.\n\n\
        ```yaml\n\
        url: ${CRM_WEBHOOK_URL:-https://crm.example.org/leads}\n\
        ```",

    OwnVariable "own-variable" Error "\
        `ringback.yaml` uses one of ringback's own secrets.\n\n\
        The keys of gates are made from `RINGBACK_SECRET`, and `RINGBACK_PASSPHRASE` opens a sealed \
        edition. `RINGBACK_ADMIN_TOKEN` opens the relay's page with all leads. ringback reads them directly \
        from the environment. Values in `ringback.yaml` go into \
        pages, so a secret that is named there, or has the same value as a variable that is, would be \
        published. Remove it. If it has already been published, make a new one with `ringback keys --new`.",

    // Names that must exist
    UnknownAuthor "unknown-author" Error "\
        No person has this name.\n\n\
        Authors are named by their file: `anna-berg` is `content/people/anna-berg.md`, and no such file \
        exists. Without it, the page would be published with an author whom readers can't look up. Correct \
        the name, or write the person's page first.\n\n\
        ```yaml\n\
        authors: [anna-berg]\n\
        ```",
    UnknownTerm "unknown-term" Error "\
        The taxonomy does not list this term.\n\n\
        A taxonomy (categories, personas, …) with `strict: true` only accepts the terms that \
        `ringback.yaml` declares. That keeps `sales` and `slaes` from becoming two lists with half the \
        pages each. Correct the spelling, or declare the new term in `ringback.yaml`:\n\n\
        ```yaml\n\
        terms: {sales: {label: {en: Sales, sv: Försäljning}}}\n\
        ```",
    OverduePart "overdue-part" Warning "\
        A planned part of a series is overdue.\n\n\
        `expected` is a promise to readers. Once the month is over, they are no longer told when the part comes, \
        only that it does. Publish the part, or name the month in which it will be out:\n\n\
        ```yaml\n\
        planned: [{part: 3, title: What to measure instead, expected: 2027-02}]\n\
        ```",
    UnusedTermPage "unused-term-page" Warning "\
        This is a term's own page, and no page has the term.\n\n\
        A file in a folder that is called like a taxonomy, such as `content/category/sales.md`, is what readers see \
        above the list of all pages with that term. A term exists when a page in the same language has it, so \
        without such a page the text is shown nowhere. Either the file is named after another term than the one \
        that was meant, or a page has lost its term:\n\n\
        ```yaml\n\
        category: sales\n\
        ```",
    TermPageTaken "term-page-taken" Error "\
        Two files are the page of the same term.\n\n\
        A term has one page in each language. Names that differ only in case, accents or punctuation are the \
        same term, and `C++.md` and `c-plus-plus.md` are, too. Keep one of the files and move into it what \
        readers need from the other.",
    MisplacedTermPage "misplaced-term-page" Error "\
        A file in a taxonomy's folder isn't a term's page.\n\n\
        A folder that is called like a taxonomy (`content/category/`) holds the pages of its terms and nothing \
        else: `sales.md`, `sales.sv.md`, or `sales/index.md` with its images. The list of all terms has no page of \
        its own, and there are no folders below a term, because these URLs are those of ringback's lists.",
    TermFolder "term-folder" Warning "\
        This folder's name is almost that of a taxonomy.\n\n\
        Terms' own pages are in a folder with the name of their taxonomy, as it is in `ringback.yaml`. \
        Files in `content/categories/` are ordinary pages instead, and aren't shown above \
        the lists of their terms. Rename the folder, or declare the taxonomy. If the folder is a section on \
        purpose, give it an `_index.md` with a title.",
    UnknownSeries "unknown-series" Error "\
        There is no series with this name.\n\n\
        A series ties articles together, in order, and is declared under `series` in `ringback.yaml`, with \
        its title. Correct the name in the page, or declare the series.\n\n\
        ```yaml\n\
        series: {id: empty-crm, part: 2}\n\
        ```",
    UnknownForm "unknown-form" Error "\
        There is no form with this name.\n\n\
        Gates, next steps, `[form:guide]` in a text and `extends:` name a form by its file: `guide` is \
        `content/forms/guide.yaml`. The form named here doesn't exist, so readers would have nothing to \
        fill in. Correct the name, or write the form.\n\n\
        ```yaml\n\
        gate: {form: guide}\n\
        ```",
    OversizedMedia "oversized-media" Error "\
        This film or sound is too large to publish.\n\n\
        Files of a gigabyte or more are refused: hosts of static sites don't take them (GitHub Pages stops at 100 MB, \
        Cloudflare Pages at 25 MB), and readers on a phone don't wait for them. Save it in a lower resolution, or put \
        it on a video service, and write its address alone in a paragraph.",
    InvalidCaptions "invalid-captions" Error "\
        These captions aren't WebVTT, which browsers read.\n\n\
        Players would show no captions, and nobody would notice who hears well. The first line of a file with captions \
        is `WEBVTT`; each caption has its times, with a point before the milliseconds, and its words below. Most \
        programs that make captions can export WebVTT (`.vtt`); SRT (`.srt`) differs in exactly these two things.\n\n\
        ```text\n\
        WEBVTT\n\n\
        00:00:01.000 --> 00:00:03.500\n\
        We stopped calling and waited.\n\
        ```",
    IncompletePodcast "incomplete-podcast" Warning "\
        This podcast lacks something that directories need.\n\n\
        Apple and Spotify refuse a feed without a description, a square cover of 1400 to 3000 pixels (JPEG or PNG), and \
        at least one episode. The cover is the section's `image`. An episode is an article of the section with a date \
        and a sound alone in a paragraph.",
    UnknownOffer "unknown-offer" Error "\
        There is no offer with this id.\n\n\
        `> [!offer] guide` in a text shows the offer `guide` of the site, or of a person who wrote the text. \
        Nobody offers what is named here. Correct the id, or add the offer.\n\n\
        ```yaml\n\
        offers: {guide: {page: insights/ten-questions}}\n\
        ```",
    UnknownScript "unknown-script" Error "\
        There is no call script with this name.\n\n\
        `[script:too-busy]` in a text shows the script `content/scripts/too-busy.md`. The script named \
        here doesn't exist, so salespeople would look for something that isn't there. Correct the name, or \
        write the script.\n\n\
        ```text\n\
        [script:too-busy]\n\
        ```",
    UnknownAssessment "unknown-assessment" Error "\
        There is no assessment with this name.\n\n\
        `[assessment:maturity]` in a text shows the questions of `content/assessments/maturity.yaml`. The one named here \
        doesn't exist, so readers would see nothing. Correct the name, or write the file.\n\n\
        ```text\n\
        [assessment:maturity]\n\
        ```",
    UnknownSurvey "unknown-survey" Error "\
        There is no survey with this name here.\n\n\
        `[survey:sales-manager]` in a text shows the questions of `content/surveys/sales-manager.yaml`, and \
        `[results:sales-manager]` is where its answers are put together. The one named here doesn't exist, or sends its answers \
        as leads, which `ringback surveys` adds up. Correct the name, or write the file.\n\n\
        ```text\n\
        [survey:sales-manager]\n\
        ```",
    UnknownWebhook "unknown-webhook" Error "\
        There is no webhook with this name.\n\n\
        A webhook is the endpoint that receives the leads of a form, and is declared under `webhooks` in \
        `ringback.yaml`. The one named here is not, so every lead would be lost. Correct the name, or \
        declare the webhook:\n\n\
        ```yaml\n\
        webhooks: {crm: {kind: json, url: \"${CRM_WEBHOOK_URL}\"}}\n\
        ```",
    UnknownStage "unknown-stage" Error "\
        The buyer's journey has no such stage.\n\n\
        The stages come from `journey` in `ringback.yaml`: the model `inbound` has attract, convert, close \
        and delight, and other models have others. The stage of a page decides which call to action readers \
        get at its end. Use one of the stages that the message lists.\n\n\
        ```yaml\n\
        stage: convert\n\
        ```",
    UnknownPage "unknown-page" Error "\
        There is no page at this path.\n\n\
        Menus, calls to action and share lists name a page by its path in `content/`, without extension \
        and language: `pages/about` is `content/pages/about.md`. There is no page at this path; perhaps it \
        was renamed or moved. Correct the path.\n\n\
        ```yaml\n\
        call_to_action: {page: insights/ready-to-talk}\n\
        ```",
    UnknownLanguage "unknown-language" Error "\
        The site does not have this language.\n\n\
        The languages of a site are listed under `languages` in `ringback.yaml`, by their short codes. A \
        text in any other language would never be shown. Correct the code (Norwegian Bokmål is `nb`, \
        Swedish is `sv`), or add the language to the list.",
    UnknownEdition "unknown-edition" Error "\
        There is no edition with this name.\n\n\
        An edition is one output of the site, for the public or for your own team, and is declared under \
        `editions` in `ringback.yaml`. A site without that key has a single one, `public`. Use one of the \
        names that the message lists. `ringback export-search` uses the public edition; if there is none, name one \
        with `--edition`.",
    UnknownTemplate "unknown-template" Error "\
        The theme has no template with this name.\n\n\
        A page asks for its own layout with `template:`, or a template includes another one, but neither \
        your site's theme nor the built-in one has it. Correct the name, put the file into \
        `themes/<name>/templates/`, or delete the line: then the page uses its default template.",

    // Forms and webhooks
    ExtendsLoop "extends-loop" Error "\
        Forms extend each other in a circle.\n\n\
        `extends:` inherits from another form, but here that form leads back to this one, perhaps through \
        others, so none of them is complete. Remove `extends:` from one of them, or extend one of the \
        built-in forms: `contact`, `ring-me-back`, `newsletter` or `lead`.",
    DuplicateField "duplicate-field" Error "\
        The same name is given twice in a form.\n\n\
        Fields, consents and the options of a choice are told apart by their ids, in the CRM, too: if two \
        had the same id, one answer would be lost. Give one of them another `id`, or remove it.",
    FormWithoutWebhook "form-without-webhook" Error "\
        The form sends its leads nowhere.\n\n\
        A visitor who fills it in would be thanked, but the lead would be lost. Declare an endpoint for \
        the leads under `webhooks` in `ringback.yaml`, and name it in the form:\n\n\
        ```yaml\n\
        webhook: crm\n\
        ```",
    FormWithoutContact "form-without-contact" Error "\
        The form does not ask how to reach the visitor.\n\n\
        Without an email address or a phone number there is no way to reach the visitor, so the lead is \
        worth nothing. Add a field of the type `email` or `tel`:\n\n\
        ```yaml\n\
        fields: [{id: email, type: email, required: true}]\n\
        ```",
    ConsentNotTranslated "consent-not-translated" Error "\
        A consent has no text in a language of the site.\n\n\
        Somebody who reads your site in that language would agree to a text in another one, and such a \
        consent may not be valid. Write the text in each language of the site:\n\n\
        ```yaml\n\
        text: {en: You may write to me., sv: Ni får skriva till mig.}\n\
        ```",
    FormNotTranslated "form-not-translated" Warning "\
        A text of a form lacks a language of the site.\n\n\
        Readers of that language see it in another one, in the middle of a form that should win their \
        trust. Add the text in the language that the message names. You don't have to write labels for \
        common fields (`name`, `email`, `phone`, `company`, …): ringback has them in many languages.",
    AssessmentNotTranslated "assessment-not-translated" Warning "\
        A text of an assessment lacks a language.\n\n\
        Readers of that language are asked in another one, or read half of their result in it. Write the text in the \
        language that the message names.",
    LevelBounds "level-bounds" Error "\
        Levels overlap, or leave scores without a level.\n\n\
        A score is a whole number from 0 to 100, and each has one level. Somebody whose score has two would see the first \
        of them, and somebody whose score has none would see no result at all. Let each level begin one above the end \
        of the one before it:\n\n\
        ```text\n\
        levels:\n\
          - {id: beginning, from: 0, to: 39, title: Beginning}\n\
          - {id: steady, from: 40, to: 100, title: Steady}\n\
        ```",
    UnreachableLevel "unreachable-level" Warning "\
        Nobody can reach a level of an assessment.\n\n\
        No combination of answers comes to a score within the bounds of this level, unless questions are left out, so its \
        words are written for nobody. Change its bounds, or the points of the answers.",
    UnscoredQuestion "unscored-question" Warning "\
        A question of an assessment counts for nothing.\n\n\
        People give an answer that takes effort and changes nothing in their result. Name the `dimension` that it belongs \
        to and give its answers different points (a number needs `none` and `all`); for a question whose answer only the lead should have, use \
        `type: text`; or leave it out.",
    ThinDimension "thin-dimension" Warning "\
        A dimension has one question or none.\n\n\
        One answer isn't a measure: a single slip decides whether this part is called a strength or a gap. Ask at least two \
        questions, or join the dimension with another one.",
    UnknownCalculator "unknown-calculator" Error "\
        There is no calculator with this name.\n\n\
        `[calculator:cold-call]` in a text shows `content/calculators/cold-call.yaml`. The one named here doesn't exist, so \
        readers would see nothing. Correct the name, or write the file.\n\n\
        ```text\n\
        [calculator:cold-call]\n\
        ```",
    UnknownQuantity "unknown-quantity" Error "\
        A formula names something that isn't there.\n\n\
        A formula knows the ids of the calculator's inputs, assumptions and results, and `year`. This name is none of them, \
        so nothing could be computed. Correct it, or declare what it means.",
    InvalidFormula "invalid-formula" Error "\
        A formula of a calculator can't be read.\n\n\
        A formula has numbers (with a point), names, `+ - * / ^`, brackets, comparisons, and the functions `min`, `max`, \
        `round` and `if`. The place where reading it failed is marked.\n\n\
        ```text\n\
        formula: if(calls > 50, 50, calls) * minutes / 60\n\
        ```",
    CircularFormula "circular-formula" Error "\
        A result of a calculator needs itself.\n\n\
        Its formula uses another result whose formula leads back to it, so there is nothing to begin with. Let one of them \
        be computed from inputs and assumptions alone.",
    MeasureMismatch "measure-mismatch" Error "\
        The measures in a formula don't fit.\n\n\
        Hours and euros can't be added, and minutes aren't hours: a result with a wrong unit looks right and is off by \
        sixty times. Convert with an assumption that has both, or correct the `measure` of what is used:\n\n\
        ```text\n\
        - {id: per_hour, label: Minutes in an hour, measure: min/h, value: 60}\n\
        ```",
    DivisionByZero "division-by-zero" Error "\
        A formula may divide by 0.\n\n\
        Within the bounds of the inputs, what is below the line can be 0, and then there is no result to show. Give the \
        input a `min` above 0, or divide by `max(1, …)`.",
    UnusedQuantity "unused-quantity" Warning "\
        A calculator asks for something that it doesn't use.\n\n\
        Readers change a number and nothing happens, or read an assumption that plays no part. Use it in a formula, or remove it.",
    SurveyNotTranslated "survey-not-translated" Warning "\
        A text of a survey lacks a language.\n\n\
        People are asked in another language than the page around the question, and answer something that they only half \
        understand. Write the text in the language that the message names.",
    HardQuestions "hard-questions" Warning "\
        These questions are hard to read.\n\n\
        Somebody who reads a question twice answers what they think it means, or gives up. In English this is measured by the \
        Automated Readability Index (13 or more: for people with more than twelve years of school), in Swedish, Norwegian and \
        Danish by LIX (50 or more: difficult), over all questions together. Shorten the longest sentences, use shorter words, and \
        read the questions aloud.",
    SurveyIdentifies "survey-identifies" Warning "\
        A form that sends ratings asks who is writing.\n\n\
        Raters answer openly where nobody learns which answer is theirs. This form takes their result code along, and \
        asks for a name, an address or a number with it. Use a form of its own, without such fields.",
    TooFewRaters "too-few-raters" Error "\
        No group of a 360 is large enough to be shown.\n\n\
        The answers of groups of fewer than three people are never shown alone, so there has to be at least one group \
        other than `self`. Add groups, or leave `groups` out: then they are `self`, `manager`, `peers`, `reports` and \
        `customers`.",
    CalculatorNotTranslated "calculator-not-translated" Warning "\
        A text of a calculator lacks a language.\n\n\
        Readers of that language see it in another one. Write the text in the language that the message names.",
    MisplacedEmbed "misplaced-embed" Error "\
        A form, script or assessment isn't allowed here.\n\n\
        `[form:guide]` shows a form, and `[script:too-busy]` a call script, if it is its own paragraph: on its \
        own line, with an empty line before and after, outside any list, quotation, table or heading. \
        Anywhere else, readers would see the text as it is. If that is what you want, put a backslash in \
        front of the bracket, or backticks around all of it.\n\n\
        ```text\n\
        Write to us:\n\n\
        [form:contact]\n\
        ```",
    UnknownBlock "unknown-block" Warning "\
        A block or a section has a type that isn't known.\n\n\
        A quotation whose first line is a word in brackets with an exclamation mark, such as `> [!tip]`, is a block, \
        and a heading with `{role=faq}` begins a section that is shown in a way of its own. One that \
        isn't known, often because of a slip of the pen, is shown as a plain box or a plain section. For a quotation that does begin with such a word, put a backslash before the bracket.",
    IncompleteBlock "incomplete-block" Warning "\
        A block lacks what it consists of.\n\n\
        Questions and answers need at least one question, tabs and columns at least two parts, a gallery an image, a \
        call to action one link. Without it, readers see an empty frame, or a button that leads nowhere.\n\n\
        ```text\n\
        ## Questions {role=faq}\n\n\
        ### What does it cost?\n\n\
        Nothing.\n\
        ```",
    MisplacedBlock "misplaced-block" Warning "\
        A block isn't allowed here.\n\n\
        A block begins at the left of a line, outside any list, quotation or other block, with an empty line before and \
        after. On a Git host, it would otherwise be shown as a quotation with its brackets, and on the page it would be \
        squeezed into what is around it. A section with a role lies either on one side of a gate or on the other.",
    BrokenEmbed "broken-embed" Warning "\
        The address of a video or a podcast has a mistake.\n\n\
        An address alone in a paragraph shows the video, the map or the calendar when the reader asks for it, from YouTube, \
        Vimeo and others. This one belongs to such a service, but to nothing that it shows: often a sign is \
        missing at its end, or it leads to where only its owner may go. Readers get a link instead.",
    UnsourcedStat "unsourced-stat" Warning "\
        A number has no source.\n\n\
        A number set in large type is the part of an article that people repeat. Without a source, a careful reader \
        doesn't believe it, and a salesperson can't defend it. End the block with a paragraph that begins with a dash \
        and links to where the number comes from.\n\n\
        ```text\n\
        > [!stat] 63 %\n\
        > of the buyers whom we asked had chosen before they called.\n\
        >\n\
        > — [Our survey, 2026](survey.md)\n\
        ```",
    NamelessQuote "nameless-quote" Warning "\
        A testimonial names nobody.\n\n\
        What “a customer” said convinces no one. Write who said it on the first line: the name first, then a comma, and \
        what they do and where. If nobody may be named, use a plain quotation without `[!quote]`.\n\n\
        ```text\n\
        > [!quote] Kim Berg, CEO, Fjord AS\n\
        > We stopped calling lists in March.\n\
        ```",
    QuoteWithoutConsent "quote-without-consent" Warning "\
        A customer is quoted who hasn't agreed to it.\n\n\
        If `ringback.yaml` lists your customers, everyone who is quoted with `[!quote]` must be in the list, with the day on \
        which they agreed. The words behind the last comma of the first line are the company. Ask them before you \
        publish what they said, and again when the day in `until` has passed.\n\n\
        ```yaml\n\
        customers: {Fjord AS: {consent: 2026-03-01, until: 2028-03-01}}\n\
        ```",
    SecretWebhook "secret-webhook" Error "\
        A webhook's URL is a secret, but would be public.\n\n\
        A form sends its lead from the visitor's own browser, so anyone can read the URL. With the URL of \
        an incoming webhook of Slack, Teams or Discord, or one that contains a password, key or token, \
        anyone can post there, and some keys open more than that. Use a service in between that is made to \
        be public, such as Zapier, Make or n8n, and let it pass leads on; or use a form of your CRM. If \
        the URL has already been published, replace it at the service.",
    Credential "credential" Error "\
        A key or token would be published.\n\n\
        Keys and tokens of GitHub, Slack, Stripe, AWS, Google, HubSpot and others and private keys can be \
        recognised by their shape. One of them is in a text, a form, a setting or a file that anyone could \
        read, and anyone who finds it can use it; bots look for them all day. Remove it. Then replace it \
        at its service, because it stays in the history of the files.",
    InsecureWebhook "insecure-webhook" Error "\
        Leads would travel without encryption.\n\n\
        The URL of the webhook begins with `http://`, so names, addresses and phone numbers could be read \
        in transit, and browsers refuse to send them from a secure page. Write `https://`. Only an \
        endpoint on your own computer (`localhost`, `127.0.0.1`, `[::1]`) can use `http://`, for tests.",
    WebhookIncomplete "webhook-incomplete" Error "\
        The endpoint would reject the leads of this form.\n\n\
        HubSpot accepts leads only for its own forms, so the webhook has to name the form: `form: {guide: \
        GUID}`. With a `token`, it knows contacts by their email address, so the form has to require one. \
        Salesforce accepts no lead without `last_name` and `company` (`LastName` and `Company` with a \
        `client_id`), so the form needs required fields that are sent under these names, or the webhook has to \
        add them:\n\n\
        ```yaml\n\
        map: {surname: last_name}\n\
        add: {company: Not given}\n\
        ```",

    // Links and files beside pages
    BrokenLink "broken-link" Error "\
        The link leads to a page that does not exist.\n\n\
        A reader who follows it would see an error page and leave. Perhaps the page was renamed or moved, \
        or the link is misspelt. Link to the file, relative to this one, or to the URL from the root of \
        the site; ringback writes the right URL for each language and edition.\n\n\
        ```text\n\
        [the empty CRM](empty-crm.md)\n\
        ```",
    BrokenFragment "broken-fragment" Error "\
        The page exists, but it has no such heading.\n\n\
        The part of a link after `#` names a heading, written in lower case with hyphens: `## Too busy` is \
        `#too-busy`. No heading of that page has this name, so the reader would land at the top, and a \
        call script would jump nowhere. Correct the link, or give the heading a fixed id, so that the link \
        survives a new wording:\n\n\
        ```text\n\
        ## No time at all {#too-busy}\n\
        ```",
    MissingFile "missing-file" Error "\
        The image or file doesn't exist.\n\n\
        The page shows or offers a file that doesn't exist, so readers would see a gap or a failed \
        download. File names must match exactly, including upper and lower case: `Team.JPG` is not \
        `team.jpg`. Put the file next to the page, or correct the name.",
    UnreadableImage "unreadable-image" Warning "\
        The size of the image cannot be read.\n\n\
        ringback writes the width and height of every image into the page, so that the text does not jump \
        while it loads. This file is damaged, or of another type than its extension says. Open it in an \
        image editor and save it again as JPEG, PNG, WebP, GIF or SVG.",
    DamagedImage "damaged-image" Error "\
        An image can't be read.\n\n\
        ringback makes smaller files of each image, and takes off where and how it was taken. This file \
        begins as a JPEG, PNG or WebP, but ends too early, or isn't what it claims to be, so readers would \
        see half of it, or nothing, and nobody can say what else is in it. Copy it again from where it \
        comes from, or open it with a program for images and save it again.",
    ImageTooLarge "image-too-large" Error "\
        An image has more pixels than ringback reads.\n\n\
        The limits are 80 million pixels, and 20,000 on one side: more than any phone takes. A file of a \
        few kilobytes can claim to be far larger, and would fill the memory of the machine that reads it. \
        2,400 pixels across are enough for any screen; make the image smaller, and link to the large one \
        on a service for such files, if readers need it.",
    ImageType "image-type" Error "\
        An image is of a type that can't be published.\n\n\
        Most browsers don't show HEIC, which iPhones save, or TIFF, and no library that ringback may ship \
        reads HEIC. AVIF is published as it is, but not with metadata in it, because that can say where the \
        image was taken and can't be taken off without reading it. Save the image as JPEG, PNG or WebP.",
    LinkToTeam "link-to-team" Error "\
        A public page links to a page for the team only.\n\n\
        Call scripts, and pages with `audience: team`, are not in the public edition, so this link would \
        lead nowhere there, and even its text could reveal something meant for colleagues. Remove the \
        link, make this page a team page too, or make the other one public with `audience: public`.",
    LinkToUnpublished "link-to-unpublished" Error "\
        The link leads to a page that is not published.\n\n\
        The other page is a draft, has a date in the future, or has expired. Publish it together with this \
        one, give this one the same date, or remove the link until then. A draft is an error. A page that \
        comes or goes by its date stops no build: until it is there, readers see the words of the link \
        without a link, or are led to the page that its `expires_to:` names.",
    BrokenComment "broken-comment" Error "\
        A comment does not end where its author meant it to.\n\n\
        A comment begins with `<!--` and ends with the next `-->`, over as many lines and paragraphs as \
        you like, and none of it is published. This one is never closed, so it would hide the rest of the \
        page; or it contains another comment, so its second half would be shown; or it is empty (`<!-->` \
        is a complete comment); or a link uses a URL that is defined in it. `<?php … ?>` and the like are \
        hidden in the same way. To show readers a comment, write it as code.\n\n\
        ```text\n\
        <!-- check the numbers\n\
        before spring -->\n\
        ```",
    RawHtml "raw-html" Error "\
        The text has HTML, which this site doesn't allow.\n\n\
        `ringback.yaml` says `markdown.raw_html: refuse`, which keeps pasted code and hidden trackers off \
        the site. Write it in Markdown instead: `**bold**`, `![what it shows](photo.jpg)`. If you only \
        mean a character, such as `<`, put a backslash in front of it. If everyone who writes for the site \
        may use HTML, change the setting to `keep`.",
    HtmlRuns "html-runs" Warning "\
        HTML in the text has a URL that runs code.\n\n\
        A link to `javascript:…`, or to a document in a `data:` URL, runs in the name of your site: it can \
        read what your readers type. `<base>` and `<meta http-equiv=\"refresh\">` change where all links \
        lead. Such HTML was usually pasted from elsewhere. Write a link to a page, a file or a web address \
        instead.",
    UndeclaredHost "undeclared-host" Error "\
        A page loads from a host that isn't declared.\n\n\
        A script, style sheet or frame of another site sees what its readers read, and the host learns who they are. So \
        every host is declared in `ringback.yaml`, and browsers load nothing else. A service for statistics, advertising or \
        chat belongs under `integrations`, where visitors are asked first; the address of a video, alone in a paragraph, shows it when the reader asks for it. What has to be \
        loaded at once, for everyone, can be allowed under `hosting`:\n\n\
        ```yaml\n\
        hosting: {policy: {frame-src: [\"https://maps.example.org\"]}}\n\
        ```",
    AlmostMarkdown "almost-markdown" Warning "\
        Something meant as Markdown is shown as raw signs.\n\n\
        A heading or an item of a list needs a space after its sign, and an ordinary one: on a Mac, Option and Space \
        type another. A task begins with a hyphen, a link has no space in its address and one line for each label, bold \
        text has no spaces inside its stars, a table has a line of hyphens, and a line directly below a quotation \
        belongs to it. `:rocket:` is an emoji only on GitHub and in Slack. `ringback check --fix` fixes those where only one thing can be meant. If readers should see the \
        signs, put a backslash in front of them, or write them as code, between backticks.\n\n\
        ```text\n\
        ## Terms\n\
        - [ ] Call Anna\n\
        [Call us](tel:+4681234567)\n\
        ```",
    LeftOver "left-over" Warning "\
        The text has commands of another program.\n\n\
        Texts that come from Jekyll, Hugo, WordPress, Obsidian or Mailchimp bring marks that only these programs \
        understand: `{% include %}`, `{{< figure >}}`, `[gallery]`, `%%note%%`, `*|FNAME|*`. Here they are shown as \
        text. Write them in Markdown or HTML, or remove them. If readers should see them, write them as code, between \
        backticks.\n\n\
        Formulas of LaTeX (`$x^2$`) aren't typeset and diagrams (Mermaid, PlantUML) aren't drawn, because each would need a \
        large script in the reader's browser. Show an image of them. A block of code whose source readers should see is \
        called `text`.",
    UnknownCodeLanguage "unknown-code-language" Warning "\
        A block of code is in a language that nobody knows.\n\n\
        The word after the fence says which language the code is in, so that it gets colours: `js`, `python`, `yaml`. \
        This one isn't known, which is most often a slip, and the block is shown without colours. Write the name of the \
        language, or `text` for what is in none.",
    MarkedLine "marked-line" Warning "\
        A line of code to mark isn't there.\n\n\
        The numbers in braces after a fence name lines of the code, the first of which is 1: `js {2,4-6}`. A number that \
        is larger than the code is long marks nothing, most often because lines were removed from the code. Correct the \
        numbers, or remove them.",
    StarterText "starter-text" Warning "\
        Something that only you know is not filled in.\n\n\
        `ringback init` and `ringback new` fill in an address, a number or a sentence where only you know the real one. \
        `check` reports what is left of them. While you look at the site on this computer, and in editions for your \
        team, they do no harm; a public edition for any other address isn't built with them. Write your own, or \
        delete the page. To build the site for this computer as it is, give its address: \
        `ringback build --base-url http://localhost:8000/`.",
    Placeholder "placeholder" Warning "\
        A placeholder was left in the text.\n\n\
        `[First name]`, `XXX`, `TODO` and lorem ipsum are in place of words that somebody meant to write later, and readers \
        see them. Write the words. In a call script, what is filled in during the call is a placeholder: `{{first_name}}`. If \
        you write about placeholders, show them as code, between backticks.",
    UnknownElement "unknown-element" Warning "\
        Words in angle brackets are taken for HTML.\n\n\
        Browsers don't show elements that they don't know, so `<Company>` disappears. If readers should see it, put a \
        backslash before the `<`; in a call script, write a placeholder, `{{company}}`. Custom elements, which have a hyphen \
        in their names, are not reported.",
    UnbalancedHtml "unbalanced-html" Warning "\
        An HTML tag in the text has no counterpart.\n\n\
        In a browser, a stray `</div>` would end the page around the text, and an element that is never closed would \
        contain all that follows. So stray end tags are left out, and an element that is still open at the end of \
        the text is closed there; one that is open at the end of its paragraph, or at a gate, is left out. \
        Correct the tag, or write the text in Markdown.",
    FileRuns "file-runs" Warning "\
        A published file can run scripts.\n\n\
        `ringback.yaml` says `markdown.raw_html: refuse`, so nobody should be able to put a program on the \
        site along with a text. An SVG image with scripts, or an HTML file next to a page, would do just \
        that: anyone who opens its URL runs it in the name of your site. Save the image without scripts, \
        or as PNG or WebP, and turn the content of the HTML file into a page. If everyone who writes for \
        the site may use HTML, change the setting to `keep`.",

    // URLs
    UrlCollision "url-collision" Error "\
        Two pages have the same URL.\n\n\
        Only one of them could be published, and the other would vanish silently. It happens when two \
        files differ only in their date or in upper and lower case, or when a `slug` is already taken. \
        Rename one of the files, or give one of them another `slug`.\n\n\
        ```yaml\n\
        slug: empty-crm-part-two\n\
        ```",
    AliasHidesPage "alias-hides-page" Error "\
        An alias is the URL of a page or file that exists.\n\n\
        An alias redirects visitors from an old URL to this page. Here the URL belongs to an existing \
        page, feed or file, which nobody could reach any more. Delete the alias, or rename the other page \
        or file.",
    BadAlias "bad-alias" Error "\
        The alias is not a path on this site.\n\n\
        An alias is an old URL of the page, from the root of the site: a slash first, then the path, \
        without `https://`, without the domain, and without `?` or `#`. Write it like this:\n\n\
        ```yaml\n\
        aliases: [/blog/why-the-crm-is-empty/]\n\
        ```",
    LostAddress "lost-address" Warning "\
        A URL that the site has published is gone.\n\n\
        Somebody may have it in a bookmark, an email or a search result, and would see an error page. \
        `addresses.txt` remembers the URLs of the public edition; one of them has no page any more, because \
        the page was renamed, moved, deleted or unpublished, or its slug or language changed. Add the old URL \
        to the page that has its text now, which `ringback check --fix` does where it knows the page:\n\n\
        ```yaml\n\
        aliases: [/insights/old-name/]\n\
        ```\n\n\
        Or lead on with `redirects:` in `ringback.yaml`. If the URL may be lost, delete its line in \
        `addresses.txt`.",
    BadRedirect "bad-redirect" Error "\
        A redirect can't be read.\n\n\
        A redirect has an old path on this site, from its root, and leads to a path, a page's file or a web \
        address. `*` at the end matches all that follows, `:slug` one part, and the new address may \
        repeat them:\n\n\
        ```yaml\n\
        redirects: {/blog/*: /insights/*, /?p=123: insights/empty-crm.md}\n\
        ```\n\n\
        In `redirects.csv` each line has the old address, a comma and the new one, and a status (301 or 302) \
        if you want to say it.",
    RedirectChain "redirect-chain" Error "\
        A redirect leads to another redirect.\n\n\
        Each step costs your readers time, search engines give up after a few, and a redirect that comes back \
        to itself never ends. Write the address at which the last one ends.",

    // The model
    SeriesPartTaken "series-part-taken" Error "\
        Two articles are the same part of a series.\n\n\
        Readers follow a series by its numbers, and two articles with the same number have no order. Give \
        one of the two another number.\n\n\
        ```yaml\n\
        series: {id: empty-crm, part: 2}\n\
        ```",
    GateDivider "gate-divider" Error "\
        The gate and its line in the text do not match.\n\n\
        A gate needs two things: `gate:` in the front matter, which names the form, and one gate line, \
        `<!-- gate -->`, in the text, where the open part ends. One of them is missing, there are two gate \
        lines, the gate line is inside a list or a quotation, `<!-- /gate -->` comes without it, or \
        something is almost a gate line: `<!-- gates -->`, `[gate]`, one that is indented as code. If \
        ringback guessed, text that should be sealed could be open to everyone. Put the gate line on its \
        own, with an empty line before and after:\n\n\
        ```text\n\
        The teaser, open to everyone.\n\n\
        <!-- gate -->\n\n\
        The rest, sealed.\n\
        ```",
    GatedDefinition "gated-definition" Error "\
        The open text uses what is behind the gate.\n\n\
        A footnote appears where its mark is, and a link where its text is; the footnote's text or the \
        link's URL can be defined anywhere in the file, such as at its end. If the end is behind a gate \
        and the mark is in the teaser, everyone could read what you sealed. Define the footnotes and URLs \
        of the open text before `<!-- gate -->`, or end the gated part before them:\n\n\
        ```text\n\
        The teaser, with a note.[^1]\n\n\
        <!-- gate -->\n\n\
        The rest, sealed.\n\n\
        <!-- /gate -->\n\n\
        [^1]: Everyone may read this.\n\
        ```",
    GateConflict "gate-conflict" Error "\
        Two pages give the same gate different terms.\n\n\
        Pages whose gates have the same id (`id:`, or otherwise the file's name) are opened together: \
        anyone who has filled in the form on one of them can read them all. So they need the same form, \
        the same `key` and the same `key_version`. Correct the one that is wrong; usually these are translations \
        of one page. If the pages have nothing to do with each other, give one of the gates its own id:\n\n\
        ```yaml\n\
        gate: {form: guide, id: eight-reasons}\n\
        ```",
    TranslationAudience "translation-audience" Warning "\
        A translation doesn't say that it is for the team.\n\n\
        A page is for the same readers in all its languages: if one of its files says `audience: team` (or \
        is for the team because of its folder), the others are for the team, too, whatever they say. So \
        nothing leaks; but the file looks public to the next person who edits it. Add the line to every \
        translation:\n\n\
        ```yaml\n\
        audience: team\n\
        ```",
    TranslationGate "translation-gate" Error "\
        A page is behind a gate in one language only.\n\n\
        A page is one page in all its languages. A text that is behind a form in English and open in \
        Swedish is open to anyone who can translate, and usually the gate was simply forgotten. Give all \
        translations the same `gate:`, with the same `key`, and a line `<!-- gate -->` where the sealed \
        part begins. If one language is meant to be open, remove the gate from the others, or split the \
        page in two.\n\n\
        ```yaml\n\
        gate: {form: guide}\n\
        ```",
    NoSecret "no-secret" Error "\
        The key of a gate can't be made without a secret.\n\n\
        A text behind a gate with `key: webhook` or `key: email` is encrypted, and the key is made from your \
        secret, which ringback reads from the environment variable `RINGBACK_SECRET`. It is not set here. \
        Create one with `ringback keys --new` or `openssl rand -base64 32`, keep it like a password, and \
        set it wherever the site is built. Always use the same one: if you change it, links already \
        emailed stop working. Or give the gate `key: page`, which needs no secret and is only a hurdle.\n\n\
        ```text\n\
        export RINGBACK_SECRET=\"…\"\n\
        ```",
    WeakSecret "weak-secret" Error "\
        The secret can be guessed.\n\n\
        Anyone can fetch the encrypted files of your site and try secrets on them, as fast as their \
        computers allow and without you noticing. A word, a name or something short is found that way; 32 \
        random characters are not. Let the computer create one, with `ringback keys --new` or `openssl \
        rand -base64 32`.",
    NoPassphrase "no-passphrase" Error "\
        A sealed edition can't be made without a passphrase.\n\n\
        `seal: passphrase` encrypts every page of an edition, and ringback reads the passphrase from the \
        environment variable `RINGBACK_PASSPHRASE`. It is not set here. Choose one, tell it to your \
        colleagues, and set it wherever the site is built; it must not be in any file of the site. Four \
        unrelated words are easy to say and hard to guess.\n\n\
        ```text\n\
        export RINGBACK_PASSPHRASE=\"…\"\n\
        ```",
    EditorNotInstalled "editor-not-installed" Error "\
        The files of Sveltia CMS aren't in the site.\n\n\
        `editor:` in `ringback.yaml` asks for a page on which colleagues write in a browser. It is made for one \
        release of Sveltia CMS, a free program of its own, which `ringback editor` fetches into \
        `static/admin/`. Run it once, and again after an update of ringback, and commit what it wrote. If you \
        don't want the page, take `editor:` out.",
    WeakPassphrase "weak-passphrase" Error "\
        The passphrase can be guessed.\n\n\
        Anyone can fetch the encrypted files of your site and try passphrases on them. Each try is slow by \
        design, but a word, a name, a date or a row of keys is found anyway, and so are words from the \
        title and URL of the site. Use at least twelve characters, or better, four unrelated words.",
    GatedSvg "gated-svg" Error "\
        An SVG image is behind a gate.\n\n\
        Images behind a gate are decrypted and drawn by the browser, and browsers can't draw an SVG that \
        way under the strict security rules of the site. Save the image as PNG or WebP, at twice the size \
        at which it is shown.",
    GatedMedia "gated-media" Error "\
        HTML behind a gate needs a file that is sealed.\n\n\
        A sealed file has no address that a browser could play or show in a frame: it is decrypted when a \
        reader saves it, or draws it as an image. Link to the file instead, and readers save it; embed a film \
        that is on another site, such as a video service; or put the file into `static/` if everyone may have \
        it.",
    GatedFileOpen "gated-file-open" Warning "\
        A file behind a gate is also published openly.\n\n\
        A gated text refers to the file, but so does an open one, or the file is in the folder of a page \
        without a gate, and everything in such a folder is published. So anyone can get it without filling \
        in the form. If that isn't what you want, remove the open link, or move the file next to the gated \
        page.",
    ScriptNeverShown "script-never-shown" Warning "\
        Nobody will ever see the script in this text.\n\n\
        An edition leaves out the scripts that its readers may not see, and call scripts are for the team \
        unless they say otherwise. This site has no edition for the team, so the line in the text never \
        shows anything. Add an edition for the team, or make the script public with `audience: public`.\n\n\
        ```yaml\n\
        editions:\n \
        public: {audiences: [public]}\n \
        team: {audiences: [public, team]}\n\
        ```",
    ScriptWithoutSteps "script-without-steps" Warning "\
        A call script has no steps.\n\n\
        A step begins with a heading with two `#`, and its quotations, answers and notes follow. Without any, \
        the page has no player, no objections and no map, and nobody can follow it during a call. Bold lines and \
        headings of other levels don't begin steps.\n\n\
        ```text\n\
        ## Opening\n\n\
        > Hello, this is Anna at Fjord. Have you got three minutes?\n\
        ```",
    PlaybookWithoutSteps "playbook-without-steps" Warning "\
        A playbook has headings, but no steps.\n\n\
        A playbook shows its steps with their times and owners, and counts them. A step is a heading with two `#` that begins \
        with the word and its number. None of the headings here does, so it is shown like an article.\n\n\
        ```text\n\
        ## Step 1: Read what they wrote (10 min, salesperson)\n\
        ```",
    StepNumbers "step-numbers" Warning "\
        The steps of a playbook are not numbered 1, 2, 3.\n\n\
        Colleagues say \"I am at step 4\", so a number that is missing, duplicated or out of order sends \
        somebody to the wrong place. It happens when a step is moved or removed. Number the steps in the \
        order in which they appear.",
    StepTime "step-time" Warning "\
        The time of a step can't be read.\n\n\
        The brackets after a step say how long it takes, by when it is to be done and who does it, in this \
        order and with commas. A time is a number with a unit: `20 s`, `10 min`, `1.5 h`, `5–10 min`, \
        `2 days`; by when is `within 24 h` or `day 3`. The text here begins like one of these but isn't one, \
        or is in the place of another, so nobody can count with it.\n\n\
        ```text\n\
        ## Step 2: Call back (15 min, within 24 h, salesperson)\n\
        ```",
    InvalidRepId "invalid-rep-id" Warning "\
        Links can't be credited to this person.\n\n\
        A link that a salesperson shares ends in `?via=` and the name of their file, and leads carry that \
        name to the CRM. It has to survive email programs and chats, so it can only have letters from a to \
        z, digits, hyphens and underscores, at most 80. This person is left out of the list of reps until \
        the file has such a name.",
    ThemeNotTranslated "theme-not-translated" Warning "\
        The theme has no UI strings in this language yet.\n\n\
        The texts of the interface (menu, dates, titles of boxes) come with ringback in some languages, \
        but not in this one. The site is built with the English texts, so a reader sees two languages on \
        one page. Translate them in a file of your theme, in `themes/<name>/i18n/`, named after the \
        language.",

    // Call scripts
    UnknownSend "unknown-send" Error "\
        There is no page with this name to send.\n\n\
        In a call script, a link with `send:` gives the caller the address of a page, ready to send to the \
        person on the phone. This one names a page that doesn't exist, so the caller would have nothing to \
        send. Name the page by its file, without folder, language and extension:\n\n\
        ```text\n\
        [Prepare ten calls](send:prepare-ten-calls)\n\
        ```",
    SendToTeam "send-to-team" Error "\
        A page for the team only can't be sent to others.\n\n\
        A link with `send:` gives the caller a URL for the person on the phone, and a link in an email goes to whoever gets it. This page is only in the \
        team's edition, so that person would find nothing there, and learn that something exists. Send a \
        page that everyone may read, or make this one public with `audience: public`.",
    UnknownField "unknown-field" Error "\
        A call script names a field that isn't declared.\n\n\
        A link with `field:` shows a field beside its step, and braces at the end of an answer fill one in. This name isn't \
        listed under `fields` in the script's front matter, so the caller would have nowhere to write, and the CRM \
        would never hear of it. Correct the name, or declare it:\n\n\
        ```yaml\n\
        fields: [{id: authority, label: Who decides}]\n\
        ```",
    ImpossibleValue "impossible-value" Error "\
        A field can't have this value.\n\n\
        The value in the braces isn't one of the field's options, or isn't of its type: a number for `type: number`, a day \
        for `type: date`. In the CRM it would be a value that nobody knows. Use the id of an option, not its label, \
        because the id is the same in all languages:\n\n\
        ```text\n\
        - \"I only recommend\" → [Next](#next) {authority=recommends}\n\
        ```",
    NowhereToReturn "nowhere-to-return" Error "\
        A call script goes back to nowhere.\n\n\
        A link to `return:` leads back to the step whose answer is marked with `{return}`. Either no answer that is \
        marked so leads to this step, or the mark follows a link that no call comes back from, such as an outcome:\n\n\
        ```text\n\
        - \"Perhaps\" → [Ask for the budget](budget.md#ask) {return}\n\
        ```",
    NeverTrue "never-true" Warning "\
        A condition in a call script is never true.\n\n\
        An answer such as `If segment is retail` is shown only while that is so. This one never is: another answer of the same \
        step has the same condition, the branch that it is in is only opened if the opposite is true, or no call comes to \
        such a score. Change one of the two, or delete this answer.",
    UnreachableBand "unreachable-band" Warning "\
        No call comes to this band of the score.\n\n\
        The points of the answers never add up to a number in this band, so no call is ever called this, and \
        conditions with it are never true. Give answers points, or change where the bands begin:\n\n\
        ```text\n\
        - \"We have the budget\" → [Next](#next) {+20}\n\
        ```",
    DeadEnd "dead-end" Error "\
        The call has nowhere to go from here.\n\n\
        During a call, the caller would be left here without a button to press, with somebody on the \
        phone. Every answer needs a jump to a step, or an outcome that ends the call, and every step needs \
        at least one answer:\n\n\
        ```text\n\
        - \"Yes\" → [Discover](#discover)\n\
        - \"No\" → [Thank them](outcome:closed)\n\
        ```",
    EndlessLoop "endless-loop" Error "\
        The call goes in a circle and can't end.\n\n\
        From these steps every answer leads to another of them, so the caller never reaches an outcome. A \
        circle as such is fine: an objection may lead back to the step it came from. But at least one step \
        in it needs an answer that leads out, to a step elsewhere or to an outcome:\n\n\
        ```text\n\
        - They have to go → [Thank them](outcome:closed)\n\
        ```",
    UnreachableStep "unreachable-step" Warning "\
        No answer leads to this step.\n\n\
        A call starts at the first step and continues through answers, including those of other scripts. \
        None of them leads here, so nobody will ever say these words. Often an answer lost its jump when a \
        step was renamed. Make an answer lead here, or delete the step. Objections don't need one: they \
        can be opened at any time.",
    UnknownOutcome "unknown-outcome" Error "\
        The script ends in an outcome that isn't declared.\n\n\
        The outcome (call disposition) is what goes into the CRM, so its name must be one of a few that \
        everyone uses. This one is declared neither under `outcomes` in the script's front matter nor \
        under `calls` in `ringback.yaml`. Correct the name, or declare it:\n\n\
        ```yaml\n\
        outcomes: {callback: {label: Call again, questions: [When?]}}\n\
        ```",
    ManyOutcomes "many-outcomes" Warning "\
        A call can end in more than ten ways.\n\n\
        At the end of a call somebody chooses one of them within a second or two. With more than ten, \
        people choose any of them, and the numbers mean nothing. Merge those after which you would do the \
        same, and ask for the rest with `ask`.",
    UnusedOutcome "unused-outcome" Warning "\
        No call ends in this outcome.\n\n\
        It is declared, and nobody can choose it, so it is missing from the figures of whoever reads them. Often the \
        answer that led there was changed. An outcome that is declared for all scripts, under `calls` in \
        `ringback.yaml`, is reported if none of them uses it. End an answer in it, or delete it:\n\n\
        ```text\n\
        - They hang up → [Write it down](outcome:no-answer)\n\
        ```",
    EmptyMail "empty-mail" Error "\
        An email template has no text.\n\n\
        Somebody who opens it during a call, or on the day that a plan of follow-ups says, would send an empty email. Write \
        the text below the front matter, as somebody would read it, with placeholders such as `{{first_name}}`.",
    LongMail "long-mail" Warning "\
        An email template is too long for a link.\n\n\
        A link that opens an email program carries the whole text, and some programs cut it at about 2,000 signs, of which letters \
        such as å and ø take six each. ringback then opens an empty email and copies the text, which has to be pasted. \
        Emails that people answer are shorter than this: cut it, or send a link to a page.",
    UnclearTouch "unclear-touch" Error "\
        A plan doesn't say clearly what is done, and when.\n\n\
        Each touch of a plan of follow-ups begins with a heading that has a day, what is done, and perhaps a time of day. \
        This one can't be read, or its day is before that of the one above it, so it would be missing on its day. Write \
        it like one of these, in the page's language or in English:\n\n\
        ```text\n\
        ## Day 0: Call (morning)\n\
        ## Day 2: Email (9:30)\n\
        ## Day 4: LinkedIn\n\
        ```",
    EmptyTouch "empty-touch" Error "\
        A touch of a plan has nothing to say or do.\n\n\
        On its day, somebody would have a name and no words. Link a script below a call and an email template \
        below an email, write the text of a message after `>`, and say below a task what to do.",
    TouchGap "touch-gap" Warning "\
        Nothing happens for a long time in a plan.\n\n\
        After three weeks people have forgotten who wrote to them, and the next touch is a first one again. Move it, add one \
        in between, or make it a plan of its own.",
    ManyTouches "many-touches" Warning "\
        A plan calls and writes too often.\n\n\
        More than five touches in one week feel like a chase, and people remember who did it. Tasks don't count. Spread them \
        out, or say in the front matter that more is meant: `per_week: 7`.",
    AnswerInSpeech "answer-in-speech" Error "\
        A way on is part of the words to say.\n\n\
        In Markdown, a line right below a quotation belongs to it, even without `>`. So the arrow is shown as words to \
        say, and the caller has nothing to press. Leave an empty line above it:\n\n\
        ```text\n\
        > When does it suit you?\n\
        \n\
        → [Book an hour](outcome:meeting)\n\
        ```",
    DuplicateAnswer "duplicate-answer" Warning "\
        A step has the same answer twice.\n\n\
        Somebody on the phone presses the first that fits, so the second leads nobody anywhere. Often one was copied and \
        its words were left as they were. Say what tells them apart, or delete one. Quotation marks and capitals don't count.",
    ManyAnswers "many-answers" Warning "\
        A step has more answers than keys.\n\n\
        Answers are chosen with the keys 1 to 9, and nobody reads ten lines while somebody waits. Of a reply to an \
        objection, the objection's own answers count, too. Put answers together that lead to the same step, or make an \
        objection, which can be opened at any time, of what may come anywhere.",
    AnswerWithoutCounterpart "answer-without-counterpart" Warning "\
        There is a yes without a no, or a no without a yes.\n\n\
        The other person can always give the other answer, and then the script leaves the caller stranded. \
        Add an answer for it, even if it only ends the call politely:\n\n\
        ```text\n\
        - \"No\" → [Wish them a good day](outcome:closed)\n\
        ```",
    OverBudget "over-budget" Warning "\
        The words take longer than the script's budget.\n\n\
        `budget` says how many seconds of the call are yours to speak. For each step, ringback adds up the \
        quickest call that reaches it, from the first step and on to an outcome, with the time in each \
        heading, or otherwise 150 words per minute. Even this one takes longer, so nobody who reaches that \
        step can keep to the budget. Shorten what is said, make an earlier answer lead there, or raise the \
        budget.",
    StepWithoutSpeech "step-without-speech" Warning "\
        A step has answers, but nothing to say.\n\n\
        The caller arrives here, sees the possible answers, but has nothing to say. Write the words as a \
        quotation. If the caller has something to do instead, say in a note what it is:\n\n\
        ```text\n\
        > [!NOTE]\n\
        > Write the email now, while they see your missed call.\n\
        ```",
    DuplicateStepTitle "duplicate-step-title" Warning "\
        Two steps of a script have the same title.\n\n\
        A jump uses the title and always goes to the first of the two; and during a call nobody can tell \
        them apart. Give one of them another title, or merge the two.",
    UnknownObjection "unknown-objection" Error "\
        No objection of the script has this key.\n\n\
        `objections` lists what people say when they mean an objection. The key is the id of its heading, \
        but no objection in this script has this id: perhaps the heading was renamed. Until it is \
        corrected, nobody who types what they hear will find the objection. Correct the key:\n\n\
        ```yaml\n\
        objections: {objection-too-busy: {phrases: [I am swamped]}}\n\
        ```",
    UnknownPlaceholder "unknown-placeholder" Error "\
        A placeholder isn't declared.\n\n\
        A placeholder (merge field) such as `{{first_name}}` is filled in once and used \
        everywhere. This one isn't listed under `placeholders` in the front matter, or can't be read, so the \
        caller would find an unexplained gap in the middle of a sentence. Emails may also use what any script or email declares, and a \
        few names that everybody knows, such as `company`. Correct its name, or declare it:\n\n\
        ```yaml\n\
        placeholders: {first_name: {label: First name, example: Kim}}\n\
        ```",
    UnusedPlaceholder "unused-placeholder" Warning "\
        A placeholder isn't used in the text.\n\n\
        The person who prepares the call would be asked for something that is never used. Often the words \
        were changed and the placeholder was left behind. Delete it from the front matter, or write it where it \
        belongs.",
    UnnamedPlaceholder "unnamed-placeholder" Warning "\
        Underscores appear where a placeholder needs a name.\n\n\
        During a call nobody has the time to guess what belongs there, and it can't be filled in \
        beforehand. Give it a name and declare it in the front matter:\n\n\
        ```text\n\
        > I came across {{trigger}} and it raised one question.\n\
        ```",
    DeepBranch "deep-branch" Warning "\
        Answers are more than three levels deep.\n\n\
        A short branch reads well below its answer. Deeper down, nobody finds the way during a call, and \
        no other part of the script can jump there. Make the branch a separate step, with a heading, and \
        jump to it:\n\n\
        ```text\n\
        - \"It depends\" → [What does it depend on](#what-does-it-depend-on)\n\
        ```",

    // Themes
    UnknownTheme "unknown-theme" Error "\
        There is no theme with this name.\n\n\
        `theme` in `ringback.yaml` names a folder in `themes/`, or the theme `ringback`, which is built \
        in. The name here is neither. Correct the name, put the theme's folder into `themes/`, or delete \
        the line to use the built-in theme.",
    CardFont "card-font" Error "\
        A font for social cards can't be used.\n\n\
        Cards are drawn with all fonts in the folder `cards/` of the theme. They must be `.ttf` or `.otf` files \
        whose letters are outlines; `.woff` and `.woff2` files are packed for browsers. Those who make a font \
        mostly offer it in both forms. Replace the file, or remove it.",
    UnreadableColor "unreadable-color" Error "\
        Text in this colour can't be read.\n\n\
        Text needs a contrast of at least 4.5 to 1 with what is behind it, by the guidelines for accessible websites \
        (WCAG 2.2); with less, many people can't read it, and nobody can outdoors. `ink`, `accent` and `muted` are written \
        on `paper`. Take the colour that is proposed: it has the same hue, and is as near as can be.",
    UndrawnSvg "undrawn-svg" Warning "\
        A drawing of the theme can't be made into pixels.\n\n\
        The `logo` of `theme.yaml` is drawn on social cards, and the `icon` for the home screens of phones, which take no SVG. \
        Letters in an SVG depend on the fonts of a computer, and images in it on other files, so neither is drawn: turn letters \
        into paths, or use a PNG. Until then, cards have the site's name, and phones make an icon of their own.",
    CardColor "card-color" Warning "\
        A colour of the theme can't be used for cards.\n\n\
        What only a browser can work out, such as `color-mix()` or `var()`, can't be drawn on cards. Write the colour in \
        `theme.yaml` as `#rrggbb`, or \
        give cards one of their own, under `colors:` in `cards/card.yaml` of the theme.",
    UnknownImport "unknown-import" Error "\
        A script imports a file that isn't in the theme.\n\n\
        Scripts in `themes/` can import each other by their paths: `import { x } from \"./parts/x.js\"`. \
        The path starts at the folder of the script that imports, and must lead to a file of the theme: if \
        one import is missing, a browser runs nothing of the script. Names of packages, such as \
        `\"lodash\"`, mean nothing to browsers: put the module's file into the theme, and import that.",
    ImportLoop "import-loop" Error "\
        Scripts of the theme import each other in a circle.\n\n\
        The name of a published script ends with a hash of its content, and its imports, with their hashes, \
        are part of that content. So scripts that import each other can't be named. Put what both of them \
        need into a file of its own, and import it in both.",
    TemplateSyntax "template-syntax" Error "\
        A template of the theme has a syntax error.\n\n\
        Templates are the files that give pages their look, and this one can't be read: often there is an \
        `{% if %}` without its `{% endif %}`, or a bracket that isn't closed. No article is at fault. If \
        you haven't changed the theme, pass the message on to the person who did; if you remove the file \
        from `themes/`, the built-in one is used again.",
    TemplateFailed "template-failed" Error "\
        A template of the theme failed on this page.\n\n\
        The template can be read, but asks for something that this page does not have, such as an image or \
        a key under `extra`. See whether the page lacks a setting that others of its kind have. If not, \
        the template needs an `{% if %}` around that place: pass the message on to the person who \
        maintains the theme.",

    // Search
    SearchLanguage "search-language" Warning "\
        Search does not know this language.\n\n\
        To find \"customers\" for \"customer\", search must know word endings, and the small words that \
        are on every page. For this language ringback knows neither, so readers find words as they are \
        written, and by how they begin. Nothing is wrong with the site, and there is nothing to fix.",

    ExternalLinkUnchecked "external-link-unchecked" Warning "\
        The external links could not be checked.\n\n\
        `ringback check --external` requests each of them, but none of the first hosts could be reached. \
        Most likely this computer is offline, or a firewall is in the way. Nothing new is known about the \
        links, and earlier results are kept: try again when the network is back.",

    // Editorial checks
    DescriptionMissing "description-missing" Advice "\
        The page has no description.\n\n\
        Search engines, previews in chats and ringback's own lists show a sentence or two under the title. \
        Without `description:` they use the beginning of the text, which was seldom written for somebody \
        who still has to decide whether to read it. Say what the reader gets, in 50 to 160 characters:\n\n\
        ```yaml\n\
        description: Eight reasons why nobody fills in the CRM.\n\
        ```",
    DescriptionTooLong "description-too-long" Advice "\
        The description is cut off in search results.\n\n\
        Search engines show about 160 characters, fewer on a phone, and cut the rest in the middle of a \
        sentence. Put what matters to the reader first, and leave out what the title already says.",
    TitleTooLong "title-too-long" Advice "\
        The title is cut off in search results.\n\n\
        Search engines show about 65 characters of a title. The rest is replaced by three dots, and in \
        tabs and shared links even earlier. Say the same in fewer words.",
    DuplicateTitle "duplicate-title" Advice "\
        Two pages of one language have the same title.\n\n\
        In search results, tabs, lists and shared links readers see only the title, and can't tell the two \
        apart. Search engines often show only one of them. Say in each title what the other page doesn't \
        have, or merge the two pages.",
    ImageWithoutAlt "image-without-alt" Advice "\
        An image has no alternative text.\n\n\
        People who have the page read aloud, and everyone whose image doesn't load, get the alternative \
        text instead. Search engines read it, too. Say what the image shows and why it is there, in a \
        sentence, without \"picture of\":\n\n\
        ```text\n\
        ![A desk with one phone and no papers](desk.jpg)\n\
        ```",
    ImageMetadata "image-metadata" Advice "\
        Images say where they were taken.\n\n\
        Phones write the place, the time and the camera into each photo. ringback takes all of it off what it \
        publishes, so readers don't get it. Anyone who can read the site's files does: if the repository is \
        public, or becomes so, take the places off the files themselves, or export the photos without them. \
        Once you know, switch this advice off with `checks: {image-metadata: off}`.",
    AltIsFileName "alt-is-file-name" Advice "\
        An image's alternative text is only a file name.\n\n\
        It is read aloud to people who don't see the image, and `IMG_2041` tells them nothing. Say what \
        the image shows:\n\n\
        ```text\n\
        ![A desk with one phone and no papers](desk.jpg)\n\
        ```",
    UnknownEmbed "unknown-embed" Advice "\
        An address alone is a link, not an embed.\n\n\
        An address alone in a paragraph shows the video, the map or the calendar when the reader asks for it, but only from \
        the services in the documentation. This one is of another service, so readers see an address, which says little \
        about what is there. Write words for the link. A film or a sound next to the text is played in the page.",
    EmptySource "empty-source" Advice "\
        A source is declared, but it is empty.\n\n\
        `source:` without a name shows readers a line that should say where a text comes from, but \
        doesn't; an image without a file name shows nothing. Fill it in, or remove it.\n\n\
        ```yaml\n\
        source: {name: Harvard Business Review, url: https://hbr.org/}\n\
        ```",
    EmptyLink "empty-link" Advice "\
        A link leads nowhere.\n\n\
        There is nothing between its brackets, so it leads to the page that the reader is already on. \
        Write where it should lead, or remove the brackets:\n\n\
        ```text\n\
        [the empty CRM](empty-crm.md)\n\
        ```",
    VagueLink "vague-link" Advice "\
        The words of a link don't say where it leads.\n\n\
        Readers scan links to find what they need, and people who have the page read aloud often hear only \
        the links: \"here, here, read more\". Search engines judge the other page by these words, too. \
        Make them say what is there:\n\n\
        ```text\n\
        We have counted [eight reasons why the CRM stays empty](empty-crm.md).\n\
        ```",
    HeadingSkipsLevel "heading-skips-level" Advice "\
        A heading skips a level.\n\n\
        Headings are the table of contents for people who have the page read aloud, and for search \
        engines: after `##` comes `###`. A missing level sounds like a missing part. A page's text begins \
        with `##`, because its title is above it. `ringback check --fix` fixes this.",
    TitleInText "title-in-text" Advice "\
        The text has a heading of the first level.\n\n\
        The page's title is already that heading, and a page should have only one. Headings in the text \
        begin with `##`. `ringback check --fix` lowers all headings of the text by one level; if the \
        heading only repeats the title, remove it yourself.",
    LongSentence "long-sentence" Advice "\
        A sentence is so long that readers lose the thread.\n\n\
        On a phone, between two meetings, readers lose the start of such a sentence before its end; and a \
        spoken line has to fit into one breath. Split it into two or three, or make it a list. The limits \
        are in `docs/content/checks.md`.",
    HardToRead "hard-to-read" Advice "\
        The text as a whole is hard to read.\n\n\
        The figure is LIX: the average number of words in a sentence, plus the percentage of words with \
        more than six letters. Newspapers score about 45, laws about 60. Shorter sentences help most, and \
        then everyday words instead of long ones.",
    SelfCentred "self-centred" Advice "\
        The text talks more about us than about the reader.\n\n\
        It says \"we\" and \"our\" more often than \"you\" and \"your\". People read on when a text is \
        about their own situation, and leave when it is about a company that they don't know yet. Begin \
        sentences with what the reader has, wants or worries about. What we do comes after that, in fewer \
        words.",
    OrphanPage "orphan-page" Advice "\
        No text links to this page.\n\n\
        It is an orphan page: it appears in lists, but no other text links to it, and no menu, series or \
        next step names it. Readers hardly ever find it, and search engines consider it unimportant. Link \
        to it from two or three pages whose readers would want to read this next.",
    ExternalLinkBroken "external-link-broken" Advice "\
        An external link no longer leads anywhere.\n\n\
        `ringback check --external` requested the URL, but the page or its host is gone. A reader who \
        follows the link will think that it is your mistake. Link to another page that says the same, \
        perhaps in the Internet Archive, or remove the link and keep its text.",
    ExternalLinkMoved "external-link-moved" Advice "\
        An external link leads to a page that has moved.\n\n\
        It still works, through a permanent redirect. Such redirects disappear one day, when the other \
        site is rebuilt. Check the new page, and link to it directly.",
    UnlinkedMention "unlinked-mention" Advice "\
        The text mentions a page but doesn't link to it.\n\n\
        The title of another page appears in the text word for word. A reader who is curious at this point \
        has to search for it, and most don't. Turn the words into a link.",
    MissingTranslation "missing-translation" Advice "\
        A page is translated into some languages only.\n\n\
        In the languages that are left out, it is in no menu and no list, and links lead to another \
        language. Write the translation, next to the page and with the language in its name \
        (`name.sv.md`), as a draft if it isn't ready. A page in only one language isn't reported: some \
        articles are only for one market.",
    Untranslated "untranslated" Advice "\
        An article exists in one language only.\n\n\
        Sites that promise everything in all their languages ask for this check with \
        `checks: {untranslated: warn}`; without that, it is off, because some articles are only for one \
        market. Write the translation next to the page, with the language in its name (`name.sv.md`), as a \
        draft if it isn't ready.",
    ReviewOverdue "review-overdue" Advice "\
        The page is overdue for review.\n\n\
        `review_by:` is a promise to readers that prices, names and advice are still right. Read the page, \
        change what is no longer true, and set the next date:\n\n\
        ```yaml\n\
        review_by: 2027-11-02\n\
        ```",
    PastEvent "past-event" Advice "\
        The event on this page is over.\n\n\
        Nobody can sign up any more, so readers see when it was, and no form. If it was recorded, say on \
        which page, and the button leads there. Otherwise give the next date, or let the page expire:\n\n\
        ```yaml\n\
        event: {start: 2027-02-10 10:00, recording: insights/ten-calls}\n\
        ```",
    GatedPillar "gated-pillar" Advice "\
        A pillar page is behind a gate.\n\n\
        It begins a series that continues without a gate, or several other texts link to it. Behind a \
        form, search engines can't find what it says, and all of these readers find a closed door. Open \
        it, and put the gate in front of something that this page makes people want: a template, a \
        checklist, the next part.",
    GateWithoutTeaser "gate-without-teaser" Advice "\
        The gate hides the page from its first word.\n\n\
        Readers and search engines see only a form, and few people give their email address for a page \
        that shows them nothing. Move `<!-- gate -->` down, below two or three paragraphs that show what \
        the rest is worth.",
    LinkExpires "link-expires" Advice "\
        A link leads to a page that will soon be gone.\n\n\
        The other page has an `expires:` within the next thirty days. On that day nothing breaks: readers see \
        the words of the link, and no link. Say in that page where readers are led instead, with \
        `expires_to: insights/new-offer`, or change this text in time.",
    UnlistedAddress "unlisted-address" Advice "\
        A published URL isn't in `addresses.txt` yet.\n\n\
        With `addresses: check`, `addresses.txt` remembers the URLs of the public edition, so that ringback can \
        tell you when one is gone. A new page has to be in it before it is renamed or moved. \
        `ringback check --fix` adds what is new; with `addresses: build`, each build does.",
    RedirectNeedsHost "redirect-needs-host" Advice "\
        A redirect doesn't work on every host.\n\n\
        At an old address that is known, ringback puts a page that leads on, which every host can show. A \
        query such as `/?p=123`, or a pattern whose old addresses no page of yours tells, can only be \
        followed by a host that reads `_redirects`: Netlify reads both, Cloudflare Pages only patterns. If \
        yours does, set `checks: {redirect-needs-host: off}`; if not, list the old addresses one by one.",
    CardLetters "card-letters" Advice "\
        A social card is without some letters of its page.\n\n\
        A page without an image gets a social card, the image that LinkedIn and others show with a link. It is \
        drawn with the fonts in the folder `cards/` of the theme, which have the letters of European languages \
        that are written with Latin ones. Others, and emoji, are left out, and if they are most of the title, the page has no \
        card. Put a font that has them, a `.ttf` or `.otf` file, into `themes/ringback/cards/` of your site (or \
        into the same folder of your own theme), give the page an `image:`, or set `card: false` for it.",
    CallToActionMissing "call-to-action-missing" Advice "\
        The page ends without a next step.\n\n\
        A reader who reaches the end is most interested right then, but here the page offers nothing. Its \
        stage has no entry under `journey.calls_to_action` in `ringback.yaml`, or the page has no stage. Add one \
        there, or give the page its own call to action:\n\n\
        ```yaml\n\
        call_to_action: {page: pages/contact}\n\
        ```",

    // The output
    OutputNotOurs "output-not-ours" Error "\
        The output folder has files ringback did not write.\n\n\
        ringback replaces the content of its output folder, but only touches files that it has written \
        itself. This folder contains other files, which might be somebody's work, so nothing was written. \
        Choose another folder with `output` in `ringback.yaml` or `--out FOLDER`, or empty this one \
        yourself if you are sure that nobody needs the files in it.",

    // ringback itself
    Internal "internal" Error "\
        There is a bug in ringback itself.\n\n\
        Your site is not at fault: a part of the program stopped at something that its authors did not \
        foresee. The last built site is untouched. Please report it, with the whole message and, if you \
        can share it, the file that it names. Until it is fixed, a different wording near the named place \
        often avoids it.",
}

impl Code {
    /// Whether it stops the build.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self.kind() {
            Kind::Error => Severity::Error,
            Kind::Warning | Kind::Advice => Severity::Warning,
        }
    }

    /// Is it an editorial check: advice that only `check` gives, and that a site may switch off or raise to an error?
    #[must_use]
    pub fn is_editorial(self) -> bool {
        matches!(self.kind(), Kind::Advice)
    }

    /// The names of all editorial checks.
    pub fn editorial() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().filter(|code| code.is_editorial()).map(|code| code.name())
    }

    /// The first sentence of the explanation.
    #[must_use]
    pub fn summary(self) -> &'static str {
        self.explanation().lines().next().unwrap_or_default()
    }

    /// The code with this name, or with one that it had before, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new);
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

/// Names that codes had, which sites may have under `checks:`, and those that they have now.
pub(super) const RENAMED: &[(&str, &str)] = &[
    ("dead-link", "external-link-broken"),
    ("foreign-output", "output-not-ours"),
    ("form-marker", "misplaced-embed"),
    ("gate-marker", "gate-divider"),
    ("links-unchecked", "external-link-unchecked"),
    ("moved-link", "external-link-moved"),
    ("nameless-blank", "unnamed-placeholder"),
    ("next-step-missing", "call-to-action-missing"),
    ("no-exit", "endless-loop"),
    ("no-words", "step-without-speech"),
    ("one-sided", "answer-without-counterpart"),
    ("rep-name", "invalid-rep-id"),
    ("same-title", "duplicate-step-title"),
    ("script-marker", "misplaced-embed"),
    ("talks-of-us", "self-centred"),
    ("unknown-blank", "unknown-placeholder"),
    ("unknown-strings", "theme-not-translated"),
    ("unreached-step", "unreachable-step"),
    ("unused-blank", "unused-placeholder"),
];

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
