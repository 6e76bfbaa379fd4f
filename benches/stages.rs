//! The stages of a build, each on its own, on a site of some hundred made-up articles in memory: `cargo bench`.
//!
//! `bench/run.py` compares whole builds with other generators; this tells which stage a change made slower.

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use ringback::build;
use ringback::config::EditionConfig;
use ringback::content::markdown;
use ringback::diag::Diagnostics;
use ringback::edition::artifact;
use ringback::edition::inputs::Options;
use ringback::project::MemoryProject;
use ringback::site::Unpublished;

const ARTICLES: usize = 300;

fn main() {
    divan::main();
}

/// About a thousand words with everything that articles are made of.
fn article(number: usize) -> String {
    let mut text = String::new();
    for section in 1..8 {
        let _ = writeln!(text, "## Part {section} of {number}\n");
        for paragraph in 0..3 {
            let _ = writeln!(
                text,
                "A *prepared* call takes {paragraph} minutes more and saves \"ten\": see [another one]({}.md). \
                 Ask what changed since spring, who would notice, and what happens if nothing is done. \
                 Write the answer down in **their** words, not in yours, before the next call begins.\n",
                format_args!("article-{}", (number + paragraph + section) % ARTICLES)
            );
        }
        text.push_str("- one\n- two\n- three\n\n| a | b |\n|---|--:|\n| `c` | 1 |\n\n> Words to say.\n\n");
    }
    text
}

fn project() -> MemoryProject {
    let config = "title: Bench\nbase_url: https://example.org/\ntaxonomies: {tags: {}, category: {}}\n";
    let mut project = MemoryProject::new().with("ringback.yaml", config);
    for number in 0..ARTICLES {
        let day = 1 + number % 28;
        let front = format!(
            "---\ntitle: Article {number}\ndate: 2026-{:02}-{day:02}\ntags: [t{}, t{}]\ncategory: c{}\nstage: attract\n---\n",
            1 + number % 10,
            number % 17,
            number % 5,
            number % 3
        );
        project = project.with(&format!("content/insights/article-{number}.md"), front + &article(number));
    }
    project
}

fn options() -> Options {
    Options { edition: None, base_url: None, unpublished: Unpublished::Hide }
}

#[divan::bench]
fn parse_one_article(bencher: Bencher<'_, '_>) {
    let text = article(1);
    let options = markdown::Options::full("en");
    bencher.bench(|| markdown::parse(black_box(&text), 0, &options));
}

#[divan::bench]
fn load_site(bencher: Bencher<'_, '_>) {
    let project = project();
    bencher.bench(|| build::load(&project, &mut Diagnostics::new()).expect("it can be read"));
}

#[divan::bench]
fn link_site(bencher: Bencher<'_, '_>) {
    let project = project();
    let loaded = build::load(&project, &mut Diagnostics::new()).expect("it can be read");
    bencher.bench(|| {
        ringback::edition::linking::link(
            &project,
            &loaded,
            &EditionConfig::public(),
            &options(),
            &mut Diagnostics::new(),
        )
    });
}

#[divan::bench]
fn render_site(bencher: Bencher<'_, '_>) {
    let project = project();
    let loaded = build::load(&project, &mut Diagnostics::new()).expect("it can be read");
    let linked = ringback::edition::linking::link(
        &project,
        &loaded,
        &EditionConfig::public(),
        &options(),
        &mut Diagnostics::new(),
    );
    bencher.bench(|| {
        let sizes = linked
            .plan
            .iter()
            .map(|(_, artifact)| artifact::bytes(&project, &linked, artifact).expect("it renders").len());
        sizes.sum::<usize>()
    });
}
