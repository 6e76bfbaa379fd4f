//! What kinds of pages and blocks are called by those who write, in each language that a site can be begun in; what keys are called is
//! in [`super::schema`].
//!
//! The editor of `serve` and the page `/admin/` have the same words.

use serde::Serialize;

/// The words of one language.
#[derive(Debug)]
pub struct Labels {
    /// The code of the language.
    pub language: &'static str,
    /// Kinds of pages; those that can be begun come first.
    pub kinds: &'static [KindWord],
    /// What can be put into a text.
    pub blocks: &'static [Block],
}

/// What a kind of pages is called.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KindWord {
    /// The kind, as code and front matter name it.
    pub name: &'static str,
    /// What one page of this kind is called.
    pub label: &'static str,
    /// What several pages of this kind are called.
    pub plural: &'static str,
    /// Can one be begun in the browser?
    pub begins: bool,
}

/// A block, as it is written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Block {
    /// What those who write call the block.
    pub label: &'static str,
    /// Its Markdown, to be filled in.
    pub text: &'static str,
}

impl Labels {
    /// The words of a language by its code, English where there are none.
    #[must_use]
    pub fn new(language: &str) -> &'static Self {
        [&SWEDISH, &NORWEGIAN].into_iter().find(|labels| labels.language == language).unwrap_or(&ENGLISH)
    }

    /// What several pages of a kind are called, or the kind itself.
    #[must_use]
    pub fn plural<'a>(&self, kind: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.kinds.iter().find(|word| word.name == kind).map_or(kind, |word| word.plural)
    }
}

/// The labels in English.
pub const ENGLISH: Labels = Labels {
    language: "en",
    kinds: &[
        KindWord { name: "insight", label: "Article", plural: "Articles", begins: true },
        KindWord { name: "page", label: "Page", plural: "Pages", begins: true },
        KindWord { name: "playbook", label: "Playbook", plural: "Playbooks", begins: true },
        KindWord { name: "script", label: "Call script", plural: "Call scripts", begins: true },
        KindWord { name: "mail", label: "Email template", plural: "Email templates", begins: true },
        KindWord { name: "cadence", label: "Follow-up plan", plural: "Follow-up plans", begins: true },
        KindWord { name: "person", label: "Person", plural: "People", begins: true },
        KindWord { name: "form", label: "Form", plural: "Forms", begins: true },
        KindWord { name: "assessment", label: "Assessment", plural: "Assessments", begins: true },
        KindWord { name: "calculator", label: "Calculator", plural: "Calculators", begins: true },
        KindWord { name: "survey", label: "Survey", plural: "Surveys", begins: true },
        KindWord { name: "section", label: "Section", plural: "Sections", begins: true },
        KindWord { name: "term", label: "Topic", plural: "Topics", begins: false },
    ],
    blocks: &[
        Block {
            label: "Key takeaways",
            text: "## In short {role=takeaways}\n\n- The first thing to remember\n- The second\n",
        },
        Block { label: "Tip", text: "> [!tip] A title\n> One or two sentences.\n" },
        Block {
            label: "Number with its source",
            text: "> [!stat] 63 %\n> of whom, and of what.\n>\n> — [Where it comes from](https://)\n",
        },
        Block { label: "Testimonial", text: "> [!quote] Name, role, company\n> What they said.\n" },
        Block {
            label: "Call to action",
            text: "> [!cta] A title\n> One sentence.\n>\n> [The words on the button](https://)\n",
        },
        Block {
            label: "Questions and answers",
            text: "## Questions {role=faq}\n\n### The first question?\n\nThe answer.\n\n### The second question?\n\nThe answer.\n",
        },
        Block { label: "Table", text: "| What | How much |\n|---|--:|\n| One | 1 |\n" },
        Block { label: "Here the gated part begins", text: "<!-- gate -->\n" },
    ],
};

/// The labels in Swedish.
pub const SWEDISH: Labels = Labels {
    language: "sv",
    kinds: &[
        KindWord { name: "insight", label: "Artikel", plural: "Artiklar", begins: true },
        KindWord { name: "page", label: "Sida", plural: "Sidor", begins: true },
        KindWord { name: "playbook", label: "Arbetssätt", plural: "Arbetssätt", begins: true },
        KindWord { name: "script", label: "Samtalsmanus", plural: "Samtalsmanus", begins: true },
        KindWord { name: "mail", label: "E-postmall", plural: "E-postmallar", begins: true },
        KindWord { name: "cadence", label: "Uppföljningsplan", plural: "Uppföljningsplaner", begins: true },
        KindWord { name: "person", label: "Person", plural: "Personer", begins: true },
        KindWord { name: "form", label: "Formulär", plural: "Formulär", begins: true },
        KindWord { name: "assessment", label: "Självtest", plural: "Självtester", begins: true },
        KindWord { name: "calculator", label: "Kalkylator", plural: "Kalkylatorer", begins: true },
        KindWord { name: "survey", label: "Enkät", plural: "Enkäter", begins: true },
        KindWord { name: "section", label: "Avdelning", plural: "Avdelningar", begins: true },
        KindWord { name: "term", label: "Ämne", plural: "Ämnen", begins: false },
    ],
    blocks: &[
        Block {
            label: "Det viktigaste",
            text: "## I korthet {role=takeaways}\n\n- Det första att komma ihåg\n- Det andra\n",
        },
        Block { label: "Tips", text: "> [!tip] En rubrik\n> En eller två meningar.\n" },
        Block {
            label: "Siffra med källa",
            text: "> [!stat] 63 %\n> av vilka, och av vad.\n>\n> — [Var den kommer ifrån](https://)\n",
        },
        Block { label: "Omdöme", text: "> [!quote] Namn, roll, företag\n> Vad de sade.\n" },
        Block {
            label: "Uppmaning",
            text: "> [!cta] En rubrik\n> En mening.\n>\n> [Orden på knappen](https://)\n",
        },
        Block {
            label: "Frågor och svar",
            text: "## Frågor {role=faq}\n\n### Den första frågan?\n\nSvaret.\n\n### Den andra frågan?\n\nSvaret.\n",
        },
        Block { label: "Tabell", text: "| Vad | Hur mycket |\n|---|--:|\n| En | 1 |\n" },
        Block { label: "Här börjar delen bakom formuläret", text: "<!-- gate -->\n" },
    ],
};

/// The labels in Norwegian Bokmål.
pub const NORWEGIAN: Labels = Labels {
    language: "nb",
    kinds: &[
        KindWord { name: "insight", label: "Artikkel", plural: "Artikler", begins: true },
        KindWord { name: "page", label: "Side", plural: "Sider", begins: true },
        KindWord { name: "playbook", label: "Arbeidsmåte", plural: "Arbeidsmåter", begins: true },
        KindWord { name: "script", label: "Samtalemanus", plural: "Samtalemanus", begins: true },
        KindWord { name: "mail", label: "E-postmal", plural: "E-postmaler", begins: true },
        KindWord { name: "cadence", label: "Oppfølgingsplan", plural: "Oppfølgingsplaner", begins: true },
        KindWord { name: "person", label: "Person", plural: "Personer", begins: true },
        KindWord { name: "form", label: "Skjema", plural: "Skjemaer", begins: true },
        KindWord { name: "assessment", label: "Egentest", plural: "Egentester", begins: true },
        KindWord { name: "calculator", label: "Kalkulator", plural: "Kalkulatorer", begins: true },
        KindWord { name: "survey", label: "Undersøkelse", plural: "Undersøkelser", begins: true },
        KindWord { name: "section", label: "Seksjon", plural: "Seksjoner", begins: true },
        KindWord { name: "term", label: "Emne", plural: "Emner", begins: false },
    ],
    blocks: &[
        Block {
            label: "Det viktigste",
            text: "## Kort sagt {role=takeaways}\n\n- Det første å huske\n- Det andre\n",
        },
        Block { label: "Tips", text: "> [!tip] En overskrift\n> Én eller to setninger.\n" },
        Block {
            label: "Tall med kilde",
            text: "> [!stat] 63 %\n> av hvem, og av hva.\n>\n> — [Hvor det kommer fra](https://)\n",
        },
        Block { label: "Uttalelse", text: "> [!quote] Navn, rolle, firma\n> Hva de sa.\n" },
        Block {
            label: "Oppfordring",
            text: "> [!cta] En overskrift\n> Én setning.\n>\n> [Ordene på knappen](https://)\n",
        },
        Block {
            label: "Spørsmål og svar",
            text: "## Spørsmål {role=faq}\n\n### Det første spørsmålet?\n\nSvaret.\n\n### Det andre spørsmålet?\n\nSvaret.\n",
        },
        Block { label: "Tabell", text: "| Hva | Hvor mye |\n|---|--:|\n| Én | 1 |\n" },
        Block { label: "Her begynner delen bak skjemaet", text: "<!-- gate -->\n" },
    ],
};
