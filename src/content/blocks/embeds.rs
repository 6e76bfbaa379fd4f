//! Services whose pages can be shown in a text: videos, podcasts, maps, calendars and slides, from an address alone in a
//! paragraph. Which address of a service stands for what, and in which frame it is shown.

use url::Url;

/// What a service shows.
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
    /// What people call it.
    pub name: &'static str,
    /// The company that learns who looks.
    pub company: &'static str,
    /// What it shows.
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
    /// Whose it is.
    pub service: &'static Service,
    /// The address of the frame.
    pub frame: String,
}

/// What an address alone in a paragraph stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Something to show.
    Embed(ForeignEmbed),
    /// An address of this service with a mistake in it.
    Broken(&'static Service),
    /// Something of a service of this name, which readers get as a link.
    Unknown(&'static str),
}

/// What `address` stands for; `None` where it is a link like any other.
#[must_use]
pub fn find(address: &str) -> Option<Found> {
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
        return Some(Found::Unknown(name));
    };
    match (service.frame)(&url) {
        Frame::Shown(frame) => Some(Found::Embed(ForeignEmbed { service, frame })),
        Frame::Broken => Some(Found::Broken(service)),
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

/// The parts of a path, without empty ones.
fn parts(url: &Url) -> Vec<&str> {
    url.path_segments().map(|parts| parts.filter(|part| !part.is_empty()).collect()).unwrap_or_default()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Where a video begins, in seconds: `90`, `90s`, `1m30s`.
fn seconds(text: &str) -> Option<u32> {
    let (mut all, mut number) = (0_u32, String::new());
    for c in text.chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        all = all.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    if number.is_empty() { Some(all) } else { all.checked_add(number.parse().ok()?) }
}

/// <https://developers.google.com/youtube/player_parameters>
fn youtube(url: &Url) -> Frame {
    let parts = parts(url);
    let is_short = url.host_str().is_some_and(|host| host.ends_with("youtu.be"));
    let id = match parts[..] {
        ["watch"] => parameter(url, "v"),
        ["playlist"] => {
            let list = parameter(url, "list").filter(|list| is_id(list));
            return list.map_or(Frame::Broken, |list| {
                Frame::Shown(format!("https://www.youtube-nocookie.com/embed/videoseries?list={list}"))
            });
        }
        ["shorts" | "live" | "embed" | "v", id] => Some(id.to_string()),
        [id] if is_short => Some(id.to_string()),
        _ => return Frame::Other,
    };
    // An id has eleven signs.
    let Some(id) = id.filter(|id| id.len() == 11 && is_id(id)) else { return Frame::Broken };
    let start = parameter(url, "t").or_else(|| parameter(url, "start"));
    let start = start.and_then(|start| seconds(&start)).filter(|start| *start > 0);
    let start = start.map(|start| format!("?start={start}")).unwrap_or_default();
    Frame::Shown(format!("https://www.youtube-nocookie.com/embed/{id}{start}"))
}

/// <https://help.vimeo.com/hc/en-us/articles/12426260232977>; an unlisted video has a hash behind its number.
fn vimeo(url: &Url) -> Frame {
    let parts = parts(url);
    let (id, hash) = match parts[..] {
        [id] | ["video", id] | ["channels", _, id] if is_number(id) => (id, parameter(url, "h")),
        [id, hash] if is_number(id) => (id, Some(hash.to_string())),
        ["video", _] => return Frame::Broken,
        _ => return Frame::Other,
    };
    match hash {
        Some(hash) if !is_id(&hash) => Frame::Broken,
        Some(hash) => Frame::Shown(format!("https://player.vimeo.com/video/{id}?h={hash}&dnt=1")),
        None => Frame::Shown(format!("https://player.vimeo.com/video/{id}?dnt=1")),
    }
}

fn loom(url: &Url) -> Frame {
    match parts(url)[..] {
        ["share" | "embed", id] if id.len() == 32 && is_id(id) => {
            Frame::Shown(format!("https://www.loom.com/embed/{id}"))
        }
        ["share" | "embed", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}

/// <https://developer.spotify.com/documentation/embeds>
fn spotify(url: &Url) -> Frame {
    let all = parts(url);
    let all = match all[..] {
        // Links that are copied abroad say in which language.
        [language, ..] if language.starts_with("intl-") => &all[1..],
        ["embed", ..] => &all[1..],
        _ => &all[..],
    };
    match all {
        [kind @ ("track" | "episode" | "show" | "album" | "playlist"), id] if id.len() == 22 && is_id(id) => {
            Frame::Shown(format!("https://open.spotify.com/embed/{kind}/{id}"))
        }
        ["track" | "episode" | "show" | "album" | "playlist", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}

fn apple_podcasts(url: &Url) -> Frame {
    match parts(url)[..] {
        [country, "podcast", name, id]
            if country.len() == 2 && id.strip_prefix("id").is_some_and(is_number) =>
        {
            let episode = parameter(url, "i").filter(|episode| is_number(episode));
            let episode = episode.map(|episode| format!("?i={episode}")).unwrap_or_default();
            Frame::Shown(format!("https://embed.podcasts.apple.com/{country}/podcast/{name}/{id}{episode}"))
        }
        [_, "podcast", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}

/// `#map=16/59.9133/10.7389`, perhaps with a place, `?mlat=59.9133&mlon=10.7389`. The frame needs a box: the nearer, the
/// smaller it is.
fn openstreetmap(url: &Url) -> Frame {
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let view = url.fragment().and_then(|fragment| {
        let map = fragment.split('&').find_map(|part| part.strip_prefix("map="))?;
        let mut parts = map.split('/').map(number);
        Some((parts.next()??, parts.next()??, parts.next()??))
    });
    let place = parameter(url, "mlat").zip(parameter(url, "mlon"));
    let place = place.and_then(|(lat, lon)| Some((number(&lat)?, number(&lon)?)));
    let (zoom, lat, lon) = match (view, place) {
        (Some(view), _) => view,
        (None, Some((lat, lon))) => (15.0, lat, lon),
        (None, None) => return Frame::Other,
    };
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) || !(0.0..=20.0).contains(&zoom) {
        return Frame::Broken;
    }
    let half = 360.0 / zoom.exp2();
    let sides = [lon - half, lat - half / 2.0, lon + half, lat + half / 2.0];
    let sides = sides.map(|side| format!("{side:.5}")).join("%2C");
    let marker = place.map(|(lat, lon)| format!("&marker={lat:.5}%2C{lon:.5}")).unwrap_or_default();
    Frame::Shown(format!("https://www.openstreetmap.org/export/embed.html?bbox={sides}&layer=mapnik{marker}"))
}

fn calendly(url: &Url) -> Frame {
    match parts(url)[..] {
        [who] if is_id(who) => Frame::Shown(format!("https://calendly.com/{who}?hide_gdpr_banner=1")),
        [who, what] if is_id(who) && is_id(what) => {
            Frame::Shown(format!("https://calendly.com/{who}/{what}?hide_gdpr_banner=1"))
        }
        _ => Frame::Other,
    }
}

fn cal(url: &Url) -> Frame {
    match parts(url)[..] {
        [who, what] if is_id(who) && is_id(what) => {
            Frame::Shown(format!("https://app.cal.com/{who}/{what}/embed"))
        }
        _ => Frame::Other,
    }
}

fn hubspot(url: &Url) -> Frame {
    let all = parts(url);
    if all.is_empty() || !all.iter().all(|part| is_id(part)) {
        return Frame::Other;
    }
    let host = url.host_str().unwrap_or_default();
    Frame::Shown(format!("https://{host}/{}?embed=true", all.join("/")))
}

fn google_slides(url: &Url) -> Frame {
    match parts(url)[..] {
        ["presentation", "d", "e", id, ..] if is_id(id) => {
            Frame::Shown(format!("https://docs.google.com/presentation/d/e/{id}/embed"))
        }
        ["presentation", "d", id, ..] if is_id(id) && id != "e" => {
            Frame::Shown(format!("https://docs.google.com/presentation/d/{id}/embed"))
        }
        ["presentation", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}

fn canva(url: &Url) -> Frame {
    match parts(url)[..] {
        ["design", id, key, "view" | "watch"] if is_id(id) && is_id(key) => {
            Frame::Shown(format!("https://www.canva.com/design/{id}/{key}/view?embed"))
        }
        // Without the key, only its owner sees it.
        ["design", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(address: &str) -> Option<String> {
        match find(address)? {
            Found::Embed(embed) => Some(embed.frame),
            Found::Broken(service) => Some(format!("broken {}", service.id)),
            Found::Unknown(name) => Some(format!("unknown {name}")),
        }
    }

    #[test]
    fn addresses_of_services_have_frames() {
        for (address, expected) in [
            (
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1m30s",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
            ),
            (
                "https://youtu.be/dQw4w9WgXcQ?si=x&t=43",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=43",
            ),
            (
                "https://m.youtube.com/shorts/dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
            ),
            (
                "https://youtube.com/playlist?list=PL_x-1",
                "https://www.youtube-nocookie.com/embed/videoseries?list=PL_x-1",
            ),
            ("https://youtu.be/dQw4w9WgXc", "broken youtube"),
            ("https://www.youtube.com/watch?v=\"><script>", "broken youtube"),
            ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
            ("https://vimeo.com/76979871/abc123", "https://player.vimeo.com/video/76979871?h=abc123&dnt=1"),
            ("https://player.vimeo.com/video/x", "broken vimeo"),
            (
                "https://www.loom.com/share/0123456789abcdef0123456789abcdef?sid=1",
                "https://www.loom.com/embed/0123456789abcdef0123456789abcdef",
            ),
            (
                "https://open.spotify.com/intl-de/episode/0123456789012345678901?si=1",
                "https://open.spotify.com/embed/episode/0123456789012345678901",
            ),
            ("https://open.spotify.com/show/1", "broken spotify"),
            (
                "https://podcasts.apple.com/se/podcast/name/id123?i=456",
                "https://embed.podcasts.apple.com/se/podcast/name/id123?i=456",
            ),
            (
                "https://www.openstreetmap.org/?mlat=59.9&mlon=10.7#map=8/59.9/10.7",
                "https://www.openstreetmap.org/export/embed.html?bbox=9.29375%2C59.19687%2C12.10625%2C60.60312&layer=mapnik&marker=59.90000%2C10.70000",
            ),
            ("https://www.openstreetmap.org/#map=8/99/10", "broken openstreetmap"),
            (
                "https://calendly.com/anna/20min?month=2026-01",
                "https://calendly.com/anna/20min?hide_gdpr_banner=1",
            ),
            ("https://cal.com/anna/20min", "https://app.cal.com/anna/20min/embed"),
            ("https://meetings-eu1.hubspot.com/anna", "https://meetings-eu1.hubspot.com/anna?embed=true"),
            (
                "https://docs.google.com/presentation/d/1a-B_2/edit#slide=id.p",
                "https://docs.google.com/presentation/d/1a-B_2/embed",
            ),
            (
                "https://www.canva.com/design/DAx/key/view?utm_content=1",
                "https://www.canva.com/design/DAx/key/view?embed",
            ),
            ("https://www.canva.com/design/DAx/edit", "broken canva"),
            ("https://fjord.wistia.com/medias/abc", "unknown Wistia"),
            ("https://x.com/fjord/status/1", "unknown X"),
        ] {
            assert_eq!(frame(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn other_addresses_are_links() {
        for address in [
            "https://example.org/watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com/@channel",
            "https://vimeo.com/about",
            "https://docs.google.com/document/d/1/edit",
            "https://www.openstreetmap.org/about",
            "https://calendly.com/",
            "https://wistia.com/",
            "https://max.com/a",
            "/watch",
            "mailto:anna@example.org",
        ] {
            assert_eq!(frame(address), None, "{address}");
        }
    }

    #[test]
    fn services_have_names_of_their_own() {
        for (at, service) in SERVICES.iter().enumerate() {
            assert!(
                SERVICES[at + 1..].iter().all(|other| other.id != service.id && other.name != service.name)
            );
        }
    }
}
