use super::*;
use crate::diag::Diagnostics;

fn read(integrations: &str) -> (Integrations, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let text = format!(
        "title: T\nbase_url: https://x.example/\nwebhooks: {{crm: {{url: https://crm.example/}}, post: {{kind: form, url: https://p.example/}}}}\n{integrations}"
    );
    let config = crate::config::read(&text, &|_| None, &mut diagnostics).unwrap();
    let said = diagnostics.sorted().into_iter();
    (config.integrations, said.map(|one| format!("{} | {}", one.message, one.help.join(", "))).collect())
}

const CRISP: &str = "7598bf86-9ebb-46bc-8c61-be8929bbf93d";

/// Every service that is known, as little as it needs.
const ALL: &str = "integrations:
  plausible: {id: www.example.org}
  umami: {id: 94db1cb1-74f4-4a40-ad6c-962362670409}
  goatcounter: {id: fjord}
  matomo: {host: stats.example.org, id: 1}
  google_analytics: {id: G-ABC1234567}
  google_tag_manager: {id: GTM-ABC1234}
  linkedin: {id: 1234567}
  meta_pixel: {id: 123456789012345}
  hubspot: {id: 1234567, region: eu1}
  script:
    - {name: Mouse, src: 'https://mouse.example/m.js', purpose: statistics, hosts: '*.mouse.example', cookies: [_m*]}
";

#[test]
fn every_service_is_read_with_its_servers() {
    let (found, said) = read(ALL);
    assert_eq!(said, Vec::<String>::new());
    let names: Vec<_> = found.all.iter().map(|one| (one.name.as_str(), one.purpose, one.asks)).collect();
    use Purpose::{Marketing, Statistics};
    assert_eq!(
        names,
        [
            ("plausible", Statistics, true),
            ("umami", Statistics, true),
            ("goatcounter", Statistics, true),
            ("matomo", Statistics, true),
            ("google_analytics", Statistics, true),
            ("google_tag_manager", Marketing, true),
            ("linkedin", Marketing, true),
            ("meta_pixel", Marketing, true),
            ("hubspot", Marketing, true),
            ("script:mouse", Statistics, true),
        ]
    );
    let host = |name: &str| found.all.iter().find(|one| one.name == name).and_then(|one| one.host.as_deref());
    assert_eq!(host("plausible"), Some("https://plausible.io"));
    assert_eq!(host("goatcounter"), Some("https://fjord.goatcounter.com"));
    assert_eq!(host("matomo"), Some("https://stats.example.org"));
    let scripts = found.all.last().unwrap().sources();
    assert_eq!(scripts["script-src"], ["https://mouse.example", "https://*.mouse.example"]);
    assert_eq!(scripts["connect-src"], ["https://*.mouse.example", "wss://*.mouse.example"]);
    for chat in [
        "intercom: {id: ab12cd34, region: eu}".to_string(),
        format!("crisp: {{id: {CRISP}}}"),
        format!("zendesk: {{id: {CRISP}}}"),
        "tidio: {id: abcdefghijklmnopqrstuvwxyz012345}".into(),
        "hubspot: {id: 1, tracking: false, chat: true}".into(),
    ] {
        let (found, said) = read(&format!("integrations: {{{chat}}}\n"));
        assert_eq!(said, Vec::<String>::new(), "{chat}");
        let purposes: Vec<_> = found.all.iter().map(|one| one.purpose).collect();
        assert_eq!(purposes, [Purpose::Chat], "{chat}");
    }
}

#[test]
fn what_a_policy_allows_can_be_written_in_one() {
    let is_plain = |source: &str| {
        source.bytes().all(|b| b.is_ascii_alphanumeric() || b"':/.*-".contains(&b)) && !source.ends_with('/')
    };
    for provider in Provider::ALL {
        for (directive, sources) in provider.sources {
            assert!(directive.ends_with("-src") || *directive == "form-action", "{}", provider.name);
            for source in sources.iter().filter(|source| **source != "{host}") {
                assert!(is_plain(source), "{} {source}", provider.name);
                // Nothing that lets in whatever a page or a stranger writes.
                let is_style = *directive == "style-src";
                assert!(!source.contains("unsafe") || is_style, "{} {source}", provider.name);
                assert!(!matches!(*source, "*" | "https:"), "{}", provider.name);
            }
        }
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: what is read, and what it has to come to")]
fn mistakes_are_told_with_what_to_do() {
    for (integrations, expected) in [
        (
            "{plausable: {id: x.example}}",
            "ringback knows no integration `plausable` | did you mean `plausible`?",
        ),
        (
            "{hotjar: {id: 1}}",
            "ringback knows no integration `hotjar` | declare it under `script`, with its hosts and what it is for",
        ),
        (
            "{google_analytics: {id: UA-1234-5}}",
            "`UA-1234-5` is not the id of a stream in Google Analytics, such as `G-ABC1234567` | ",
        ),
        ("{google_analytics: {di: G-ABC1234567}}", "an integration has no key `di` | did you mean `id`?"),
        ("{matomo: {id: 1}}", "`matomo` needs `host` | add `host: …`"),
        (
            "{matomo: {id: 1, host: https://stats.example.org/matomo/}}",
            "`https://stats.example.org/matomo/` is not a host | write its name alone, such as `stats.example.org`",
        ),
        (
            "{google_analytics: {id: G-ABC1234567, consent: false}}",
            "Google Analytics can't be loaded without the visitor's consent | remove `consent: false`: only Plausible, Umami, GoatCounter and Matomo can count without cookies",
        ),
        (
            "{linkedin: {id: 1234, purpose: needed}}",
            "LinkedIn can't be loaded as `needed` | it can be `statistics` or `marketing`",
        ),
        (
            "{intercom: {id: ab12cd34, purpose: needed}}",
            "Intercom can't be loaded as `needed` | it is a chat: remove `purpose`",
        ),
        (
            "{script: {name: X, src: x.js, purpose: needed}}",
            "`x.js` is not the URL of a script | it begins with `https://`, or with `/` for a file in `static/`",
        ),
        (
            "{script: {name: X, src: /x.js, purpose: needed, attributes: {onload: x}}}",
            "a script can't have the attribute `onload` here | it can have `data-…`, `id`, `crossorigin` and `integrity`",
        ),
        (
            "{script: {name: X, src: /x.js, purpose: needed, hosts: ['*.com']}}",
            "`*.com` is not a host | write names such as `cdn.example.org` or `*.example.org`",
        ),
        (
            "{intercom: {id: ab12cd34}, tidio: {id: abcdefghijklmnopqrstuvwxyz012345}}",
            "a site has one chat, and this one has Intercom and Tidio | remove one of them",
        ),
        (
            "{chat: {hours: {mon: 9-16}}}",
            "there is no chat whose hours these could be | declare one, such as `crisp: {id: …}`, or remove `chat`",
        ),
        (
            "{intercom: {id: ab12cd34}, chat: {hours: {fri-mon: 9-16}}}",
            "`fri-mon` is not a day of the week | ",
        ),
        (
            "{intercom: {id: ab12cd34}, chat: {hours: {mon: 16-9}}}",
            "`16-9` is not a time from when until when | write it as `9:00-16:30`, with the earlier time first",
        ),
        (
            "{intercom: {id: ab12cd34}, chat: {holidays: [2026-02-30]}}",
            "`2026-02-30` is not a date | write year-month-day",
        ),
        ("{receipts: cmr}", "there is no webhook `cmr` | did you mean `crm`?"),
        (
            "{receipts: post}",
            "the webhook `post` is of the kind `form`, which can't receive receipts | declare one of the kind `json`",
        ),
    ] {
        let (_, said) = read(&format!("integrations: {integrations}\n"));
        assert_eq!(said.len(), 1, "{integrations}: {said:?}");
        assert!(said[0].starts_with(expected), "{integrations}: {}", said[0]);
    }
}

#[test]
fn a_chat_has_hours() {
    let (found, said) = read(
        "integrations:\n  intercom: {id: ab12cd34}\n  chat:\n    hours: {mon-thu: 9:00-16:30, fri: ['13-15', 9.30-12], sun: 0-24}\n    \
         holidays: [12-24, 2026-05-15, 02-29]\n    time_zone: Europe/Oslo\n    page: pages/contact\n    promise: Soon.\n",
    );
    assert_eq!(said, Vec::<String>::new());
    let desk = found.desk.unwrap();
    let hours = desk.hours.unwrap();
    let time = |from, until| OpenTime { from, until };
    assert_eq!(hours[3], [time(540, 990)]);
    assert_eq!(hours[4], [time(570, 720), time(780, 900)]);
    assert_eq!((hours[5].len(), hours[6].as_slice()), (0, &[time(0, 1440)][..]));
    assert_eq!(desk.holidays[0], Holiday::Yearly(12, 24));
    assert_eq!(desk.time_zone.as_deref(), Some("Europe/Oslo"));
}

#[test]
fn statistics_without_cookies_can_go_without_a_question() {
    for provider in ["plausible: {id: x.example", "goatcounter: {id: x", "matomo: {host: m.example, id: 1"] {
        let (found, said) = read(&format!("integrations: {{{provider}, consent: false}}}}\n"));
        assert_eq!((said, found.all[0].asks), (Vec::new(), false), "{provider}");
    }
}

#[test]
fn an_edition_for_the_team_or_behind_a_passphrase_loads_nothing() {
    let mut diagnostics = Diagnostics::new();
    let text = "title: T\nbase_url: https://x.example/\neditions:\n  public: {audiences: [public]}\n  \
                team: {audiences: [public, team]}\n  ours: {audiences: [public, team], integrations: true}\n  \
                quiet: {audiences: [public], integrations: false}\n  \
                sealed: {audiences: [public], seal: passphrase, integrations: true}\n";
    let config = crate::config::read(text, &|_| None, &mut diagnostics).unwrap();
    let loads: Vec<bool> = config.editions.iter().map(|edition| edition.loads_integrations).collect();
    assert_eq!(loads, [true, false, true, false, false]);
    let said: Vec<_> = diagnostics.sorted().into_iter().map(|one| one.message).collect();
    assert_eq!(said, ["an edition behind a passphrase loads nothing from others"]);
}
