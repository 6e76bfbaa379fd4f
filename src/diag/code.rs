//! Every kind of problem that ringback reports: its permanent name, its severity and its explanation.
//!
//! A name, once released, is never given another meaning: people put it into CI filters and search for it.

use serde::{Deserialize, Serialize};

use super::Severity;

/// What a code stands for.
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
        ringback looks for pages in the folder `content/`, beside `ringback.yaml`, and found none there. \
        Most often the command was run in another folder: go to the one that holds `ringback.yaml`, or name \
        it with `--root FOLDER`.",
    NotUtf8 "not-utf8" Error "\
        The file is not saved as UTF-8 text.\n\n\
        ringback reads UTF-8 only, so that letters such as å, ø and é come out right for every reader. This \
        file was saved in an older encoding, or is not a text at all. Open it in your editor, save it again \
        with the encoding UTF-8 (often found under \"Save as\"), and build once more.",
    UnreadableFile "unreadable-file" Error "\
        The file could not be read.\n\n\
        The file is there, but the computer would not hand it over. Usual reasons: your account may not read \
        it, another program holds it open, it lies in a cloud folder and has not been downloaded yet, or it \
        was moved while ringback was working. Check that you can open it yourself, then build again.",
    FileTooLarge "file-too-large" Error "\
        The file is larger than ringback reads.\n\n\
        The limit keeps one stray file, such as a database dump saved as Markdown, from stopping the whole \
        site. If it is a real text, divide it into several pages. If it is something to download, give it \
        its proper file ending and put it beside the page that links to it.",
    LinkOutOfSite "link-out-of-site" Error "\
        A symbolic link leads out of its folder.\n\n\
        A symbolic link is a file that only points at another one. This one points outside the site, at nothing, or \
        out of the folder in which it lies (`content/`, `static/`, `themes/`), so that following it could publish \
        something that was never meant for readers: a text without its audience, a setting, a password. \
        `ringback.yaml` and these folders can't be links themselves, and pages and forms are read where they lie \
        alone. Copy the real file or folder to this place and delete the link.",
    LinkLoop "link-loop" Error "\
        Symbolic links lead round in a circle.\n\n\
        A symbolic link is a file that only points at another one. This one leads, perhaps by way of others, \
        back to a folder that it lies in itself, so reading it would never end. Delete the link, or let it \
        point at the real file.",
    NameCase "name-case" Error "\
        Two names differ only in their case or spelling.\n\n\
        Some disks tell `Prices` from `prices` and others don't, and an é can be saved as one sign or as two. Names \
        that differ in nothing else would be one page on one computer and two on another, and what one of them says \
        about its readers would not hold for the other. Spell translations of a page, and the folder that they lie \
        in, alike. The site's own folders and `ringback.yaml` have small letters.",
    LeftOut "left-out" Warning "\
        A file is not published because of its name.\n\n\
        Hidden files, copies that editors make, and texts of pages and forms as they are written have no business \
        on a website: they hold passwords, drafts and what stands behind gates. So ringback leaves them out, and \
        says so where somebody could have meant them to be there. Of hidden names in `static/` those are published \
        that web hosts read: `.well-known/`, `.nojekyll`, `.domains` and `.htaccess`. Move the file out of the site, or \
        rename it if readers are to have it.",
    UnknownLanguageSuffix "unknown-language-suffix" Error "\
        The file name ends in a language that is unknown.\n\n\
        Two letters before the ending name a language: `prices.sv.md` is the Swedish translation of \
        `prices.md`. This file names a language that is not listed under `languages` in `ringback.yaml`. Add \
        it there, or correct the name. If the letters mean something else, write a hyphen for the dot: \
        `prices-uk.md`.\n\n\
        ```yaml\n\
        languages: {en: {label: English}, sv: {label: Svenska}}\n\
        ```",
    NoSlug "no-slug" Error "\
        The file name has nothing that can make a URL.\n\n\
        A page's URL is made from its file name: `empty-crm.md` becomes `/insights/empty-crm/`. Letters of \
        any alphabet and digits are kept, and this name has neither. Rename the file, or write the last part \
        of the URL yourself in the front matter:\n\n\
        ```yaml\n\
        slug: empty-crm\n\
        ```",

    // YAML: configuration, front matter, forms, themes
    YamlSyntax "yaml-syntax" Error "\
        The settings are not valid YAML.\n\n\
        The front matter of a page (between the `---` lines), `ringback.yaml` and the forms are written in \
        YAML, which is strict about a few signs. Indent with spaces, never with tabs; put a space after each \
        colon; close what you open with `[`, `{` or a quotation mark. A text that itself contains a colon \
        and a space needs quotation marks:\n\n\
        ```yaml\n\
        title: \"Silos: why the second sale is lost\"\n\
        ```",
    YamlLimit "yaml-limit" Error "\
        The YAML is nested or repeated beyond all limits.\n\n\
        Some YAML files are small but unfold into something enormous, by accident or to do harm, so ringback \
        stops reading at a depth and a size that no honest page comes near. Look for lists inside lists \
        inside lists, and for anchors (`&name`) that are used again and again (`*name`), and write the \
        values out plainly.",
    DuplicateKey "duplicate-key" Error "\
        The same key is written twice.\n\n\
        A key such as `title` can have one value only. With two, ringback would have to guess which one you \
        meant, and somebody would sooner or later edit the one without effect. Delete one of them. If you \
        meant several values, write a list:\n\n\
        ```yaml\n\
        tags: [listening, price]\n\
        ```",
    UnclosedFrontMatter "unclosed-front-matter" Error "\
        The front matter has no closing `---` line.\n\n\
        A page may open with its settings, between two lines of three hyphens. The first line is here, the \
        second is not, so the whole page would count as settings. Put a line with only `---` between the \
        settings and the text:\n\n\
        ```text\n\
        ---\n\
        title: The empty CRM\n\
        ---\n\
        The text begins here.\n\
        ```",
    UnknownKey "unknown-key" Error "\
        There is no setting with this name.\n\n\
        The key is misspelt, stands at the wrong depth, or belongs to another kind of file. ringback refuses \
        it, because a misspelt `expires` that nobody notices would leave an old offer online. Correct the \
        spelling or the indentation. What is meant for your own theme goes under `extra`:\n\n\
        ```yaml\n\
        extra: {ribbon: New}\n\
        ```",
    MissingKey "missing-key" Error "\
        A setting that is needed is not there.\n\n\
        Some things ringback cannot guess: the title of a page, the fields of a form, the address of a \
        webhook. The message names the key and the place where it belongs. Add it, with a value.",
    WrongType "wrong-type" Error "\
        The value is of the wrong kind.\n\n\
        A setting expects a text, a number, yes or no (`true`, `false`), a list (`[a, b]`) or a map (`{en: \
        Hello}`), and here stands another kind. The message says which was expected. A number or a word such \
        as `true` that is meant as text needs quotation marks:\n\n\
        ```yaml\n\
        title: \"2026\"\n\
        tags: [listening]\n\
        ```",
    InvalidValue "invalid-value" Error "\
        The setting does not take this value.\n\n\
        The value is of the right kind, but it is not one that the setting can have: a misspelt choice, a \
        number out of its range, or a text in the wrong form. The message says what is possible. Correct the \
        value, or delete the line if the setting need not be there.",
    BadDate "bad-date" Error "\
        This is not a date that ringback understands.\n\n\
        Dates decide when a page appears, when it expires and how lists are sorted, so ringback does not \
        guess whether 02/11 is in February or in November. Write year, month and day, with hyphens, and \
        check that the day exists. The same goes for a date at the beginning of a file name.\n\n\
        ```yaml\n\
        date: 2026-11-02\n\
        ```",
    BadUrl "bad-url" Error "\
        This is not a complete web address.\n\n\
        Feeds, share links and forms are used away from your site, so they need the full address, with \
        `https://` in front and without spaces. Copying it from the browser's address bar is the safest way.\n\n\
        ```yaml\n\
        base_url: https://www.example.org/\n\
        ```",
    UnsetVariable "unset-variable" Error "\
        An environment variable has no value.\n\n\
        `${NAME}` in `ringback.yaml` stands for a value that is kept out of the files, such as the address \
        of a webhook. On this computer nobody has set it. Set it before you build (in CI: among the secrets \
        or variables of the project), or give a value to fall back on, after `:-`.\n\n\
        ```yaml\n\
        url: ${CRM_WEBHOOK_URL:-https://crm.example.org/leads}\n\
        ```",

    OwnVariable "own-variable" Error "\
        A secret of ringback's own stands in `ringback.yaml`.\n\n\
        `RINGBACK_SECRET` is what the keys of gates are made from, and `RINGBACK_PASSPHRASE` opens an edition that is \
        sealed. ringback reads both from the environment by itself. What stands in `ringback.yaml` goes into pages, \
        so a secret that is named there, or has the same value as a variable that is, would be published. Take it \
        out. If it has been published already, make a new one with `ringback keys --new`.",

    // Names that must exist
    UnknownAuthor "unknown-author" Error "\
        No person has this name.\n\n\
        Authors are named by their file: `anna-berg` is `content/people/anna-berg.md`, and no such file \
        exists. Without it, the page would be published with an author whom readers cannot look up. Correct \
        the name, or write the person's page first.\n\n\
        ```yaml\n\
        authors: [anna-berg]\n\
        ```",
    UnknownTerm "unknown-term" Error "\
        The taxonomy does not list this term.\n\n\
        A taxonomy (categories, personas, …) with `strict: true` only takes the terms that `ringback.yaml` \
        declares. That keeps `sales` and `slaes` from becoming two lists with half of the pages each. \
        Correct the spelling, or declare the new term in `ringback.yaml`:\n\n\
        ```yaml\n\
        terms: {sales: {label: {en: Sales, sv: Försäljning}}}\n\
        ```",
    UnknownSeries "unknown-series" Error "\
        There is no series with this name.\n\n\
        A series ties articles together, in order, and is declared under `series` in `ringback.yaml`, where \
        it has its title. Correct the name in the page, or declare the series.\n\n\
        ```yaml\n\
        series: {id: empty-crm, part: 2}\n\
        ```",
    UnknownForm "unknown-form" Error "\
        There is no form with this name.\n\n\
        Gates, next steps, `[form:guide]` in a text and `extends:` name a form by its file: `guide` is \
        `content/forms/guide.yaml`. The form that is named here does not exist, so readers would have nothing to \
        fill in. Correct the name, or write the form.\n\n\
        ```yaml\n\
        gate: {form: guide}\n\
        ```",
    UnknownScript "unknown-script" Error "\
        There is no call script with this name.\n\n\
        `[script:too-busy]` in a text shows the script `content/scripts/too-busy.md`. The script that is named here \
        does not exist, so salespeople would look for something that is not there. Correct the name, or write the \
        script.\n\n\
        ```text\n\
        [script:too-busy]\n\
        ```",
    UnknownWebhook "unknown-webhook" Error "\
        There is no webhook with this name.\n\n\
        A webhook is the address that receives the leads of a form, and is declared under `webhooks` in \
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
        Menus, calls to action and share lists name a page by its path in `content/`, without the ending and \
        without a language: `pages/about` is `content/pages/about.md`. No page is there; perhaps it was \
        renamed or moved. Correct the path.\n\n\
        ```yaml\n\
        next: {page: insights/ready-to-talk}\n\
        ```",
    UnknownLanguage "unknown-language" Error "\
        The site does not have this language.\n\n\
        The languages of a site are listed under `languages` in `ringback.yaml`, by their short codes. A \
        text in any other language would never be shown to anybody. Correct the code (Norwegian Bokmål is \
        `nb`, Swedish is `sv`), or add the language to the list.",
    UnknownEdition "unknown-edition" Error "\
        There is no edition with this name.\n\n\
        An edition is one output of the site, for the public or for your own team, and is declared under \
        `editions` in `ringback.yaml`. A site without that key has a single one, `public`. Use one of the \
        names that the message lists. `ringback index` takes the edition for everybody; where there is none, name \
        one with `--edition`.",
    UnknownTemplate "unknown-template" Error "\
        The theme has no template with this name.\n\n\
        A page asks with `template:` for a layout of its own, or a template includes another one, and \
        neither your site's theme nor the built-in one has it. Correct the name, put the file into \
        `themes/<name>/templates/`, or delete the line: every page has a usual template without it.",

    // Forms and webhooks
    ExtendsLoop "extends-loop" Error "\
        Forms extend each other in a circle.\n\n\
        `extends:` takes over what another form has, and here that form leads back to this one, perhaps by way \
        of others, so none of them has a beginning. Let one of them stand on its own, or extend one of the \
        built-in forms: `contact`, `ring-me-back`, `newsletter` or `lead`.",
    DuplicateField "duplicate-field" Error "\
        The same name is given twice in a form.\n\n\
        Fields, consents and the options of a choice are told apart by their ids, also where the lead arrives: \
        of two with one id, one answer would be lost. Give one of them another `id`, or remove it.",
    FormWithoutWebhook "form-without-webhook" Error "\
        The form sends its leads nowhere.\n\n\
        A visitor who fills it in would be thanked, and nobody would ever hear of it. Declare who receives the \
        leads under `webhooks` in `ringback.yaml`, and name it in the form:\n\n\
        ```yaml\n\
        webhook: crm\n\
        ```",
    FormWithoutContact "form-without-contact" Error "\
        The form does not ask how to reach the visitor.\n\n\
        Without an email address or a phone number there is nobody to ring back, so the lead is worth nothing. \
        Add a field of the type `email` or `tel`:\n\n\
        ```yaml\n\
        fields: [{id: email, type: email, required: true}]\n\
        ```",
    ConsentNotTranslated "consent-not-translated" Error "\
        A consent has no text in a language of the site.\n\n\
        Somebody who reads your site in that language would agree to words in another one, and such a consent \
        may not hold when it is needed. Write the text in each language of the site:\n\n\
        ```yaml\n\
        text: {en: You may write to me., sv: Ni får skriva till mig.}\n\
        ```",
    FormNotTranslated "form-not-translated" Warning "\
        A text of a form lacks a language of the site.\n\n\
        Readers of that language get it in another one, in the middle of a form that should win their trust. \
        Add the text in the language that the message names. The labels of usual fields (`name`, `email`, \
        `phone`, `company`, …) need not be written at all: ringback has them in many languages.",
    FormMarker "form-marker" Error "\
        A form can't stand here.\n\n\
        `[form:guide]` shows a form where it is a paragraph of its own: on a line by itself, with an empty line \
        before and after, outside of any list, quotation, table or heading. Elsewhere readers would see the \
        words as they are. If that is what you want, put a backslash in front of the bracket, or backticks \
        around it all.\n\n\
        ```text\n\
        Write to us:\n\
        \n\
        [form:contact]\n\
        ```",
    ScriptMarker "script-marker" Error "\
        A script can't stand here.\n\n\
        `[script:too-busy]` shows a call script where it is a paragraph of its own: on a line by itself, with an \
        empty line before and after, outside of any list, quotation, table or heading. Elsewhere readers would see \
        the words as they are. If that is what you want, put a backslash in front of the bracket, or backticks \
        around it all.\n\n\
        ```text\n\
        Ring them, and say it like this:\n\
        \n\
        [script:too-busy]\n\
        ```",
    SecretWebhook "secret-webhook" Error "\
        A webhook's address is a secret, and would be public.\n\n\
        A form sends its lead from the visitor's own browser, so everybody can read where to. The address of an \
        incoming webhook of Slack, Teams or Discord, or one with a password, key or token in it, lets whoever \
        reads it post there, and some keys open more than that. Put a service between that is made to be \
        public, such as Zapier, Make or n8n, and let it pass leads on; or use the form of your CRM. If the \
        address has been published already, replace it there.",
    Credential "credential" Error "\
        A key or token would be published.\n\n\
        Keys and tokens of GitHub, Slack, Stripe, AWS, Google, HubSpot and others are known by how they look, and so \
        are private keys. One of them stands in a text, a form, a setting or a file that everybody could read, and \
        whoever finds it can use it; programs look for them all day. Take it out. Then replace it at the service \
        that it is for, because it stays in the history of the files.",
    InsecureWebhook "insecure-webhook" Error "\
        Leads would travel without encryption.\n\n\
        The address of the webhook begins with `http://`, so names, addresses and phone numbers could be read \
        on their way, and browsers refuse to send them from a secure page. Write `https://`. Only a receiver on \
        your own computer (`localhost`, `127.0.0.1`, `[::1]`) may do without, for tests.",
    WebhookIncomplete "webhook-incomplete" Error "\
        The receiver would refuse the leads of this form.\n\n\
        HubSpot takes a lead only for one of its own forms, so the webhook has to say for which: `form: {guide: \
        GUID}`. Salesforce takes none without `last_name` and `company`, so the form needs required fields that \
        come out under these names, or the webhook adds them:\n\n\
        ```yaml\n\
        map: {surname: last_name}\n\
        add: {company: Not given}\n\
        ```",

    // Links and files beside pages
    BrokenLink "broken-link" Error "\
        The link leads to a page that does not exist.\n\n\
        A reader who follows it would meet an error page and leave. Perhaps the page was renamed or moved, \
        or the link is misspelt. Link to the file, from where this one lies, or to the URL from the root of \
        the site; ringback writes the right address for each language and edition.\n\n\
        ```text\n\
        [the empty CRM](empty-crm.md)\n\
        ```",
    BrokenFragment "broken-fragment" Error "\
        The page exists, but not the place in it.\n\n\
        What follows `#` in a link names a heading, written in lower case with hyphens: `## Too busy` is \
        `#too-busy`. No heading of that page has this name, so the reader would land at the top, and a call \
        script would jump nowhere. Correct the link, or fix the name on the heading, so that it survives a \
        new wording:\n\n\
        ```text\n\
        ## No time at all {#too-busy}\n\
        ```",
    MissingFile "missing-file" Error "\
        The image or file is not there.\n\n\
        The page shows or offers a file that does not exist, so readers would see a gap or a failed \
        download. File names must match letter by letter, capitals too: `Team.JPG` is not `team.jpg`. Put \
        the file beside the page, or correct the name.",
    UnreadableImage "unreadable-image" Warning "\
        The size of the image cannot be read.\n\n\
        ringback writes the width and height of every image into the page, so that the text does not jump \
        while it loads. This file is damaged, or of another kind than its ending says. Open it in an image \
        program and save it anew as JPEG, PNG, WebP, GIF or SVG.",
    LinkToTeam "link-to-team" Error "\
        A public page links to a page for the team only.\n\n\
        Call scripts, and pages with `audience: team`, are not in the public edition, so this link would \
        lead nowhere there, and even its text could give away what was meant for colleagues. Remove the \
        link, make the page that it stands on a team page too, or open the other one to all with `audience: \
        public`.",
    LinkToUnpublished "link-to-unpublished" Error "\
        The link leads to a page that is not published.\n\n\
        The other page is a draft, has a date that is still to come, or has expired. Today's readers would \
        get an error page. Publish it together with this one, give this one the same date, or remove the \
        link until then.",
    BrokenComment "broken-comment" Error "\
        A comment does not end where its author meant it to.\n\n\
        A comment begins with `<!--` and ends with the next `-->`, over as many lines and paragraphs as you like, and \
        nothing of it reaches the site. This one never ends, so it would hide the rest of the page; or it has another \
        comment in it, so its second half would be shown; or it is empty (`<!-->` is a whole comment); or a link uses an \
        address that is written in it. `<?php … ?>` and the like are hidden in the same way. To show readers a \
        comment, write it as code.\n\n\
        ```text\n\
        <!-- check the numbers\n\
             before spring -->\n\
        ```",
    RawHtml "raw-html" Error "\
        The text contains HTML, which this site refuses.\n\n\
        `ringback.yaml` says `markdown.raw_html: refuse`, which keeps pasted code and hidden trackers off \
        the site. Write it in Markdown instead: `**bold**`, `![what it shows](photo.jpg)`. \
        If you only mean a sign, such as `<`, put a backslash in front of it. If everybody who writes for \
        the site may use HTML, change the setting to `keep`.",
    HtmlRuns "html-runs" Warning "\
        HTML in the text has an address that is a program.\n\n\
        A link to `javascript:…`, or to a document in a `data:` address, runs in the name of your site: it can read \
        what your readers type. `<base>` and `<meta http-equiv=\"refresh\">` change where all links lead. Mostly such \
        HTML was pasted from elsewhere. Write a link to a page, a file or a web address instead.",
    FileRuns "file-runs" Warning "\
        A file that is published can run scripts.\n\n\
        `ringback.yaml` says `markdown.raw_html: refuse`, so nobody should be able to put a program on the site with \
        a text. An SVG picture with scripts, or an HTML file beside a page, would do just that: whoever opens its \
        address runs it in the name of your site. Save the picture without scripts, or as PNG or WebP, and make a page \
        of what is in the HTML file. If everybody who writes for the site may use HTML, change the setting to `keep`.",

    // URLs
    UrlCollision "url-collision" Error "\
        Two pages want the same URL.\n\n\
        Only one of them could be published, and the other would vanish without a word. It happens when two \
        files differ only in their date or in capital letters, or when a `slug` is already taken. Rename one \
        of the files, or give one of them another `slug`.\n\n\
        ```yaml\n\
        slug: empty-crm-part-two\n\
        ```",
    AliasHidesPage "alias-hides-page" Error "\
        An alias is the URL of a page that exists.\n\n\
        An alias sends visitors of an old address on to this page. Here the address belongs to a living \
        page, which nobody could reach any more. Delete the alias, or rename the other page if it is the one \
        that should give way.",
    BadAlias "bad-alias" Error "\
        The alias is not a path on this site.\n\n\
        An alias is an old address of the page, from the root of the site: a slash first, then the path, \
        without `https://`, without the domain, and without `?` or `#`. Write it like this:\n\n\
        ```yaml\n\
        aliases: [/blog/why-the-crm-is-empty/]\n\
        ```",

    // The model
    SeriesPartTaken "series-part-taken" Error "\
        Two articles are the same part of a series.\n\n\
        Readers follow a series by its numbers, and two articles with one number have no order. Give one of \
        the two another number.\n\n\
        ```yaml\n\
        series: {id: empty-crm, part: 2}\n\
        ```",
    GateMarker "gate-marker" Error "\
        The gate and its divider do not fit together.\n\n\
        A gate takes two things: `gate:` in the front matter, which names the form, and one line `<!-- gate \
        -->` in the text, where the open part ends. One of them is missing, the divider stands twice, inside \
        a list or a quote, `<!-- /gate -->` comes without it, or something is almost a divider: `<!-- gates -->`, \
        `[gate]`, one that is indented as code. Were ringback to guess, text that should be \
        sealed could be open to all. Put the divider on a line of its own, with an empty line on both sides:\n\n\
        ```text\n\
        The teaser, open to all.\n\
        \n\
        <!-- gate -->\n\
        \n\
        The rest, sealed.\n\
        ```",
    GatedDefinition "gated-definition" Error "\
        The open text uses what is behind the gate.\n\n\
        A footnote is shown, and a link leads, where its mark is; its text or address may be written anywhere in the \
        file, as at its end. When the end is behind a gate and the mark is in the teaser, everybody would read what \
        you sealed. Write the footnotes and addresses of the open text before `<!-- gate -->`, or end the gated part \
        before them:\n\n\
        ```text\n\
        The teaser, with a note.[^1]\n\
        \n\
        <!-- gate -->\n\
        \n\
        The rest, sealed.\n\
        \n\
        <!-- /gate -->\n\
        \n\
        [^1]: Everybody may read this.\n\
        ```",
    GateConflict "gate-conflict" Error "\
        Two pages give the same gate other terms.\n\n\
        Pages whose gates have the same id (`id:`, else the file's name) are opened together: who has filled in the \
        form on one of them can read them all. So they need the same form, the same `key` and the same `epoch`. \
        Correct the one that is wrong; translations of a page are the usual case. If the pages have nothing to do \
        with each other, give one of the gates an id of its own:\n\n\
        ```yaml\n\
        gate: {form: guide, id: eight-reasons}\n\
        ```",
    TranslationAudience "translation-audience" Warning "\
        A translation doesn't say that it is for the team.\n\n\
        A page is for the same readers in all its languages: where one file of it says `audience: team` (or is for \
        the team by its folder), the others are for the team, too, whatever they say. So nothing gets out; but the \
        file looks public to whoever edits it next. Write the line into every translation:\n\n\
        ```yaml\n\
        audience: team\n\
        ```",
    TranslationGate "translation-gate" Error "\
        A page is behind a gate in one language only.\n\n\
        A page is one page in all its languages. What is behind a form in English and open in Swedish is open to \
        everybody who can translate, and most often the gate was only forgotten. Give all translations the same \
        `gate:`, with the same `key`, and a line `<!-- gate -->` where the sealed part begins. If a language is \
        meant to be open, take the gate out of the others, or make two pages of it.\n\n\
        ```yaml\n\
        gate: {form: guide}\n\
        ```",
    NoSecret "no-secret" Error "\
        The key of a gate can't be made without a secret.\n\n\
        What stands behind a gate with `key: answer` or `key: mail` is encrypted, and the key is made from a secret \
        of yours, which ringback takes from the environment variable `RINGBACK_SECRET`. It is not set here. Make one \
        with `ringback keys --new` or `openssl rand -base64 32`, keep it like a password, and set it wherever the \
        site is built. Always use the same one: with another, links that you have mailed open nothing any more. \
        Or let the gate have `key: page`, which needs none and is no more than a hurdle.\n\n\
        ```text\n\
        export RINGBACK_SECRET=\"…\"\n\
        ```",
    WeakSecret "weak-secret" Error "\
        The secret can be guessed.\n\n\
        Everybody can fetch the encrypted files of your site and try secrets on them, as many as their computers \
        allow and without you noticing. A word, a name or something short is found that way; 32 random characters \
        are not. Let the computer make one, with `ringback keys --new` or `openssl rand -base64 32`.",
    NoPassphrase "no-passphrase" Error "\
        A sealed edition can't be made without a passphrase.\n\n\
        `seal: passphrase` encrypts every page of an edition, and ringback takes the passphrase from the environment \
        variable `RINGBACK_PASSPHRASE`. It is not set here. Choose one, tell it to your colleagues, and set it wherever \
        the site is built; it must not stand in a file of the site. Four words that don't belong together are easy to \
        say and hard to guess.\n\n\
        ```text\n\
        export RINGBACK_PASSPHRASE=\"…\"\n\
        ```",
    WeakPassphrase "weak-passphrase" Error "\
        The passphrase can be guessed.\n\n\
        Everybody can fetch the encrypted files of your site and try passphrases on them. Each try is made slow, but \
        a word, a name, a date or a row of keys is found all the same, and so are words from the title and address of \
        the site. Take twelve characters at least, better four words that don't belong together.",
    GatedSvg "gated-svg" Error "\
        An SVG picture stands behind a gate.\n\n\
        Pictures behind a gate are decrypted and drawn by the browser, and browsers draw no SVG that way on a site \
        whose security rules are as strict as they should be. Save the picture as PNG or WebP, at twice the size \
        that it is shown in.",
    GatedFileOpen "gated-file-open" Warning "\
        A file behind a gate is also published openly.\n\n\
        A gated text names the file, but so does an open one, or it lies in the folder of a page without a gate, \
        and all of such a folder is published. So everybody can have it without filling in the form. If that is \
        not meant, remove the open link, or move the file beside the gated page.",
    ScriptNeverShown "script-never-shown" Warning "\
        Nobody will ever see the script in this text.\n\n\
        An edition leaves out the scripts that its readers may not see, and call scripts are for the team unless they \
        say otherwise. This site has no edition for the team, so the line in the text shows nothing anywhere. Make an \
        edition for the team, or open the script to everybody with `audience: public`.\n\n\
        ```yaml\n\
        editions:\n \
        public: {audiences: [public]}\n \
        team: {audiences: [public, team]}\n\
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
        Colleagues say \"I am at step 4\", so a number that is missing, or stands twice, or comes too early, sends \
        somebody to the wrong place. It happens when a step is moved or taken out. Number the steps in the order in \
        which they stand.",
    StepTime "step-time" Warning "\
        The time of a step can't be read.\n\n\
        The brackets behind a step say how long it takes and, behind a comma, who does it. The time is a number \
        with a unit: `20 s`, `10 min`, `1.5 h`, `5–10 min`, `2 days`. What stands here begins with a number and \
        is something else, so it is shown as a part of the title, and the total leaves it out.\n\n\
        ```text\n\
        ## Step 2: Ring back (15 min, salesperson)\n\
        ```",
    RepName "rep-name" Warning "\
        Links can't say that they are this person's.\n\n\
        A link that a salesperson shares ends in `?via=` and the name of their file, and leads carry that name \
        to the CRM. It has to survive mail programs and chats, so it may only have letters from a to z, \
        digits, hyphens and underscores, at most 80. This person is left out of the list of reps until the \
        file has such a name.",
    UnknownStrings "unknown-strings" Warning "\
        The buttons have no texts in this language yet.\n\n\
        The words of the interface (menu, dates, the names of boxes) come with ringback in \
        some languages, and not in this one. The site is built with the English words, so a reader meets two \
        languages on one page. Translate them in a file of your theme, in `themes/<name>/i18n/`, named after \
        the language.",

    // Call scripts
    UnknownSend "unknown-send" Error "\
        There is no page with this name to send.\n\n\
        In a call script, a link with `send:` gives the caller the address of a page, ready for the one on the \
        phone. This one names a page that does not exist, so the caller would have nothing to send. Name the page \
        by its file, without folder, language and ending:\n\n\
        ```text\n\
        [Prepare ten calls](send:prepare-ten-calls)\n\
        ```",
    SendToTeam "send-to-team" Error "\
        A page for the team only can't be sent to others.\n\n\
        A link with `send:` gives the caller an address for the one on the phone. This page is in the team's edition \
        alone, so whoever got the address would find nothing there, and learn that there is something. Send a page \
        that everybody may read, or make this one public with `audience: public`.",
    DeadEnd "dead-end" Error "\
        From here, nothing leads on in the call.\n\n\
        Whoever follows the script during a call would stand here without a button to press, with somebody on the \
        phone. Every answer needs a jump to a step, or an outcome that ends the call, and every step needs at least \
        one answer:\n\n\
        ```text\n\
        - \"Yes\" → [Discover](#discover)\n\
        - \"No\" → [Thank them](outcome:closed)\n\
        ```",
    NoExit "no-exit" Error "\
        The call goes round in a circle and can't end.\n\n\
        From these steps every answer leads to another of them, so whoever follows the script never comes to an \
        outcome. A circle as such is fine: an objection may lead back to the step it came from. But at least one step \
        on it needs an answer that leads out, to a step elsewhere or to an outcome:\n\n\
        ```text\n\
        - They have to go → [Thank them](outcome:closed)\n\
        ```",
    UnreachedStep "unreached-step" Warning "\
        No answer leads to this step.\n\n\
        A call starts at the first step and goes on by answers, also those of other scripts. None of them comes here, \
        so nobody will ever say these words. Often an answer lost its jump when a step was renamed. Let an answer \
        lead here, or delete the step. Objections need none: they can be opened at any time.",
    UnknownOutcome "unknown-outcome" Error "\
        The script ends in an outcome that is not declared.\n\n\
        The outcome is what goes into the customer register, so its name must be one of a few that everybody uses. \
        This one stands neither under `outcomes` in the script's front matter nor under `calls` in `ringback.yaml`. \
        Correct the name, or declare it:\n\n\
        ```yaml\n\
        outcomes: {callback: {label: Ring again, ask: [When?]}}\n\
        ```",
    ManyOutcomes "many-outcomes" Warning "\
        A call can end in more than ten ways.\n\n\
        At the end of a call somebody chooses one of them within a second or two. With more than ten, people take any, \
        and the numbers mean nothing. Put those together after which you would do the same, and ask for the rest with \
        `ask`.",
    OneSided "one-sided" Warning "\
        There is a yes without a no, or a no without a yes.\n\n\
        Whoever is on the phone may always say the other thing, and then the script leaves the caller alone. Add an \
        answer for it, even if it only ends the call kindly:\n\n\
        ```text\n\
        - \"No\" → [Wish them a good day](outcome:closed)\n\
        ```",
    OverBudget "over-budget" Warning "\
        The words take longer than the script's budget.\n\n\
        `budget` says how many seconds of the call are yours to speak. For each step, ringback adds up the quickest \
        call that comes to it, from the first step and on to an outcome, with the time in each heading, or else 150 \
        words a minute. Even this one takes longer, so nobody who comes to that step can keep the budget. Shorten \
        what is said, let an earlier answer lead there, or raise the budget.",
    NoWords "no-words" Warning "\
        A step has answers, but nothing to say.\n\n\
        The caller comes here, sees what may be answered, and has no words. Write them as a quotation. If nothing is \
        to be said, because the caller has something to do instead, say in a note what it is:\n\n\
        ```text\n\
        > [!NOTE]\n\
        > Write the mail now, while they see your missed call.\n\
        ```",
    SameTitle "same-title" Warning "\
        Two steps of a script have the same title.\n\n\
        A jump goes by the title, and always to the first of the two; and during a call nobody can tell them apart. \
        Give one of them another title, or make one step of both.",
    UnknownObjection "unknown-objection" Error "\
        No objection of the script has this key.\n\n\
        Under `objections` stands what people say when they mean an objection. The key is the id of its heading, and \
        no objection of this script has this one: perhaps the heading was renamed. Without it, nobody who types what \
        they hear finds the objection. Correct the key:\n\n\
        ```yaml\n\
        objections: {objection-too-busy: {heard: [I am swamped]}}\n\
        ```",
    UnknownBlank "unknown-blank" Error "\
        A blank in the script is not declared.\n\n\
        A blank such as `{{first_name}}` is filled in once and used everywhere. This one stands nowhere under `blanks` \
        in the front matter, or can't be read, so the caller would meet a gap that nobody has explained in the middle \
        of a sentence. Correct its name, or declare it:\n\n\
        ```yaml\n\
        blanks: {first_name: {label: First name, example: Kim}}\n\
        ```",
    UnusedBlank "unused-blank" Warning "\
        A blank is declared and stands nowhere in the script.\n\n\
        Whoever prepares the call would be asked for something that is never used. Often the words were changed and \
        the blank was left. Delete it from the front matter, or write it where it belongs.",
    NamelessBlank "nameless-blank" Warning "\
        Underscores stand where a blank should have a name.\n\n\
        During a call nobody has the time to guess what belongs there, and it can't be filled in beforehand. Give it a \
        name and declare it in the front matter:\n\n\
        ```text\n\
        > I came across {{trigger}} and it raised one question.\n\
        ```",
    DeepBranch "deep-branch" Warning "\
        Answers stand more than three levels deep.\n\n\
        A short branch reads well below its answer. Deeper down, nobody who has somebody on the phone finds the way, \
        and no other part of the script can jump there. Make the branch a step of its own, with a heading, and jump \
        to it:\n\n\
        ```text\n\
        - \"It depends\" → [What does it depend on](#what-does-it-depend-on)\n\
        ```",

    // Themes
    UnknownTheme "unknown-theme" Error "\
        There is no theme with this name.\n\n\
        `theme` in `ringback.yaml` names a folder in `themes/`, or the theme `ringback`, which is built in. \
        Neither fits. Correct the name, put the theme's folder into `themes/`, or delete the line to use the \
        built-in theme.",
    TemplateSyntax "template-syntax" Error "\
        A template of the theme is not written correctly.\n\n\
        Templates are the files that give pages their look, and this one cannot be read: often an `{% if %}` \
        without its `{% endif %}`, or a bracket that is not closed. No article is at fault. If you have not \
        changed the theme, hand the message to the person who did; taking the file out of `themes/` brings \
        the built-in one back.",
    TemplateFailed "template-failed" Error "\
        A template of the theme failed on this page.\n\n\
        The template can be read, but asks for something that this page does not have, such as an image or a \
        key under `extra`. See whether the page lacks a setting that others of its kind have. If not, the \
        template needs an `{% if %}` around that place: hand the message to the person who looks after the \
        theme.",

    // Search
    SearchLanguage "search-language" Warning "\
        Search does not know this language.\n\n\
        To find \"customers\" for \"customer\", search must know the endings of words, and the small words that \
        stand on every page. For this language ringback knows neither, so readers find words as they are \
        written, and by how they begin. Nothing is wrong with the site, and there is nothing to mend.",

    LinksUnchecked "links-unchecked" Warning "\
        The links that lead out could not be tried.\n\n\
        `ringback check --external` asks for each of them, and none of the first hosts could be reached. Most likely \
        this computer is offline, or a firewall stands in the way. Nothing is known about the links now, and nothing \
        was forgotten about them: try again when the network is back.",

    // Editorial checks
    DescriptionMissing "description-missing" Advice "\
        The page has no description.\n\n\
        Search engines, previews in chats and ringback's own lists show a sentence or two under the title. Without \
        `description:` they take the beginning of the text, which was seldom written for somebody who still has to \
        decide whether to read it. Say what the reader gets, in 50 to 160 characters:\n\n\
        ```yaml\n\
        description: Eight reasons why nobody fills in the CRM.\n\
        ```",
    DescriptionTooLong "description-too-long" Advice "\
        The description is cut off in search results.\n\n\
        Search engines show about 160 characters, fewer on a phone, and cut the rest in the middle of a sentence. \
        Put what matters to the reader first, and leave out what the title says already.",
    TitleTooLong "title-too-long" Advice "\
        The title is cut off in search results.\n\n\
        Search engines show about 65 characters of a title. What comes after is replaced by three dots, in tabs and \
        shared links even earlier. Say the same in fewer words.",
    DuplicateTitle "duplicate-title" Advice "\
        Two pages of one language have the same title.\n\n\
        In search results, tabs, lists and shared links readers see the title alone, and can't tell the two apart. \
        Search engines often show only one of them. Say in each what it has and the other hasn't, or make one page \
        of the two.",
    ImageWithoutAlt "image-without-alt" Advice "\
        A picture has no words for those who don't see it.\n\n\
        People who have the page read aloud, and everybody whose picture doesn't load, get the alternative text in \
        its place. Search engines read it too. Say what the picture shows and why it is there, in a sentence, \
        without \"picture of\":\n\n\
        ```text\n\
        ![A desk with one phone and no papers](desk.jpg)\n\
        ```",
    AltIsFileName "alt-is-file-name" Advice "\
        A picture's alternative text is only a file name.\n\n\
        It is read aloud to people who don't see the picture, and `IMG_2041` tells them nothing. Say what the \
        picture shows:\n\n\
        ```text\n\
        ![A desk with one phone and no papers](desk.jpg)\n\
        ```",
    EmptySource "empty-source" Advice "\
        A source is named, and nothing is in it.\n\n\
        `source:` without a name shows readers a line that says where a text comes from, and then doesn't; a picture \
        without a file name shows nothing. Fill it in, or remove it.\n\n\
        ```yaml\n\
        source: {name: Harvard Business Review, url: https://hbr.org/}\n\
        ```",
    EmptyLink "empty-link" Advice "\
        A link leads nowhere.\n\n\
        Nothing stands between its brackets, so it leads to the very page that the reader is on. Write where it \
        should lead, or remove the brackets:\n\n\
        ```text\n\
        [the empty CRM](empty-crm.md)\n\
        ```",
    VagueLink "vague-link" Advice "\
        The words of a link don't say where it leads.\n\n\
        Readers look from link to link to find what they need, and people who have the page read aloud often hear \
        the links alone: \"here, here, read more\". Search engines judge the other page by these words, too. Let \
        them name what is there:\n\n\
        ```text\n\
        We have counted [eight reasons why the CRM stands empty](empty-crm.md).\n\
        ```",
    HeadingSkipsLevel "heading-skips-level" Advice "\
        A heading skips a level below the one above it.\n\n\
        Headings are the table of contents for people who have the page read aloud, and for search engines: after \
        `##` comes `###`. A level that is missing sounds like a part that is missing. A page's text begins with \
        `##`, because its title stands above it. `ringback check --fix` mends this.",
    TitleInText "title-in-text" Advice "\
        The text has a heading of the first level.\n\n\
        The page's title is that heading already, and a page has one. Headings in the text begin with `##`. \
        `ringback check --fix` lowers all headings of the text by one level; if the heading only says the title \
        again, remove it yourself.",
    LongSentence "long-sentence" Advice "\
        A sentence is so long that readers lose the thread.\n\n\
        Who reads on a phone, between two meetings, has forgotten the beginning of such a sentence at its end, and \
        what is to be said on the phone must fit into one breath. Make two or three of it, or a list. The limits are \
        in `docs/checks.md`.",
    HardToRead "hard-to-read" Advice "\
        The text as a whole is hard to read.\n\n\
        The figure is LIX: the average number of words in a sentence, and the share of words with more than six \
        letters. Newspapers come to about 45, laws to about 60. Shorter sentences help most; then everyday words in \
        the place of long ones.",
    TalksOfUs "talks-of-us" Advice "\
        The text talks more of us than of the reader.\n\n\
        It says \"we\" and \"our\" more often than \"you\" and \"your\". People read on when a text is about their own \
        situation, and leave when it is about a company that they don't know yet. Begin the sentences with what the \
        reader has, wants or worries about. What we do comes after that, in fewer words.",
    OrphanPage "orphan-page" Advice "\
        No text leads to this page.\n\n\
        It stands in lists, and that is all: no other text links to it, no menu, series or next step names it. \
        Readers hardly find it, and search engines take it for unimportant. Link to it from two or three pages whose \
        readers would want to go on here.",
    DeadLink "dead-link" Advice "\
        A link out of the site leads nowhere any more.\n\n\
        `ringback check --external` asked for the address, and the page is gone, or its host is. A reader who follows \
        the link takes it for your mistake. Link to another page that says the same, perhaps in the Internet Archive, \
        or remove the link and keep the words.",
    MovedLink "moved-link" Advice "\
        An outside link leads to an address that has moved.\n\n\
        It still works, by way of a redirection that says it is for good. Such redirections are removed one day, with \
        the next new website of the other side. Write the new address, after a look at what is there.",
    UnlinkedMention "unlinked-mention" Advice "\
        The text names another page and doesn't link to it.\n\n\
        The title of another page stands in the text word for word. A reader who is curious at this point has to \
        search for it, and most don't. Make the words a link.",
    MissingTranslation "missing-translation" Advice "\
        A page is translated into some languages only.\n\n\
        Readers of the languages that are left out meet it in no menu and no list, and links from their pages lead \
        into another language. Write the translation, beside the page and with the language in its name \
        (`name.sv.md`), as a draft if it isn't ready. A page that exists in one language alone is not reported: some \
        articles are only for one market.",
    ReviewOverdue "review-overdue" Advice "\
        The day to look at the page again has passed.\n\n\
        `review_by:` is a promise to readers that prices, names and advice are still right. Read the page, change \
        what isn't so any more, and set the next date:\n\n\
        ```yaml\n\
        review_by: 2027-11-02\n\
        ```",
    GatedPillar "gated-pillar" Advice "\
        A page that others lean on stands behind a gate.\n\n\
        It begins a series that goes on in the open, or several other texts send their readers to it. Behind a form, search engines can't \
        find what it says, and all of these readers come to a closed door. Open it, and put the gate before \
        something that this page makes people want: a template, a checklist, the next part.",
    GateWithoutTeaser "gate-without-teaser" Advice "\
        The gate closes the page from its first word.\n\n\
        Readers and search engines see only a form, and few people give their address for a page that shows \
        them nothing. Move `<!-- gate -->` down, below two or three paragraphs that show what the rest is \
        worth.",
    NextStepMissing "next-step-missing" Advice "\
        The page ends without a next step.\n\n\
        A reader who has come to the end is at the moment of most interest, and here nothing is offered. Its \
        stage has no entry under `journey.next` in `ringback.yaml`, or the page has no stage. Add one there, \
        or give the page a call to action of its own:\n\n\
        ```yaml\n\
        next: {page: pages/contact}\n\
        ```",

    // The output
    ForeignOutput "foreign-output" Error "\
        The output folder holds files ringback did not write.\n\n\
        ringback replaces what is in its output folder, and only touches what it has written itself. This \
        folder holds other files, which might be somebody's work, so nothing was written. Choose another \
        folder with `output` in `ringback.yaml` or `--out FOLDER`, or empty this one yourself if you are \
        sure that nobody needs what is in it.",

    // ringback itself
    Internal "internal" Error "\
        ringback itself made a mistake.\n\n\
        Your site is not at fault: a part of the program stopped at something that its authors did not \
        foresee. The site that was built last is untouched. Please report it, with the whole message and, if \
        you may share it, the file that it names. Until it is mended, a different wording near the named \
        place often gets past it.",
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

    /// The code with this name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
