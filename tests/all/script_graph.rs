//! `ringback script graph`: a call script as a Mermaid flowchart.

use crate::support::Site;

const OPENER: &str = "---
title: 'Ring \"back\"'
placeholders: {first_name: {label: First name}}
outcomes: {closed: {label: 'Closed; #1'}, callback: {label: Ring again}}
---
## Opener {{first_name}} (10s)

> Hello {{first_name}}, is this a fair moment?

- \"Yes\" → [Discover](#discover)
- \"No\" → [Busy](#objection-busy)
- What | is `this`?
  > A call.
  - \"Oh\" → [Discover](#discover)
  - They hang up → [Closed](outcome:closed)
- Somebody else answers → [Voicemail](voicemail.md#voicemail)

## Discover (5s)

> What happened?

> [!NOTE]
> They may be [busy](#objection-busy).

- They tell → [Ring again](outcome:callback)
- Nothing <b>new</b> → [Opener](#opener-first_name)

## Objection: Busy

### Reply 1: Later

> When?

- A time → [Ring again](outcome:callback)
- No time → [Closed](outcome:closed)
";

const VOICEMAIL: &str = "---
title: Voicemail
outcomes: {closed: {label: Closed}}
---
## Voicemail

> Hello, goodbye.

→ [Closed](outcome:closed)
";

const CHART: &str = "---
title: \"Ring \\\"back\\\"\"
---
flowchart TD
  s0([\"Opener #91;First name#93;<br>10 s\"])
  s1[\"Discover<br>5 s\"]
  s4(\"What #124; is this?<br>1 s\")
  subgraph g2[\"Busy\"]
    s2{{\"Busy\"}}
    s3(\"1 · Later<br>1 s\")
  end
  e0[[\"Voicemail\"]]
  e1([\"● Ring again\"])
  e2([\"● Closed; #35;1\"])
  s0 -->|\"“Yes”\"| s1
  s0 -->|\"“No”\"| s2
  s0 --> s4
  s0 -->|\"Somebody else answers\"| e0
  s1 -->|\"They tell\"| e1
  s1 -->|\"Nothing new\"| s0
  s1 -.-> s2
  s2 --> s3
  s3 -->|\"A time\"| e1
  s3 -->|\"No time\"| e2
  s4 -->|\"“Oh”\"| s1
  s4 -->|\"They hang up\"| e2
";

fn site() -> Site {
    let config = "title: Test\nbase_url: https://example.org/\nlanguages: {en: {label: English}, sv: {label: Svenska}}\nchecks: off\n";
    Site::new()
        .with("ringback.yaml", config)
        .with("content/scripts/opener.md", OPENER)
        .with("content/scripts/voicemail.md", VOICEMAIL)
        .with("content/scripts/voicemail.sv.md", VOICEMAIL.replace("Voicemail\n", "Röstbrevlåda\n"))
        .with("content/insights/ready.md", "---\ntitle: Ready\n---\nReady.\n")
}

#[test]
fn a_script_is_printed_whatever_it_is_called() {
    let site = site();
    let names = [
        "content/scripts/opener.md",
        "./content/scripts/opener.md",
        "scripts/opener",
        "opener",
        "/scripts/opener/",
        "https://example.org/scripts/opener/#discover",
    ];
    for name in names {
        let run = site.run(&["script", "graph", name]);
        assert_eq!((run.status, run.stdout.as_str()), (0, CHART), "{name}: {}", run.stderr);
    }
}

#[test]
fn another_language_can_be_asked_for() {
    let site = site();
    for (arguments, title) in [
        (vec!["voicemail"], "Voicemail"),
        (vec!["voicemail", "--lang", "sv"], "Röstbrevlåda"),
        (vec!["content/scripts/voicemail.md", "--lang", "sv"], "Röstbrevlåda"),
        (vec!["content/scripts/voicemail.sv.md"], "Röstbrevlåda"),
        (vec!["content/scripts/voicemail.sv.md", "--lang", "en"], "Voicemail"),
    ] {
        let run = site.run(&[vec!["script", "graph"], arguments.clone()].concat());
        assert!(
            run.stdout.starts_with(&format!("---\ntitle: \"{title}\"\n")),
            "{arguments:?} {}",
            run.stdout
        );
    }
    let run = site.run(&["script", "graph", "opener", "--lang", "sv"]);
    let told = "error: `scripts/opener` doesn't exist in `sv`\n  = help: it exists in en\n";
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (2, "", told));
    let run = site.run(&["script", "graph", "opener", "--lang", "se"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("the site has no language `se`"), "{}", run.stderr);
}

#[test]
fn what_is_no_script_is_told_apart() {
    let site = site();
    let run = site.run(&["script", "graph", "openr"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    let told = "error: there is no script `openr`\n  = help: did you mean `opener`?\n";
    assert!(run.stderr.starts_with(told), "{}", run.stderr);
    let run = site.run(&["script", "graph", "insights/ready"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`insights/ready` isn't a call script, it is a"), "{}", run.stderr);
    site.write("content/scripts/opener.md", OPENER.replace("---\ntitle", "---\ndraft: true\ntitle"));
    let run = site.run(&["script", "graph", "opener"]);
    assert!(run.status == 2 && run.stderr.contains("it is a draft"), "{}", run.stderr);
    assert_eq!(site.run(&["script", "graph", "opener", "--drafts"]).stdout, CHART);
}

#[test]
fn a_site_with_errors_prints_no_chart() {
    let site = site()
        .with("content/scripts/broken.md", "---\ntitle: Broken\n---\n## A\n\n> Hi.\n\n- Go → [B](#b)\n");
    let run = site.run(&["script", "graph", "opener"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    assert!(run.stderr.contains("broken.md"), "{}", run.stderr);
}
