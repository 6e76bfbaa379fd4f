//! The services that ringback knows: what their keys look like, which hosts they use, which cookies they set.
//!
//! Where a service documents its hosts for a policy, its address is beside them; the others' are those that its snippet
//! loads and sends to. `hosts:` of a site adds what a service has changed since.

/// What a service is for, from the visitor's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The site doesn't work without it: it is loaded without asking.
    Needed,
    /// To learn how the pages are used.
    Statistics,
    /// To know visitors again elsewhere, or to keep them in a program for sales.
    Marketing,
    /// To talk with somebody in a chat.
    Chat,
}

impl Purpose {
    /// The names in `ringback.yaml`, in the order of the variants.
    pub const NAMES: &[&str] = &["needed", "statistics", "marketing", "chat"];

    /// The purpose at an index of [`Self::NAMES`].
    pub(super) const ALL: [Self; 4] = [Self::Needed, Self::Statistics, Self::Marketing, Self::Chat];

    /// As it is written in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Whether a service needs the address of a server, beside or in the place of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HostKey {
    /// It has its own servers only.
    None,
    /// It has this one, unless another is named.
    Default(&'static str),
    /// It has none of its own: every owner has one.
    Required,
    /// One below this name, made with the id, unless another is named.
    Below(&'static str),
}

/// The form of an id, to tell a wrong one before it is published.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) fits: fn(&str) -> bool,
    /// For messages: "the id of a website in Umami, such as …".
    pub(super) says: &'static str,
}

/// A service that ringback knows.
#[derive(Debug)]
pub struct Provider {
    /// Its key in `ringback.yaml`, and its name in browser code.
    pub name: &'static str,
    /// The service's name, as visitors know it.
    pub label: &'static str,
    /// What it is for, unless the owner says otherwise.
    pub purpose: Purpose,
    /// Can it count without cookies, and so without asking?
    pub is_cookieless: bool,
    pub(super) id: Shape,
    pub(super) host: HostKey,
    pub(super) regions: &'static [&'static str],
    /// What its scripts load, by directive of a Content-Security-Policy; `{host}` is its server.
    pub(super) sources: &'static [(&'static str, &'static [&'static str])],
    /// Cookies and entries of storage that it leaves with the site; `*` at the end is any ending.
    pub cookies: &'static [&'static str],
}

impl Provider {
    /// All of them, in the order of the documentation.
    pub const ALL: &[Self] = &[
        PLAUSIBLE,
        UMAMI,
        GOATCOUNTER,
        MATOMO,
        GOOGLE_ANALYTICS,
        GOOGLE_TAG_MANAGER,
        LINKEDIN,
        META_PIXEL,
        HUBSPOT,
        HUBSPOT_CHAT,
        INTERCOM,
        CRISP,
        ZENDESK,
        TIDIO,
    ];
}

fn is_digits(id: &str) -> bool {
    (1..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

fn is_uuid(id: &str) -> bool {
    let parts: Vec<&str> = id.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_word(id: &str) -> bool {
    (1..=60).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_tag(id: &str, start: &str) -> bool {
    id.strip_prefix(start).is_some_and(|rest| {
        (4..=16).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    })
}

/// A site as Plausible knows it by name, or the file of its newer snippet.
fn is_plausible(id: &str) -> bool {
    let is_site = id.contains('.') && id.split('.').all(|part| !part.is_empty());
    let is_file = id.strip_prefix("pa-").is_some_and(|rest| !rest.is_empty());
    id.len() <= 200
        && (is_site || is_file)
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

// Hosts: https://plausible.io/docs/plausible-script
const PLAUSIBLE: Provider = Provider {
    name: "plausible",
    label: "Plausible",
    purpose: Purpose::Statistics,
    is_cookieless: true,
    id: Shape {
        fits: is_plausible,
        says: "the name of a site in Plausible, such as `www.example.org`, or of its script, such as `pa-Xk2v9`",
    },
    host: HostKey::Default("https://plausible.io"),
    regions: &[],
    sources: &[("script-src", &["{host}"]), ("connect-src", &["{host}"])],
    cookies: &[],
};

// Hosts: https://umami.is/docs/tracker-configuration
const UMAMI: Provider = Provider {
    name: "umami",
    label: "Umami",
    purpose: Purpose::Statistics,
    is_cookieless: true,
    id: Shape {
        fits: is_uuid,
        says: "the id of a website in Umami, such as `94db1cb1-74f4-4a40-ad6c-962362670409`",
    },
    host: HostKey::Default("https://cloud.umami.is"),
    regions: &[],
    sources: &[("script-src", &["{host}"]), ("connect-src", &["{host}", "https://api-gateway.umami.dev"])],
    cookies: &["umami.*"],
};

// Hosts: https://www.goatcounter.com/help/csp
const GOATCOUNTER: Provider = Provider {
    name: "goatcounter",
    label: "GoatCounter",
    purpose: Purpose::Statistics,
    is_cookieless: true,
    id: Shape { fits: is_word, says: "the code of a site in GoatCounter, such as `fjord`" },
    host: HostKey::Below("goatcounter.com"),
    regions: &[],
    sources: &[
        ("script-src", &["{host}", "https://gc.zgo.at"]),
        ("connect-src", &["{host}"]),
        ("img-src", &["{host}"]),
    ],
    cookies: &[],
};

// Hosts: https://developer.matomo.org/guides/tracking-javascript-guide
const MATOMO: Provider = Provider {
    name: "matomo",
    label: "Matomo",
    purpose: Purpose::Statistics,
    is_cookieless: true,
    id: Shape { fits: is_digits, says: "the number of a site in Matomo, such as `1`" },
    host: HostKey::Required,
    regions: &[],
    sources: &[("script-src", &["{host}"]), ("connect-src", &["{host}"]), ("img-src", &["{host}"])],
    cookies: &["_pk_*", "mtm_*", "matomo_*"],
};

// Hosts: https://developers.google.com/tag-platform/security/guides/csp
const GOOGLE_ANALYTICS: Provider = Provider {
    name: "google_analytics",
    label: "Google Analytics",
    purpose: Purpose::Statistics,
    is_cookieless: false,
    id: Shape {
        fits: |id| is_tag(id, "G-"),
        says: "the id of a stream in Google Analytics, such as `G-ABC1234567`",
    },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://*.googletagmanager.com"]),
        ("img-src", &["https://*.google-analytics.com", "https://*.googletagmanager.com"]),
        (
            "connect-src",
            &[
                "https://*.google-analytics.com",
                "https://*.analytics.google.com",
                "https://*.googletagmanager.com",
            ],
        ),
    ],
    cookies: &["_ga", "_ga_*", "_gid", "_gat*", "_gcl_*"],
};

// Hosts: https://developers.google.com/tag-platform/security/guides/csp
const GOOGLE_TAG_MANAGER: Provider = Provider {
    name: "google_tag_manager",
    label: "Google Tag Manager",
    purpose: Purpose::Marketing,
    is_cookieless: false,
    id: Shape {
        fits: |id| is_tag(id, "GTM-"),
        says: "the id of a container in Tag Manager, such as `GTM-ABC1234`",
    },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://www.googletagmanager.com"]),
        ("img-src", &["https://www.googletagmanager.com"]),
        ("connect-src", &["https://www.googletagmanager.com", "https://www.google.com"]),
    ],
    cookies: &["_ga", "_ga_*", "_gid", "_gat*", "_gcl_*"],
};

const LINKEDIN: Provider = Provider {
    name: "linkedin",
    label: "LinkedIn",
    purpose: Purpose::Marketing,
    is_cookieless: false,
    id: Shape { fits: is_digits, says: "the partner id of an Insight Tag, such as `1234567`" },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://snap.licdn.com"]),
        (
            "img-src",
            &["https://px.ads.linkedin.com", "https://px4.ads.linkedin.com", "https://www.linkedin.com"],
        ),
        ("connect-src", &["https://px.ads.linkedin.com", "https://px4.ads.linkedin.com"]),
    ],
    cookies: &["li_fat_id", "li_giant", "li_sugr", "ln_or"],
};

const META_PIXEL: Provider = Provider {
    name: "meta_pixel",
    label: "Meta",
    purpose: Purpose::Marketing,
    is_cookieless: false,
    id: Shape { fits: is_digits, says: "the number of a pixel at Meta, such as `123456789012345`" },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://connect.facebook.net"]),
        ("img-src", &["https://www.facebook.com"]),
        ("connect-src", &["https://www.facebook.com", "https://connect.facebook.net"]),
        ("form-action", &["https://www.facebook.com"]),
        ("frame-src", &["https://www.facebook.com"]),
    ],
    cookies: &["_fbp", "_fbc"],
};

const HUBSPOT_ID: Shape =
    Shape { fits: is_digits, says: "the number of a HubSpot account, such as `1234567`" };

const HUBSPOT: Provider = Provider {
    name: "hubspot",
    label: "HubSpot",
    purpose: Purpose::Marketing,
    is_cookieless: false,
    id: HUBSPOT_ID,
    host: HostKey::None,
    regions: &["na1", "eu1"],
    sources: &[
        (
            "script-src",
            &[
                "https://*.hs-scripts.com",
                "https://*.hs-analytics.net",
                "https://*.hs-banner.com",
                "https://*.hscollectedforms.net",
                "https://*.hsadspixel.net",
                "https://*.usemessages.com",
            ],
        ),
        (
            "connect-src",
            &[
                "https://*.hubspot.com",
                "https://*.hubapi.com",
                "https://*.hs-banner.com",
                "https://*.hscollectedforms.net",
            ],
        ),
        ("img-src", &["https://*.hubspot.com", "https://*.hsforms.com"]),
    ],
    cookies: &["__hstc", "hubspotutk", "__hssc", "__hssrc", "__hs_*"],
};

const HUBSPOT_CHAT: Provider = Provider {
    name: "hubspot_chat",
    label: "HubSpot",
    purpose: Purpose::Chat,
    is_cookieless: false,
    id: HUBSPOT_ID,
    host: HostKey::None,
    regions: &["na1", "eu1"],
    sources: &[
        (
            "script-src",
            &[
                "https://*.hs-scripts.com",
                "https://*.hs-banner.com",
                "https://*.usemessages.com",
                "https://*.hubspot.com",
                "https://*.hsappstatic.net",
            ],
        ),
        ("connect-src", &["https://*.hubspot.com", "https://*.hubapi.com", "https://*.hs-banner.com"]),
        ("img-src", &["https://*.hubspot.com", "https://*.hubspotusercontent-na1.net", "data:"]),
        ("frame-src", &["https://*.hubspot.com"]),
        ("style-src", &["'unsafe-inline'"]),
    ],
    cookies: &["messagesUtk", "hubspotutk", "__hstc", "__hssc", "__hssrc", "__hs_*"],
};

// Hosts: https://www.intercom.com/help/en/articles/3894-using-intercom-with-content-security-policy
const INTERCOM: Provider = Provider {
    name: "intercom",
    label: "Intercom",
    purpose: Purpose::Chat,
    is_cookieless: false,
    id: Shape { fits: is_word, says: "the id of a workspace in Intercom, such as `ab12cd34`" },
    host: HostKey::None,
    regions: &["us", "eu", "au"],
    sources: &[
        (
            "script-src",
            &["https://app.intercom.io", "https://widget.intercom.io", "https://js.intercomcdn.com"],
        ),
        (
            "connect-src",
            &[
                "https://*.intercom.io",
                "wss://*.intercom.io",
                "https://*.intercom-messenger.com",
                "wss://*.intercom-messenger.com",
                "https://*.intercomcdn.com",
                "https://uploads.intercomcdn.eu",
                "https://uploads.intercomusercontent.com",
            ],
        ),
        ("frame-src", &["https://intercom-sheets.com", "https://www.intercom-reporting.com"]),
        ("font-src", &["https://js.intercomcdn.com", "https://fonts.intercomcdn.com"]),
        ("form-action", &["https://intercom.help", "https://*.intercom.io"]),
        ("media-src", &["https://js.intercomcdn.com", "https://*.intercomcdn.com"]),
        (
            "img-src",
            &[
                "blob:",
                "data:",
                "https://*.intercomcdn.com",
                "https://*.intercomcdn.eu",
                "https://static.intercomassets.com",
                "https://*.intercomusercontent.com",
                "https://messenger-apps.intercom.io",
            ],
        ),
        ("style-src", &["'unsafe-inline'"]),
    ],
    cookies: &["intercom-*", "intercom.*"],
};

// Hosts: https://docs.crisp.chat/guides/others/whitelisting-our-systems/crisp-domain-names/
const CRISP: Provider = Provider {
    name: "crisp",
    label: "Crisp",
    purpose: Purpose::Chat,
    is_cookieless: false,
    id: Shape {
        fits: is_uuid,
        says: "the id of a website in Crisp, such as `7598bf86-9ebb-46bc-8c61-be8929bbf93d`",
    },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://*.crisp.chat"]),
        ("connect-src", &["https://*.crisp.chat", "wss://*.relay.crisp.chat"]),
        ("img-src", &["https://*.crisp.chat", "data:"]),
        ("font-src", &["https://*.crisp.chat"]),
        ("media-src", &["https://*.crisp.chat"]),
        ("frame-src", &["https://*.crisp.chat"]),
        ("worker-src", &["https://*.crisp.chat", "blob:"]),
        ("style-src", &["https://*.crisp.chat", "'unsafe-inline'"]),
    ],
    cookies: &["crisp-client/*"],
};

// Hosts: https://developer.zendesk.com/documentation/zendesk-web-widget-sdks/sdks/web/csp/
const ZENDESK: Provider = Provider {
    name: "zendesk",
    label: "Zendesk",
    purpose: Purpose::Chat,
    is_cookieless: false,
    id: Shape {
        fits: is_uuid,
        says: "the key of a messaging channel in Zendesk, such as `0b2ed5e1-1f8c-4c7d-9a43-0f1f6a2ee5a7`",
    },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://static.zdassets.com", "https://*.zendesk.com"]),
        (
            "connect-src",
            &[
                "https://static.zdassets.com",
                "https://ekr.zdassets.com",
                "https://*.zendesk.com",
                "wss://*.zendesk.com",
                "https://api.smooch.io",
                "wss://api.smooch.io",
                "https://media.smooch.io",
            ],
        ),
        (
            "img-src",
            &[
                "https://static.zdassets.com",
                "https://*.zendesk.com",
                "https://media.smooch.io",
                "https://*.zdusercontent.com",
                "blob:",
                "data:",
            ],
        ),
        ("frame-src", &["https://static.zdassets.com", "https://*.zendesk.com"]),
        ("media-src", &["https://static.zdassets.com"]),
        ("style-src", &["'unsafe-inline'"]),
    ],
    cookies: &["ZD-*", "__zlc*", "__zlcmid"],
};

const TIDIO: Provider = Provider {
    name: "tidio",
    label: "Tidio",
    purpose: Purpose::Chat,
    is_cookieless: false,
    id: Shape {
        fits: |id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
        says: "the public key of a project in Tidio, 32 letters and digits in lower case",
    },
    host: HostKey::None,
    regions: &[],
    sources: &[
        ("script-src", &["https://code.tidio.co", "https://*.tidiochat.com"]),
        ("connect-src", &["https://*.tidio.co", "wss://*.tidio.co", "https://*.tidiochat.com"]),
        ("img-src", &["https://*.tidio.co", "https://*.tidiochat.com", "data:"]),
        ("font-src", &["https://*.tidiochat.com", "data:"]),
        ("media-src", &["https://*.tidiochat.com"]),
        ("frame-src", &["https://*.tidio.co", "https://*.tidiochat.com"]),
        ("style-src", &["'unsafe-inline'"]),
    ],
    cookies: &["tidio_*"],
};
