//! What kinds of pages, keys and blocks are called by those who write, in each language that a site can be begun in.
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
    /// When a gate opens, by what front matter says.
    pub gate_keys: &'static [(&'static str, &'static str)],
    /// Who a page is for, by what front matter says.
    pub audiences: &'static [(&'static str, &'static str)],
    /// By keys with dots between them: the label, and a sentence that may be empty.
    fields: &'static [(&'static str, &'static str, &'static str)],
}

/// What a kind of pages is called.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KindWord {
    /// The kind.
    pub name: &'static str,
    /// One of them.
    pub label: &'static str,
    /// Several of them.
    pub plural: &'static str,
    /// Can one be begun in the browser?
    pub begins: bool,
}

/// A block, as it is written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Block {
    /// What it is called.
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

    /// The label of a field, and the sentence below it; both are empty for a key that is only known by its name.
    #[must_use]
    pub fn field(&self, path: &str) -> (&'static str, &'static str) {
        let found = self.fields.iter().find(|(known, ..)| *known == path);
        found.map_or(("", ""), |(_, label, hint)| (label, hint))
    }

    /// Where a key comes among those of a page: those with a label first, in their order.
    #[must_use]
    pub fn rank(&self, path: &str) -> usize {
        let is_it =
            |known: &str| known == path || known.split_once('.').is_some_and(|(outer, _)| outer == path);
        self.fields.iter().position(|(known, ..)| is_it(known)).unwrap_or(usize::MAX)
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

/// In English.
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
        KindWord { name: "form", label: "Form", plural: "Forms", begins: false },
        KindWord { name: "section", label: "Section", plural: "Sections", begins: false },
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
    gate_keys: &[
        ("page", "opens at once"),
        ("webhook", "when your CRM answers"),
        ("email", "by a link in an email"),
    ],
    audiences: &[("public", "Everybody"), ("team", "The team only")],
    fields: &[
        ("title", "Title", ""),
        (
            "description",
            "Description",
            "One or two sentences: lists, search engines and shared links show them.",
        ),
        ("subject", "Subject of the email", ""),
        ("authors", "Authors", ""),
        ("terms", "Topics", "Separate several with commas."),
        ("stage", "Stage of the buyer’s journey", ""),
        ("series.id", "Series", ""),
        ("series.part", "Part of the series", ""),
        ("image.src", "Image", "It leads the page, and is shown where the page is shared."),
        ("image.alt", "What the image shows", "For those who don’t see it."),
        ("image.caption", "Caption", ""),
        ("image.credit", "Credit", ""),
        ("image.focus", "Focal point", ""),
        ("gate.form", "Form that opens the rest", "Write the line <!-- gate --> where the open part ends."),
        ("gate.key", "When it opens", ""),
        ("event.start", "Starts", "Day and time, such as 2027-02-10 10:00."),
        ("event.minutes", "Minutes", ""),
        ("event.place", "Place", ""),
        ("role", "Role", ""),
        ("organization", "Company, if not yours", ""),
        ("photo.src", "Photo", ""),
        ("photo.focus", "The face in the photo", ""),
        ("email", "Email", "Published only for people who share links with prospects."),
        ("phone", "Phone", ""),
        ("booking", "Where a meeting can be booked", "A web address."),
        ("rep", "Shares links with prospects", ""),
        ("draft", "Draft: not published", ""),
        ("date", "Published on", "In the future: not before that day."),
        ("updated", "Last updated", ""),
        ("expires", "First day without the page", ""),
        ("audience", "Audience", ""),
        ("slug", "Last part of the address", ""),
        ("noindex", "Hide from search engines", ""),
        ("owner", "Who keeps it true", ""),
        ("review_by", "To be reviewed by", ""),
        ("image", "Image", ""),
        ("gate", "Behind a form", ""),
        ("event", "Event", ""),
        ("series", "Series", ""),
        ("photo", "Photo", ""),
        ("submit", "Words on the button", ""),
        ("intro", "Sentence above the fields", ""),
        ("fields", "What is asked", ""),
        ("consent", "What visitors agree to", ""),
        ("thank_you", "What visitors see afterwards", ""),
        ("webhook", "Who gets the leads", ""),
        ("extends", "Another form that this one extends", ""),
        ("confirm", "Must the address be confirmed?", ""),
    ],
};

/// In Swedish.
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
        KindWord { name: "form", label: "Formulär", plural: "Formulär", begins: false },
        KindWord { name: "section", label: "Avdelning", plural: "Avdelningar", begins: false },
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
    gate_keys: &[
        ("page", "öppnas direkt"),
        ("webhook", "när ert CRM svarar"),
        ("email", "med en länk i ett mejl"),
    ],
    audiences: &[("public", "Alla"), ("team", "Bara teamet")],
    fields: &[
        ("title", "Titel", ""),
        (
            "description",
            "Beskrivning",
            "En eller två meningar: listor, sökmotorer och delade länkar visar dem.",
        ),
        ("subject", "Mejlets ämne", ""),
        ("authors", "Författare", ""),
        ("terms", "Ämnen", "Skilj flera åt med kommatecken."),
        ("stage", "Steg i köpresan", ""),
        ("series.id", "Serie", ""),
        ("series.part", "Del i serien", ""),
        ("image.src", "Bild", "Den inleder sidan, och visas där sidan delas."),
        ("image.alt", "Vad bilden visar", "För den som inte ser den."),
        ("image.caption", "Bildtext", ""),
        ("image.credit", "Vem som gjort bilden", ""),
        ("image.focus", "Fokuspunkt", ""),
        ("gate.form", "Formulär som öppnar resten", "Skriv raden <!-- gate --> där den öppna delen slutar."),
        ("gate.key", "När det öppnas", ""),
        ("event.start", "Börjar", "Dag och tid, till exempel 2027-02-10 10:00."),
        ("event.minutes", "Minuter", ""),
        ("event.place", "Plats", ""),
        ("role", "Roll", ""),
        ("organization", "Företag, om inte ert", ""),
        ("photo.src", "Foto", ""),
        ("photo.focus", "Ansiktet i fotot", ""),
        ("email", "E-post", "Publiceras bara för personer som delar länkar med kunder."),
        ("phone", "Telefon", ""),
        ("booking", "Där ett möte kan bokas", "En webbadress."),
        ("rep", "Delar länkar med kunder", ""),
        ("draft", "Utkast: publiceras inte", ""),
        ("date", "Publiceras den", "I framtiden: inte före den dagen."),
        ("updated", "Senast uppdaterad", ""),
        ("expires", "Första dagen utan sidan", ""),
        ("audience", "Vem den är för", ""),
        ("slug", "Sista delen av adressen", ""),
        ("noindex", "Göm för sökmotorer", ""),
        ("owner", "Vem som håller den aktuell", ""),
        ("review_by", "Ses över senast", ""),
        ("image", "Bild", ""),
        ("gate", "Bakom ett formulär", ""),
        ("event", "Evenemang", ""),
        ("series", "Serie", ""),
        ("photo", "Foto", ""),
        ("submit", "Orden på knappen", ""),
        ("intro", "Meningen ovanför fälten", ""),
        ("fields", "Det som efterfrågas", ""),
        ("consent", "Det besökare samtycker till", ""),
        ("thank_you", "Det besökare ser efteråt", ""),
        ("webhook", "Vem som får uppgifterna", ""),
        ("extends", "Ett annat formulär som detta bygger på", ""),
        ("confirm", "Måste adressen bekräftas?", ""),
    ],
};

/// In Norwegian Bokmål.
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
        KindWord { name: "form", label: "Skjema", plural: "Skjemaer", begins: false },
        KindWord { name: "section", label: "Seksjon", plural: "Seksjoner", begins: false },
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
    gate_keys: &[
        ("page", "åpnes med en gang"),
        ("webhook", "når CRM-et deres svarer"),
        ("email", "med en lenke i en e-post"),
    ],
    audiences: &[("public", "Alle"), ("team", "Bare teamet")],
    fields: &[
        ("title", "Tittel", ""),
        (
            "description",
            "Beskrivelse",
            "Én eller to setninger: Lister, søkemotorer og delte lenker viser dem.",
        ),
        ("subject", "Emnet i e-posten", ""),
        ("authors", "Forfattere", ""),
        ("terms", "Emner", "Skill flere med komma."),
        ("stage", "Steg i kjøpsreisen", ""),
        ("series.id", "Serie", ""),
        ("series.part", "Del i serien", ""),
        ("image.src", "Bilde", "Det innleder siden, og vises der siden deles."),
        ("image.alt", "Hva bildet viser", "For dem som ikke ser det."),
        ("image.caption", "Bildetekst", ""),
        ("image.credit", "Hvem som har laget bildet", ""),
        ("image.focus", "Fokuspunkt", ""),
        ("gate.form", "Skjema som åpner resten", "Skriv linjen <!-- gate --> der den åpne delen slutter."),
        ("gate.key", "Når det åpnes", ""),
        ("event.start", "Begynner", "Dag og tid, for eksempel 2027-02-10 10:00."),
        ("event.minutes", "Minutter", ""),
        ("event.place", "Sted", ""),
        ("role", "Rolle", ""),
        ("organization", "Firma, hvis ikke deres", ""),
        ("photo.src", "Foto", ""),
        ("photo.focus", "Ansiktet i bildet", ""),
        ("email", "E-post", "Publiseres bare for folk som deler lenker med kunder."),
        ("phone", "Telefon", ""),
        ("booking", "Der et møte kan bestilles", "En nettadresse."),
        ("rep", "Deler lenker med kunder", ""),
        ("draft", "Utkast: publiseres ikke", ""),
        ("date", "Publiseres den", "I fremtiden: ikke før den dagen."),
        ("updated", "Sist oppdatert", ""),
        ("expires", "Første dag uten siden", ""),
        ("audience", "Hvem den er for", ""),
        ("slug", "Siste del av adressen", ""),
        ("noindex", "Skjul for søkemotorer", ""),
        ("owner", "Hvem som holder den oppdatert", ""),
        ("review_by", "Gjennomgås innen", ""),
        ("image", "Bilde", ""),
        ("gate", "Bak et skjema", ""),
        ("event", "Arrangement", ""),
        ("series", "Serie", ""),
        ("photo", "Foto", ""),
        ("submit", "Ordene på knappen", ""),
        ("intro", "Setningen over feltene", ""),
        ("fields", "Det det spørres om", ""),
        ("consent", "Det besøkende samtykker til", ""),
        ("thank_you", "Det besøkende ser etterpå", ""),
        ("webhook", "Hvem som får opplysningene", ""),
        ("extends", "Et annet skjema som dette bygger på", ""),
        ("confirm", "Må adressen bekreftes?", ""),
    ],
};
