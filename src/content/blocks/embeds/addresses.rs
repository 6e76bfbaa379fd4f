//! Which address of a service shows what, and in which frame: one function for each service.

use url::Url;

use super::Frame;

/// The parts of a path, without empty ones.
pub(super) fn parts(url: &Url) -> Vec<&str> {
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
pub(super) fn youtube(url: &Url) -> Frame {
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
pub(super) fn vimeo(url: &Url) -> Frame {
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

pub(super) fn loom(url: &Url) -> Frame {
    match parts(url)[..] {
        ["share" | "embed", id] if id.len() == 32 && is_id(id) => {
            Frame::Shown(format!("https://www.loom.com/embed/{id}"))
        }
        ["share" | "embed", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}

/// <https://developer.spotify.com/documentation/embeds>
pub(super) fn spotify(url: &Url) -> Frame {
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

pub(super) fn apple_podcasts(url: &Url) -> Frame {
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
pub(super) fn openstreetmap(url: &Url) -> Frame {
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

pub(super) fn calendly(url: &Url) -> Frame {
    match parts(url)[..] {
        [who] if is_id(who) => Frame::Shown(format!("https://calendly.com/{who}?hide_gdpr_banner=1")),
        [who, what] if is_id(who) && is_id(what) => {
            Frame::Shown(format!("https://calendly.com/{who}/{what}?hide_gdpr_banner=1"))
        }
        _ => Frame::Other,
    }
}

pub(super) fn cal(url: &Url) -> Frame {
    match parts(url)[..] {
        [who, what] if is_id(who) && is_id(what) => {
            Frame::Shown(format!("https://app.cal.com/{who}/{what}/embed"))
        }
        _ => Frame::Other,
    }
}

pub(super) fn hubspot(url: &Url) -> Frame {
    let all = parts(url);
    if all.is_empty() || !all.iter().all(|part| is_id(part)) {
        return Frame::Other;
    }
    let host = url.host_str().unwrap_or_default();
    Frame::Shown(format!("https://{host}/{}?embed=true", all.join("/")))
}

pub(super) fn google_slides(url: &Url) -> Frame {
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

pub(super) fn canva(url: &Url) -> Frame {
    match parts(url)[..] {
        ["design", id, key, "view" | "watch"] if is_id(id) && is_id(key) => {
            Frame::Shown(format!("https://www.canva.com/design/{id}/{key}/view?embed"))
        }
        // Without the key, only its owner sees it.
        ["design", ..] => Frame::Broken,
        _ => Frame::Other,
    }
}
