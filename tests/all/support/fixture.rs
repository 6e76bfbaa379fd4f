//! A site with one of everything, in three languages and two editions, and with words in it that must not get out.
//!
//! Whatever the public edition must not have begins with one of [`TEAM`], [`GATED`] and [`NEVER`]: titles, texts,
//! terms, file names, bytes of images. They are lower case and ASCII, so that they survive slugs, percent-encoding and
//! the escapes of HTML and JSON.

use ringback::leads::gates::key::VARIABLE;
use ringback::project::MemoryProject;

use super::{SECRET, Site, png, png_saying, shared};

/// Begins every word that is for the team alone.
pub(crate) const TEAM: &str = "zqteamonlyword";
/// Begins every word that stands behind a gate.
pub(crate) const GATED: &str = "zqbehindgateword";
/// Begins every word that no edition may have: drafts, authors' comments.
pub(crate) const NEVER: &str = "zqneverpublished";

const CONFIG: &str = r#"# zqneverpublishedconfig
title: {en: Fixture & Sons, sv: Fixtur & Söner, nb: Fikstur & Sønner}
description: {en: "A site with \"everything\".", sv: En sajt med allt.}
base_url: https://example.org/
time_zone: Europe/Stockholm
languages: {en: {label: English}, sv: {label: Svenska}, nb: {label: Norsk bokmål}}
menus:
  main:
    - {page: insights}
    - label: {en: Work, sv: Arbete}
      children: [{page: playbooks}, {page: scripts}, {page: people}, {page: insights/later, label: zqneverpublishedmenu}]
    - label: zqteamonlywordmenu
      children: [{page: playbooks/own}, {page: scripts/opener, label: zqteamonlywordentry}]
    - {page: pages/about}
  footer:
    - {url: "/a-z/", label: A–Z}
    - {url: "https://other.example/", label: Elsewhere}
taxonomies:
  category:
    label: {en: Categories, sv: Kategorier}
    terms:
      sales: {label: {en: Sales & more, sv: Försäljning}, description: {en: About sales.}}
      zqteamonlywordterm: {label: zqteamonlywordtermlabel, description: zqteamonlywordtermtext}
  persona: {terms: {manager: {label: {en: Managers}}}}
  tags: {label: {en: Topics}}
journey:
  model: inbound
  calls_to_action: {attract: {page: insights/one}, close: {page: pages/contact, label: {en: Ring us}}}
series:
  main: {title: {en: The series, sv: Serien}, description: {en: In parts.}, planned: [{part: 3, title: {en: Coming}}]}
  inner: {title: zqteamonlywordseries, description: zqteamonlywordseriestext, planned: [{part: 2, title: zqteamonlywordplanned}]}
pagination: 3
feeds: {items: 50, content: full}
organization: {name: Fixture AS, email: hello@example.org, phone: "+47 22 00 00 00", address: {city: Oslo, country: "NO"}}
webhooks:
  crm: {kind: json, url: "https://crm.example.org/leads"}
  own: {url: "https://zqteamonlywordhook.example/", add: {key: zqteamonlywordkey}}
  unused: {url: "https://zqneverpublishedhook.example/"}
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team], base_url: https://team.example.org/inside/}
"#;

/// Paths and texts.
const PAGES: &[(&str, &str)] = &[
    ("content/_index.md", "---\ntitle: Hello & welcome\n---\nThe home page.\n"),
    ("content/_index.sv.md", "---\ntitle: Välkommen\n---\nStartsidan.\n"),
    ("content/insights/_index.md", "---\ntitle: Insights\ndescription: Articles.\n---\nOur articles.\n"),
    ("content/insights/_index.sv.md", "---\ntitle: Insikter\nslug: insikter\n---\n"),
    (
        "content/insights/one.md",
        "---\ntitle: One \"quoted\" <b> & more\ndate: 2026-03-01\nupdated: 2026-04-01\nauthors: [anna, kim]\n\
         category: [sales]\ntags: [crm, Åkeri, 日本語]\npersona: [manager]\nstage: attract\nseries: {id: main, part: 1}\n\
         aliases: [/old/one, /old.html, /gå/x]\nimage: {src: shared photo.png, alt: A photo, caption: Two people, credit: Us}\n\
         owner: zqteamonlywordperson\nreview_by: 2027-01-01\n---\n\
         Text with a [link](two.md#second-part), [a section](../insights/), [a path](/a-z/), [this](#here),\n\
         [a file](price%20list.pdf) and <https://other.example/x?a=b&c=d>.[^1]\n\n\
         ## Here\n\n![A photo](shared%20photo.png \"With a caption\")\n\n![Again](shared%20photo.png)\n\n\
         | a | b |\n|---|---|\n| 1 | [2](two.md) |\n\n> [!NOTE]\n> Note.\n\n- [x] done\n- [ ] open\n\n\
         ## Key takeaways\n\n- Everything *matters*.\n\n```rust\nfn main() {}\n```\n\n[^1]: A note, see [two](two.md).\n",
    ),
    (
        "content/insights/one.sv.md",
        "---\ntitle: Ett\ndate: 2026-03-01\nauthors: [anna]\ncategory: [sales]\nslug: ett\n---\n\
         Text med [länk](two.md#second-part) och [till engelska](two.md).\n\n## Här\n",
    ),
    ("content/insights/one.nb.md", "---\ntitle: En\ndate: 2026-03-01\n---\nTekst.\n"),
    (
        "content/insights/2026-05-02-two.md",
        "---\ntitle: Two\ncategory: sales\ntags: [crm]\nseries: {id: main, part: 2}\n\
         source: {name: Elsewhere, url: \"https://elsewhere.example/two\", date: 2025-01-01, canonical: true}\n---\n\
         Text.\n\n## Second part\n\nBack to [one](one.md).\n",
    ),
    (
        "content/insights/three.md",
        "---\ntitle: Three\ndate: 2026-05-03\ntags: [crm]\ncall_to_action: pages/about\n---\nText.\n",
    ),
    (
        "content/insights/four.md",
        "---\ntitle: Four\ndate: 2026-05-04\ntags: [crm]\nexpires: 2027-01-01\n---\nText.\n",
    ),
    (
        "content/insights/five.md",
        "---\ntitle: Five\ndate: 2026-11-22\ntags: [crm]\nlisted: false\n---\nText.\n",
    ),
    (
        "content/insights/deep/er/six.md",
        "---\ntitle: Six\ndate: 2024-02-29\ntags: [crm]\n---\nUp: [one](../../one.md).\n",
    ),
    ("content/insights/100 % & #1 🙂 café?.md", "---\ntitle: Odd name\ndate: 2026-01-01\n---\nText.\n"),
    (
        "content/insights/пример.md",
        "---\ntitle: Пример\ndate: 2026-01-02\n---\n## Раздел\n\n[Сюда](#раздел).\n",
    ),
    (
        "content/insights/in a folder/index.md",
        "---\ntitle: In a folder\ndate: 2026-01-03\nimage: {src: \"p#1 100%.png\", alt: Odd}\n---\n\
         ![Odd](<p#1 100%.png>)\n",
    ),
    (
        "content/insights/in a folder/index.sv.md",
        "---\ntitle: I en mapp\ndate: 2026-01-03\n---\n![Udda](p%231%20100%25.png)\n",
    ),
    (
        "content/category/sales.md",
        "---\ntitle: Selling\ndescription: What helps people who sell.\nupdated: 2026-04-02\naliases: [/old/sales/]\n\
         image: {src: ../insights/shared photo.png, alt: A photo, credit: \"Illustration: Us\"}\n\
         challenges: [Nobody answers, \"A <b> & more\"]\n---\nRead [one](../insights/one.md).\n\n## More\n\nText.\n",
    ),
    ("content/category/sales.sv.md", "---\ntitle: Att sälja\n---\nText.\n"),
    ("content/pages/about.md", "---\ntitle: About\n---\nSee [odd](<../insights/100 % & #1 🙂 café?.md>).\n"),
    ("content/pages/about.sv.md", "---\ntitle: Om oss\nslug: om-oss\n---\nText.\n"),
    (
        "content/pages/contact.md",
        "---\ntitle: Contact\n---\nRing, or write:\n\n[form:guide]\n\nAgain:\n\n[form:guide]\n",
    ),
    (
        "content/people/anna.md",
        "---\ntitle: Anna Berg\nrole: Seller\nphoto: anna.png\nemail: zqneverpublishedmail@example.org\nphone: +47 22 00 00 01 (zqneverpublishedphone)\nbooking: \"https://zqneverpublishedbooking.example/\"\n---\nBio.\n",
    ),
    (
        "content/people/kim.md",
        "---\ntitle: Kim Vik\norganization: Elsewhere\nlinks: {Web: \"https://kim.example/\"}\nrep: true\nemail: kim@kim.example\n---\n",
    ),
    (
        "content/playbooks/first.md",
        "---\ntitle: First\ndate: 2026-06-01\n---\n## Step 1: Do it (5 min)\n\n- [ ] Do.\n\n\
         [script:opener]\n\n[script:zqteamonlywordcall]\n\nSee [one](../insights/one.md).\n",
    ),
    ("content/forms/guide.yaml", "title: Get it\nwebhook: crm\nfields: [{id: email, type: email}]\n"),
    ("static/robots-are-welcome.txt", "Hello.\n"),
    // For the team.
    (
        "content/forms/zqteamonlywordform.yaml",
        "extends: lead\ntitle: zqteamonlywordformtitle\nwebhook: [own, crm]\nfields: [{id: zqteamonlywordfield}]\n\
         consent: [{id: zqteamonlywordconsent, text: zqteamonlywordconsenttext}]\nthank_you: {message: zqteamonlywordmessage}\n",
    ),
    (
        "content/scripts/opener.md",
        "---\ntitle: zqteamonlywordscript\ndescription: zqteamonlyworddescription\ndate: 2026-02-02\ntags: [crm, zqteamonlywordtag]\n\
         category: zqteamonlywordterm\naliases: [/zqteamonlywordalias/]\nextra: {note: zqteamonlywordextra}\n\
         outcomes: {done: {label: zqteamonlywordoutcome, questions: [zqteamonlywordquestion]}}\n---\n\
         ## zqteamonlywordstep\n\n> zqteamonlywordspoken\n\n- \"Yes\" → [zqteamonlywordlink](#zqteamonlywordstep)\n\
         - \"No\" → [zqteamonlywordend](outcome:done)\n\n\
         [A file](zqteamonlywordsheet.pdf) ![zqteamonlywordalt](../insights/zqteamonlywordphoto.png)\n\
         [one](../insights/one.md)\n\n[form:zqteamonlywordform]\n",
    ),
    (
        "content/scripts/zqteamonlywordcall.md",
        "---\ntitle: zqteamonlywordcalltitle\noutcomes: {done: {label: zqteamonlywordcalloutcome}}\n---\n## zqteamonlywordcallstep\n\n\
         > zqteamonlywordcallsaid\n\n- zqteamonlywordanswer → [zqteamonlywordcallend](outcome:done)\n",
    ),
    (
        "content/playbooks/own.md",
        "---\ntitle: zqteamonlywordplaybook\naudience: team\ndate: 2026-07-01\nauthors: [anna]\npersona: manager\nstage: attract\n\
         series: {id: inner, part: 1}\nsource: {name: zqteamonlywordsource}\n---\nzqteamonlywordtext, see [one](../insights/one.md).\n",
    ),
    (
        "content/playbooks/inner/_index.md",
        "---\ntitle: zqteamonlywordsection\naudience: team\n---\nzqteamonlywordintro\n",
    ),
    (
        "content/playbooks/inner/child.md",
        "---\ntitle: zqteamonlywordchild\ndate: 2026-07-02\n---\nzqteamonlywordinherits\n",
    ),
    (
        "content/playbooks/inner/deep/child.md",
        "---\ntitle: zqteamonlyworddeepchild\n---\nzqteamonlyworddeep\n",
    ),
    (
        "content/playbooks/zqteamonlywordfolder/own.md",
        "---\ntitle: zqteamonlywordinfolder\naudience: team\n---\nText.\n",
    ),
    (
        "content/insights/shared/index.md",
        "---\ntitle: zqteamonlywordunsaid\ndate: 2026-01-04\n---\nThe Swedish page is for the team, so this one is. ![zqteamonlywordunsaid](open.png)\n",
    ),
    (
        "content/insights/shared/index.sv.md",
        "---\ntitle: zqteamonlywordtranslation\ndate: 2026-01-04\naudience: team\n---\n![x](zqteamonlywordimage.png)\n",
    ),
    (
        "content/people/zqteamonlywordperson.md",
        "---\ntitle: zqteamonlywordname\naudience: team\nrep: true\nphone: +47 22 00 00 02 (zqteamonlywordphone)\n---\n",
    ),
    (
        "content/insights/by-hidden.md",
        "---\ntitle: By a colleague\ndate: 2026-01-05\nauthors: [zqteamonlywordperson, anna]\n---\nText.\n",
    ),
    (
        "content/category/zqteamonlywordterm.md",
        "---\ntitle: zqteamonlywordown\nchallenges: [zqteamonlywordchallenge]\n---\nzqteamonlywordabout\n",
    ),
    (
        "content/tags/åkeri.md",
        "---\ntitle: zqteamonlywordhaulage\naudience: team\naliases: [/zqteamonlywordold/]\n---\nzqteamonlywordabout\n",
    ),
    // Behind a gate.
    (
        "content/insights/gated.md",
        "---\ntitle: A gated page\ndescription: Its description is open\ndate: 2026-08-01\ntags: [crm]\n\
         gate: {form: guide, key: webhook, download: zqbehindgatewordbook.pdf}\n---\n\
         The teaser[^open] ![open](shared%20photo.png)\n\n[^open]: An open note.\n\n<!-- gate -->\n\n## zqbehindgatewordheading\n\n\
         zqbehindgatewordtext [zqbehindgatewordlink](https://zqbehindgatewordhost.example/) and [two](two.md \"zqbehindgatewordtitle\").\n\n\
         ![zqbehindgatewordalt](zqbehindgatewordimage.png)\n\n[file](zqbehindgatewordloose.pdf)[^sealed]\n\n\
         | zqbehindgatewordcell |\n|---|\n| zqbehindgatewordcell2 |\n\n```zqbehindgatewordlang\nzqbehindgatewordcode\n```\n\n\
         <b title=\"zqbehindgatewordhtml\">x</b>\n\n## Key takeaways\n\n- zqbehindgatewordtakeaway\n\n\
         [^sealed]: zqbehindgatewordfootnote\n",
    ),
    (
        "content/insights/gated-folder/index.md",
        "---\ntitle: Gated in a folder\ndate: 2026-08-02\ngate: {form: guide}\n---\n\
         [^sealed]: zqbehindgatewordfootnotebefore\n\nThe teaser. ![Open](open.png)\n\n<!-- gate -->\n\nzqbehindgatewordinner[^sealed]\n\n\
         ![x](zqbehindgatewordpicture.png) [y](zqbehindgatewordsheet.xlsx)\n\n<!-- /gate -->\n\n## An open end\n\nMore.\n",
    ),
    (
        "content/insights/gated-folder/index.sv.md",
        "---\ntitle: Med spärr\ndate: 2026-08-02\ngate: {form: guide}\n---\nBörjan.\n\n<!-- gate -->\n\nzqbehindgatewordoversatt\n",
    ),
    (
        "content/insights/linking-to-gated.md",
        "---\ntitle: Linking\ndate: 2026-08-03\n---\nTo [the page](gated.md) and [its end](gated-folder/index.md#an-open-end).\n",
    ),
    // Never.
    (
        "content/tags/crm.md",
        "---\ntitle: zqneverpublishedterm\ndraft: true\nchallenges: [zqneverpublishedchallenge]\naliases: [/zqneverpublishedold/]\n\
         ---\nzqneverpublishedabout\n",
    ),
    (
        "content/persona/zqneverpublishedunused.md",
        "---\ntitle: zqneverpublishedunused\ndraft: true\n---\nText.\n",
    ),
    (
        "content/forms/zqneverpublishedform.yaml",
        "# zqneverpublishedremark\nextends: contact\ntitle: zqneverpublishedformtitle\nwebhook: unused\n",
    ),
    (
        "content/insights/draft.md",
        "---\ntitle: zqneverpublisheddraft\ndraft: true\ndate: 2026-01-06\ntags: [zqneverpublishedtag]\naliases: [/zqneverpublishedalias/]\n\
         authors: [anna]\n---\nzqneverpublishedtext ![x](zqneverpublishedloose.png) [one](one.md)\n",
    ),
    (
        "content/insights/later.md",
        "---\ntitle: zqneverpublishedlater\ndate: 2026-11-23\ntags: [crm]\n---\nzqneverpublishedtext\n",
    ),
    (
        "content/insights/gone.md",
        "---\ntitle: zqneverpublishedgone\ndate: 2026-01-01\nexpires: 2026-11-22\n---\nzqneverpublishedtext\n",
    ),
    (
        "content/insights/zqneverpublishedfolder/index.md",
        "---\ntitle: zqneverpublishedindex\ndraft: true\n---\n![x](in.png)\n",
    ),
    (
        "content/insights/zqneverpublishedsection/_index.md",
        "---\ntitle: zqneverpublishedsectiontitle\ndraft: true\n---\n",
    ),
    (
        "content/insights/2027-01-01-zqneverpublishedname.md",
        "---\ntitle: zqneverpublisheddated\n---\nText.\n",
    ),
    (
        "content/insights/mixed/index.md",
        "---\n# zqneverpublishedyaml\ntitle: Mixed # zqneverpublishedremark\ndate: 2026-01-07\n---\nThe Swedish page is a draft.\n",
    ),
    (
        "content/insights/mixed/index.sv.md",
        "---\ntitle: zqneverpublishedswedish\ndraft: true\n---\n![x](zqneverpublishedpicture.png)\n",
    ),
    (
        "content/insights/comments.md",
        "---\ntitle: Comments\ndate: 2026-01-08\n---\n\
         <!-- zqneverpublishedfirst -->\n\nText <!-- zqneverpublishedinline --> and more.\n\n\
         ## Heading <!-- zqneverpublishedheading -->\n\n- item <!-- zqneverpublisheditem\n  second line -->\n\n\
         > quote\n> <!-- zqneverpublishedquote -->\n\n| a <!-- zqneverpublishedcell --> |\n|---|\n| b |\n\n\
         <div>\n<!-- zqneverpublishedblock -->\n<p>open</p>\n</div>\n\n![alt <!-- zqneverpublishedalt -->](shared%20photo.png)\n\n\
         [link <!-- zqneverpublishedlink -->](one.md)[^n]\n\n[^n]: Note <!-- zqneverpublishednote -->\n\n\
         [zqneverpublishedlabel]: https://zqneverpublishedunused.example/\n\n## Key takeaways\n\n- This <!-- zqneverpublishedtakeaway -->\n\n\
         <div>\n<!-- zqneverpublishedopen\n\n## zqneverpublishedwithin [zqneverpublishedto](zqneverpublishedfile.pdf)\n\n\
         * zqneverpublishedpoint -->\n</div>\n\nText <!-- zqneverpublishedbegin\n\nzqneverpublishedend --> and \
         <?php zqneverpublishedphp ?> more <![CDATA[ zqneverpublisheddata ]]>.\n\n<!DOCTYPE zqneverpublishedtype>\n",
    ),
];

/// Files that are no text.
fn pictures() -> Vec<(&'static str, Vec<u8>)> {
    let with = png_saying;
    vec![
        ("content/insights/shared photo.png", png(1200, 630)),
        ("content/insights/price list.pdf", b"%PDF".to_vec()),
        ("content/insights/in a folder/p#1 100%.png", png(40, 30)),
        ("content/insights/in a folder/sub folder/extra å.bin", vec![0, 159, 146, 150]),
        ("content/insights/shared/open.png", with("zqteamonlywordbytes")),
        ("content/people/anna.png", png(200, 200)),
        ("static/.well-known/security.txt", b"Contact: https://other.example/\n".to_vec()),
        ("content/scripts/zqteamonlywordsheet.pdf", with("zqteamonlywordbytes")),
        ("content/insights/zqteamonlywordphoto.png", with("zqteamonlywordbytes")),
        ("content/insights/shared/zqteamonlywordimage.png", with("zqteamonlywordbytes")),
        ("content/insights/zqteamonlywordunused.png", with("zqneverpublishedunused")),
        ("content/insights/zqbehindgatewordbook.pdf", with("zqbehindgatewordbytes")),
        ("content/insights/zqbehindgatewordimage.png", with("zqbehindgatewordbytes")),
        ("content/insights/zqbehindgatewordloose.pdf", with("zqbehindgatewordbytes")),
        ("content/insights/gated-folder/open.png", png(3, 2)),
        ("content/insights/gated-folder/zqbehindgatewordpicture.png", with("zqbehindgatewordbytes")),
        ("content/insights/gated-folder/zqbehindgatewordsheet.xlsx", with("zqbehindgatewordbytes")),
        ("content/insights/zqneverpublishedloose.png", with("zqneverpublishedbytes")),
        ("content/insights/zqneverpublishedfolder/in.png", with("zqneverpublishedbytes")),
        ("content/insights/mixed/zqneverpublishedpicture.png", with("zqneverpublishedbytes")),
        ("content/forms/zqneverpublished.txt", with("zqneverpublishedbytes")),
    ]
}

/// All its files.
fn files() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let texts = PAGES.iter().map(|(path, text)| (*path, text.as_bytes().to_vec()));
    [("ringback.yaml", CONFIG.as_bytes().to_vec())].into_iter().chain(texts).chain(pictures())
}

/// The site on disk.
pub(crate) fn on_disk() -> Site {
    files().fold(Site::empty(), |site, (path, bytes)| site.with(path, bytes))
}

/// The site in memory.
pub(crate) fn in_memory() -> MemoryProject {
    let mut project = files().fold(MemoryProject::new(), |project, (path, bytes)| project.with(path, bytes));
    project.variables.insert(VARIABLE.into(), SECRET.into());
    project
}

/// The repository's own demo site, copied: others may be writing to it.
pub(crate) fn demo() -> Site {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::empty();
    site.write("ringback.yaml", std::fs::read(root.join("ringback.yaml")).expect("the configuration"));
    for folder in ["content", "themes", "static"] {
        for (path, bytes) in super::tree(&root.join(folder)) {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    site
}

/// The same, with what an earlier build of it keeps for the next one: tests of other things don't wait for its images and cards,
/// which are half a minute of work.
pub(crate) fn warm_demo() -> Site {
    let site = demo();
    for (path, bytes) in shared::demo().tree(".ringback") {
        site.write(&format!(".ringback/{path}"), bytes);
    }
    site
}
