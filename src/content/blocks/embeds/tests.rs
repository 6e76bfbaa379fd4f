//! Addresses of services, and the frames that they come to.

use super::*;

fn frame(address: &str) -> Option<String> {
    match find(address)? {
        AddressMatch::Embed(embed) => Some(embed.frame),
        AddressMatch::Broken(service) => Some(format!("broken {}", service.id)),
        AddressMatch::Unknown(name) => Some(format!("unknown {name}")),
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
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
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
        assert!(SERVICES[at + 1..].iter().all(|other| other.id != service.id && other.name != service.name));
    }
}
