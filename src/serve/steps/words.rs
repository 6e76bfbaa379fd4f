//! What the ten steps are called, in each language.

use super::Step;
use crate::authoring::scaffold::StarterLanguage;

/// A step in the words of one language.
#[derive(Debug)]
pub(super) struct StepWords {
    /// What to do, in a few words.
    pub(super) title: &'static str,
    /// Why it is worth doing, in a sentence.
    pub(super) why: &'static str,
    /// How; what is typed is between backticks.
    pub(super) how: &'static str,
}

/// The page in one language.
#[derive(Debug)]
pub(super) struct StepsWords {
    pub(super) heading: &'static str,
    pub(super) lead: &'static str,
    pub(super) all_done: &'static str,
    /// After the number of steps that are done.
    pub(super) of_ten: &'static str,
    pub(super) done: &'static str,
    pub(super) inbox: &'static str,
    /// The link to the samples of the look.
    pub(super) look: &'static str,
    pub(super) foot: &'static str,
    steps: [StepWords; 10],
}

impl StepsWords {
    /// The words of a language.
    pub(super) fn new(language: StarterLanguage) -> &'static Self {
        match language {
            StarterLanguage::English => &ENGLISH,
            StarterLanguage::Swedish => &SWEDISH,
            StarterLanguage::Norwegian => &NORWEGIAN,
        }
    }

    /// The words for a step.
    pub(super) fn step(&self, step: Step) -> &StepWords {
        let at = Step::ALL.iter().position(|one| *one == step).unwrap_or_default();
        &self.steps[at]
    }
}

const ENGLISH: StepsWords = StepsWords {
    heading: "Your first ten steps",
    lead: "Do them in any order. Each is ticked as soon as your site shows it, so leave this page open while you write.",
    all_done: "That was all of it. Your site says who you are, answers a question, and takes a lead. Now write the next answer.",
    of_ten: "of 10 done",
    done: "Done",
    inbox: "Open the inbox",
    look: "See your look on one screen",
    foot: "Everything here happens on this computer. `ringback check` says what is wrong, and how to fix it.",
    steps: [
        StepWords {
            title: "Say who you are",
            why: "Your name and number are on every page and under every form: that is whom people call.",
            how: "In `ringback.yaml`, write your own `description`, and the name, email and phone of your `organization`.",
        },
        StepWords {
            title: "Write an article",
            why: "Take the question that customers ask most often on the phone, and answer it as you would there.",
            how: "Run `ringback new insight \"Your title\"`, write, and delete the line `draft: true`. Or rewrite one of the articles in `content/insights/`.",
        },
        StepWords {
            title: "Give it an image",
            why: "A link with an image is noticed when somebody shares it.",
            how: "Put a photo next to your article, and add `image: {src: photo.jpg, alt: What it shows}` between its lines of hyphens.",
        },
        StepWords {
            title: "Put the best part behind a form",
            why: "The open part makes people want the rest. The rest is encrypted until they have filled in the form.",
            how: "Add `gate: {form: guide}` between the lines of hyphens, and `<!-- gate -->` where the rest begins. The form is a file in `content/forms/`; `ringback new form \"Guide\"` starts one.",
        },
        StepWords {
            title: "Be your first lead",
            why: "Fill in a form on your own site, and see exactly what your CRM will get. Nothing leaves this computer.",
            how: "Open a page with a form, send it, and look into the inbox.",
        },
        StepWords {
            title: "Make it look like yours",
            why: "One colour and a logo are enough for people to recognise you.",
            how: "In `themes/ringback/theme.yaml`, write `colors: {light: {accent: \"#7a1f3d\"}}`, and `logo: img/logo.svg` for a file in that folder.",
        },
        StepWords {
            title: "Add a second language",
            why: "People buy in their own language, and each page leads to itself in the others.",
            how: "List them in `ringback.yaml`, such as `languages: {en: {}, sv: {}}`, then run `ringback new --translate content/_index.md --lang sv`.",
        },
        StepWords {
            title: "Write down what you say on the phone",
            why: "A call script is for your team only, and follows the call: each answer leads to what comes next.",
            how: "Run `ringback new script \"First call\"`, or rewrite the one in `content/scripts/`.",
        },
        StepWords {
            title: "Let a host check your changes",
            why: "Then nobody publishes a broken link, and pages with a date appear on their day.",
            how: "Run `ringback init . --ci github`; `gitlab`, `netlify` and `cloudflare` work, too.",
        },
        StepWords {
            title: "Publish it",
            why: "Only what is out there can be found.",
            how: "Put your web address into `base_url` and your webhook into `webhooks` in `ringback.yaml`. Then run `ringback publish`: it says what is missing, and to which hosts it can upload.",
        },
    ],
};

const SWEDISH: StepsWords = StepsWords {
    heading: "Dina tio första steg",
    lead: "Ta dem i vilken ordning du vill. Varje steg bockas av så snart det syns på webbplatsen, så låt sidan stå öppen medan du skriver.",
    all_done: "Det var allt. Din webbplats säger vilka ni är, svarar på en fråga och tar emot ett lead. Skriv nästa svar.",
    of_ten: "av 10 klara",
    done: "Klart",
    inbox: "Öppna inkorgen",
    look: "Se ditt utseende på en skärm",
    foot: "Allt det här händer på din egen dator. `ringback check` säger vad som är fel och hur det rättas.",
    steps: [
        StepWords {
            title: "Berätta vilka ni är",
            why: "Namn och nummer står på varje sida och under varje formulär: det är dit folk ringer.",
            how: "Skriv er egen `description` i `ringback.yaml`, och namn, e-post och telefon under `organization`.",
        },
        StepWords {
            title: "Skriv en artikel",
            why: "Ta den fråga som kunder oftast ställer i telefon, och svara som du skulle göra där.",
            how: "Kör `ringback new insight \"Din titel\"`, skriv, och ta bort raden `draft: true`. Eller skriv om en av artiklarna i `content/insights/`.",
        },
        StepWords {
            title: "Ge den en bild",
            why: "En länk med bild märks när någon delar den.",
            how: "Lägg ett foto bredvid artikeln, och skriv `image: {src: foto.jpg, alt: Vad bilden visar}` mellan raderna av bindestreck.",
        },
        StepWords {
            title: "Lägg det bästa bakom ett formulär",
            why: "Den öppna delen får läsaren att vilja ha resten. Resten är krypterad tills formuläret är ifyllt.",
            how: "Skriv `gate: {form: guide}` mellan raderna av bindestreck, och `<!-- gate -->` där resten börjar. Formuläret är en fil i `content/forms/`; `ringback new form \"Guide\"` börjar på ett.",
        },
        StepWords {
            title: "Bli ditt eget första lead",
            why: "Fyll i ett formulär på din egen webbplats och se exakt vad ert CRM-system får. Inget lämnar datorn.",
            how: "Öppna en sida med ett formulär, skicka det, och titta i inkorgen.",
        },
        StepWords {
            title: "Låt den se ut som ni",
            why: "En färg och en logotyp räcker för att folk ska känna igen er.",
            how: "Skriv `colors: {light: {accent: \"#7a1f3d\"}}` i `themes/ringback/theme.yaml`, och `logo: img/logo.svg` för en fil i den mappen.",
        },
        StepWords {
            title: "Lägg till ett andra språk",
            why: "Folk köper på sitt eget språk, och varje sida leder till sig själv på de andra.",
            how: "Räkna upp dem i `ringback.yaml`, till exempel `languages: {sv: {}, en: {}}`, och kör `ringback new --translate content/_index.md --lang en`.",
        },
        StepWords {
            title: "Skriv ner vad du säger i telefon",
            why: "Ett samtalsmanus är bara för teamet och följer samtalet: varje svar leder till det som kommer sedan.",
            how: "Kör `ringback new script \"Första samtalet\"`, eller skriv om det som finns i `content/scripts/`.",
        },
        StepWords {
            title: "Låt en värd kontrollera ändringarna",
            why: "Då publicerar ingen en trasig länk, och sidor med datum kommer ut på sin dag.",
            how: "Kör `ringback init . --ci github`; `gitlab`, `netlify` och `cloudflare` går också.",
        },
        StepWords {
            title: "Publicera",
            why: "Bara det som finns ute går att hitta.",
            how: "Skriv in er adress som `base_url` och er webhook under `webhooks` i `ringback.yaml`. Kör sedan `ringback publish`: det säger vad som saknas, och till vilka värdar det kan ladda upp.",
        },
    ],
};

const NORWEGIAN: StepsWords = StepsWords {
    heading: "De ti første stegene",
    lead: "Ta dem i hvilken rekkefølge du vil. Hvert steg krysses av så snart det synes på nettstedet, så la siden stå åpen mens du skriver.",
    all_done: "Det var alt. Nettstedet sier hvem dere er, svarer på et spørsmål og tar imot et lead. Skriv det neste svaret.",
    of_ten: "av 10 ferdige",
    done: "Ferdig",
    inbox: "Åpne innboksen",
    look: "Se utseendet ditt på én skjerm",
    foot: "Alt dette skjer på din egen maskin. `ringback check` sier hva som er galt, og hvordan det rettes.",
    steps: [
        StepWords {
            title: "Fortell hvem dere er",
            why: "Navn og nummer står på hver side og under hvert skjema: Det er dit folk ringer.",
            how: "Skriv deres egen `description` i `ringback.yaml`, og navn, e-post og telefon under `organization`.",
        },
        StepWords {
            title: "Skriv en artikkel",
            why: "Ta det spørsmålet kundene oftest stiller på telefonen, og svar slik du ville gjort der.",
            how: "Kjør `ringback new insight \"Tittelen\"`, skriv, og slett linjen `draft: true`. Eller skriv om en av artiklene i `content/insights/`.",
        },
        StepWords {
            title: "Gi den et bilde",
            why: "En lenke med bilde blir lagt merke til når noen deler den.",
            how: "Legg et foto ved siden av artikkelen, og skriv `image: {src: foto.jpg, alt: Hva bildet viser}` mellom linjene med bindestreker.",
        },
        StepWords {
            title: "Legg det beste bak et skjema",
            why: "Den åpne delen gir leseren lyst på resten. Resten er kryptert til skjemaet er fylt ut.",
            how: "Skriv `gate: {form: guide}` mellom linjene med bindestreker, og `<!-- gate -->` der resten begynner. Skjemaet er en fil i `content/forms/`; `ringback new form \"Guide\"` begynner på et.",
        },
        StepWords {
            title: "Bli ditt eget første lead",
            why: "Fyll ut et skjema på ditt eget nettsted, og se nøyaktig hva CRM-systemet får. Ingenting forlater maskinen.",
            how: "Åpne en side med et skjema, send det, og se i innboksen.",
        },
        StepWords {
            title: "La det se ut som dere",
            why: "Én farge og en logo er nok til at folk kjenner dere igjen.",
            how: "Skriv `colors: {light: {accent: \"#7a1f3d\"}}` i `themes/ringback/theme.yaml`, og `logo: img/logo.svg` for en fil i den mappen.",
        },
        StepWords {
            title: "Legg til et språk til",
            why: "Folk kjøper på sitt eget språk, og hver side leder til seg selv på de andre.",
            how: "List dem opp i `ringback.yaml`, for eksempel `languages: {nb: {}, en: {}}`, og kjør `ringback new --translate content/_index.md --lang en`.",
        },
        StepWords {
            title: "Skriv ned hva du sier på telefonen",
            why: "Et samtalemanus er bare for teamet og følger samtalen: Hvert svar leder til det som kommer etterpå.",
            how: "Kjør `ringback new script \"Første samtale\"`, eller skriv om det som finnes i `content/scripts/`.",
        },
        StepWords {
            title: "La en vert sjekke endringene",
            why: "Da publiserer ingen en ødelagt lenke, og sider med dato kommer ut på sin dag.",
            how: "Kjør `ringback init . --ci github`; `gitlab`, `netlify` og `cloudflare` går også.",
        },
        StepWords {
            title: "Publiser",
            why: "Bare det som er ute, kan finnes.",
            how: "Skriv inn adressen deres som `base_url` og webhooken deres under `webhooks` i `ringback.yaml`. Kjør så `ringback publish`: Den sier hva som mangler, og hvilke verter den kan laste opp til.",
        },
    ],
};
