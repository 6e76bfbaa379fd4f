//! Services whose pages can be shown in a text: videos, podcasts, maps, calendars and slides, from an address alone in a
//! paragraph. Which address of a service stands for what, and in which frame it is shown.

mod addresses;

use url::Url;

use self::addresses::{
    apple_podcasts, cal, calendly, canva, google_slides, hubspot, loom, openstreetmap, parts, spotify, vimeo,
    youtube,
};

/// What a service shows, which decides the shape of its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmbedShape {
    /// A film.
    Video,
    /// Something to listen to.
    Sound,
    /// A map.
    Map,
    /// A calendar, to book a time.
    Booking,
    /// Slides.
    Slides,
}

impl EmbedShape {
    /// As a class of the style sheet names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Sound => "sound",
            Self::Map => "map",
            Self::Booking => "booking",
            Self::Slides => "slides",
        }
    }
}

/// A service of somebody else.
#[derive(Debug)]
pub struct Service {
    /// For scripts, and for what a browser remembers.
    pub id: &'static str,
    /// The name by which people know it.
    pub name: &'static str,
    /// The company that learns who looks.
    pub company: &'static str,
    /// What it shows, which decides the shape of the frame.
    pub shape: EmbedShape,
    hosts: &'static [&'static str],
    frame: fn(&Url) -> Frame,
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Service {}

/// What can be shown of an address.
enum Frame {
    /// The address of a frame.
    Shown(String),
    /// It was meant to be shown and can't be.
    Broken,
    /// Something else of the service, such as a list of videos: a link.
    Other,
}

/// Something of a service, to be shown in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignEmbed {
    /// The service that it is of.
    pub service: &'static Service,
    /// The address of the frame.
    pub frame: String,
}

/// What an address alone in a paragraph stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressMatch {
    /// Something that can be shown when readers ask for it.
    Embed(ForeignEmbed),
    /// An address of this service with a mistake in it.
    Broken(&'static Service),
    /// Something of a service of this name, which readers get as a link.
    Unknown(&'static str),
}

/// What `address` stands for; `None` where it is a link like any other.
#[must_use]
pub fn find(address: &str) -> Option<AddressMatch> {
    // Most addresses are of the site itself.
    if !address.starts_with("http") {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").or(host.strip_prefix("m.")).unwrap_or(host);
    let Some(service) = SERVICES.iter().find(|service| service.hosts.contains(&host)) else {
        let is_within = |(end, _): &&(&str, &str)| {
            host.strip_suffix(end).is_some_and(|start| start.is_empty() || start.ends_with('.'))
        };
        let (_, name) = OTHERS.iter().find(is_within).filter(|_| !parts(&url).is_empty())?;
        return Some(AddressMatch::Unknown(name));
    };
    match (service.frame)(&url) {
        Frame::Shown(frame) => Some(AddressMatch::Embed(ForeignEmbed { service, frame })),
        Frame::Broken => Some(AddressMatch::Broken(service)),
        Frame::Other => None,
    }
}

/// The services, with the forms of their addresses as they document them.
static SERVICES: [Service; 11] = [
    Service {
        id: "youtube",
        name: "YouTube",
        company: "Google",
        shape: EmbedShape::Video,
        hosts: &["youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com"],
        frame: youtube,
    },
    Service {
        id: "vimeo",
        name: "Vimeo",
        company: "Vimeo",
        shape: EmbedShape::Video,
        hosts: &["vimeo.com", "player.vimeo.com"],
        frame: vimeo,
    },
    Service {
        id: "loom",
        name: "Loom",
        company: "Atlassian",
        shape: EmbedShape::Video,
        hosts: &["loom.com"],
        frame: loom,
    },
    Service {
        id: "spotify",
        name: "Spotify",
        company: "Spotify",
        shape: EmbedShape::Sound,
        hosts: &["open.spotify.com"],
        frame: spotify,
    },
    Service {
        id: "apple-podcasts",
        name: "Apple Podcasts",
        company: "Apple",
        shape: EmbedShape::Sound,
        hosts: &["podcasts.apple.com"],
        frame: apple_podcasts,
    },
    Service {
        id: "openstreetmap",
        name: "OpenStreetMap",
        company: "OpenStreetMap Foundation",
        shape: EmbedShape::Map,
        hosts: &["openstreetmap.org"],
        frame: openstreetmap,
    },
    Service {
        id: "calendly",
        name: "Calendly",
        company: "Calendly",
        shape: EmbedShape::Booking,
        hosts: &["calendly.com"],
        frame: calendly,
    },
    Service {
        id: "cal",
        name: "Cal.com",
        company: "Cal.com",
        shape: EmbedShape::Booking,
        hosts: &["cal.com", "app.cal.com"],
        frame: cal,
    },
    Service {
        id: "hubspot-meetings",
        name: "HubSpot",
        company: "HubSpot",
        shape: EmbedShape::Booking,
        hosts: &["meetings.hubspot.com", "meetings-eu1.hubspot.com", "meetings-na2.hubspot.com"],
        frame: hubspot,
    },
    Service {
        id: "google-slides",
        name: "Google Slides",
        company: "Google",
        shape: EmbedShape::Slides,
        hosts: &["docs.google.com"],
        frame: google_slides,
    },
    Service {
        id: "canva",
        name: "Canva",
        company: "Canva",
        shape: EmbedShape::Slides,
        hosts: &["canva.com"],
        frame: canva,
    },
];

/// Hosts of services which other programs show in a frame, with their names.
static OTHERS: [(&str, &str); 20] = [
    ("bsky.app", "Bluesky"),
    ("dailymotion.com", "Dailymotion"),
    ("facebook.com", "Facebook"),
    ("figma.com", "Figma"),
    ("instagram.com", "Instagram"),
    ("maps.app.goo.gl", "Google Maps"),
    ("miro.com", "Miro"),
    ("prezi.com", "Prezi"),
    ("slideshare.net", "SlideShare"),
    ("soundcloud.com", "SoundCloud"),
    ("storylane.io", "Storylane"),
    ("tidycal.com", "TidyCal"),
    ("tiktok.com", "TikTok"),
    ("twentythree.com", "TwentyThree"),
    ("twitch.tv", "Twitch"),
    ("twitter.com", "X"),
    ("typeform.com", "Typeform"),
    ("vidyard.com", "Vidyard"),
    ("wistia.com", "Wistia"),
    ("x.com", "X"),
];

#[cfg(test)]
mod tests;
