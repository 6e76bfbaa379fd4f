//! A section that is a podcast: its feed, its episodes, and what directories refuse.

use crate::support::{Site, png};

const SECTION: &str = "title: Calls, aloud\ndescription: For people & phones.\nimage: cover.png\n\
    podcast: {author: Kim <Berg>, email: pod@fjord.example, category: marketing, type: serial}\n";

const EPISODE: &str = "---\ntitle: We stopped calling\ndate: 2026-03-01\nauthors: [kim]\n\
    episode:\n  number: 3\n  season: 2\n  duration: \"1:02:03\"\n  chapters: {\"0:00\": Why, \"1:00:30\": After \"that\"}\n\
    ---\nWords.\n\n![Listen](talk.mp3)\n";

fn site(section: &str) -> Site {
    Site::empty()
        .with(
            "ringback.yaml",
            "title: Fjord\nbase_url: https://fjord.example/\nchecks: off\nfeeds: {items: 1}\n",
        )
        .with("content/people/kim.md", "---\ntitle: Kim Berg\n---\nText.\n")
        .with("content/insights/pod/_index.md", format!("---\n{section}---\n"))
        .with("content/insights/pod/cover.png", png(1_400, 1_400))
        .with("content/insights/pod/talk.mp3", "sound")
        .with("content/insights/pod/talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kim>Hello.\n")
        .with("content/insights/pod/later.mp3", "later")
        .with("content/insights/pod/one.md", EPISODE)
        .with(
            "content/insights/pod/two.md",
            "---\ntitle: Later\ndate: 2026-04-01\n---\n![Listen](later.mp3)\n",
        )
        .with("content/insights/pod/read.md", "---\ntitle: To read\ndate: 2026-05-01\n---\nText.\n")
        .with("content/insights/pod/undated.md", "---\ntitle: Undated\n---\n![Listen](talk.mp3)\n")
        .with(
            "content/insights/pod/hidden.md",
            "---\ntitle: Hidden\ndate: 2026-05-02\naudience: team\n---\n![Listen](talk.mp3)\n",
        )
}

#[test]
fn a_podcast_has_all_its_episodes_as_directories_want_them() {
    let site = site(SECTION);
    site.build();
    let feed = site.read("public/insights/pod/podcast.xml");
    for part in [
        "<title>Calls, aloud</title>",
        "<description>For people &amp; phones.</description>",
        "<itunes:author>Kim &lt;Berg&gt;</itunes:author>",
        "<itunes:email>pod@fjord.example</itunes:email>",
        "<itunes:category text=\"Business\">",
        "<itunes:category text=\"Marketing\"/>",
        "<itunes:explicit>false</itunes:explicit>",
        "<itunes:type>serial</itunes:type>",
        "<enclosure url=\"https://fjord.example/insights/pod/talk.mp3\" length=\"5\" type=\"audio/mpeg\"/>",
        "<podcast:transcript url=\"https://fjord.example/insights/pod/talk.vtt\" type=\"text/vtt\"/>",
        "<itunes:duration>3723</itunes:duration>",
        "<itunes:season>2</itunes:season>",
        "<itunes:episode>3</itunes:episode>",
        "<psc:chapter start=\"01:00:30\" title=\"After &quot;that&quot;\"/>",
        "<link>https://fjord.example/insights/pod/two/</link>",
    ] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
    assert_eq!(
        feed.matches("<item>").count(),
        2,
        "neither what has no sound nor what has no date, nor the team's: {feed}"
    );
    assert!(feed.contains("<itunes:image href=\"https://fjord.example/insights/pod/"), "{feed}");

    // Every feed says what belongs to an article; only the section has one of the podcast.
    let file = |name: &str| site.read(&format!("public/{name}"));
    let listed = file("people/kim/feed.xml");
    let link = "<link rel=\"enclosure\" type=\"audio/mpeg\" length=\"5\" href=\"https://fjord.example/insights/pod/talk.mp3\"/>";
    assert!(listed.contains(link), "{listed}");
    assert!(file("people/kim/rss.xml").contains("<enclosure url="));
    assert!(file("people/kim/feed.json").contains("\"attachments\":[{\"url\":\"https://fjord.example/insights/pod/talk.mp3\",\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":5}]"));
    assert!(file("insights/pod/index.html").contains("href=\"/insights/pod/podcast.xml\""));
    assert!(!site.path("public/insights/podcast.xml").exists());

    let page = file("insights/pod/one/index.html");
    for part in [
        "<li><a href=\"/insights/pod/talk.mp3#t=3630\"><time datetime=\"PT3630S\">1:00:30</time> After &quot;that&quot;</a></li>",
        "<details class=\"said\"><summary>Transcript</summary>",
        "<p><strong>Kim:</strong> Hello.</p>",
        "/js/chapters.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!file("insights/pod/two/index.html").contains("/js/chapters."));
    // The search of the site finds what is said, on pages where it is played.
    let found = site.run(&["export-search", "--format", "jsonl"]).stdout;
    let is_said = |url: &str| found.lines().any(|line| line.contains(url) && line.contains("Hello."));
    assert!(is_said("/insights/pod/one/") && !is_said("/insights/pod/two/"), "{found}");
}

#[test]
fn what_directories_would_refuse_is_told() {
    let told = |section: &str, more: &[(&str, &[u8])]| {
        let site = more.iter().fold(site(section), |site, (file, bytes)| {
            site.with(&format!("content/insights/pod/{file}"), bytes)
        });
        site.run(&["check"]).stderr
    };
    assert_eq!(
        told(SECTION, &[]),
        "No problems found.\n".to_string().replace("No problems found.\n", ""),
        "nothing"
    );
    for (section, files, expected) in [
        (SECTION.replace("description", "search_title"), &[][..], "unknown-key"),
        (SECTION.replace("description: For people & phones.\n", ""), &[], "no `description`"),
        (SECTION.replace("image: cover.png\n", ""), &[], "no cover"),
        (SECTION.to_string(), &[("cover.png", &png(1_400, 1_300)[..])], "no cover"),
        (SECTION.to_string(), &[("cover.png", &png(300, 300)[..])], "no cover"),
        (SECTION.replace("marketing", "Marketting"), &[], "did you mean `Marketing`"),
        (SECTION.replace("category: marketing, ", ""), &[], "needs `category`"),
        (
            SECTION.to_string(),
            &[
                ("one.md", b"---\ntitle: A\n---\n".as_slice()),
                ("two.md", b"---\ntitle: A\n---\n"),
                ("hidden.md", b"---\ntitle: A\n---\n"),
            ],
            "no episode",
        ),
    ] {
        let told = told(&section, files);
        assert!(told.contains(expected), "{expected}: {told}");
    }
    for (episode, expected) in [
        ("duration: 18", "`18` isn't a length or a place of a recording"),
        ("duration: \"1:75\"", "isn't a length"),
        ("chapters: {\"1:00\": A, \"0:30\": B}", "doesn't begin after the one above it"),
        ("chapters: {x: A}", "`x` isn't a length"),
        ("number: 0", "from 1 to"),
        ("type: special", "not a value"),
        ("lenght: 5", "no key `lenght`"),
    ] {
        let page = format!("---\ntitle: A\nepisode: {{{episode}}}\n---\n");
        let told = told(SECTION, &[("three.md", page.as_bytes())]);
        assert!(told.contains(expected), "{expected}: {told}");
    }
}
