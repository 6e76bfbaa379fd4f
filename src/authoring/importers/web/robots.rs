//! What a site allows programs to fetch: `robots.txt` (RFC 9309).

use crate::encode::percent;

/// The name by which a site may speak to us.
pub(super) const NAME: &str = "ringback";

/// What a site allows programs to fetch, and how often.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Robots {
    /// Patterns of paths, and whether they are open.
    rules: Vec<(String, Rule)>,
    /// Seconds that the site wants between two requests.
    pub(super) delay: Option<f64>,
    /// The addresses of its sitemaps, absolute.
    pub(super) sitemaps: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    Closed,
    Open,
}

impl Robots {
    /// Reads a file. What is meant for us counts, else what is meant for all.
    pub(super) fn read(text: &str) -> Self {
        let mut all = Self::default();
        let mut ours = Self::default();
        let mut sitemaps = Vec::new();
        let (mut for_us, mut for_all, mut has_us) = (false, false, false);
        let mut was_agent = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !was_agent {
                    (for_us, for_all) = (false, false);
                }
                for_us |= value.to_ascii_lowercase().contains(NAME);
                for_all |= value == "*";
                has_us |= for_us;
                was_agent = true;
                continue;
            }
            if key == "sitemap" {
                sitemaps.push(value.to_string());
                continue;
            }
            was_agent = false;
            let groups = [(for_us, &mut ours), (for_all, &mut all)];
            for (_, group) in groups.into_iter().filter(|(is_meant, _)| *is_meant) {
                match key.as_str() {
                    "disallow" if !value.is_empty() => group.rules.push((value.to_string(), Rule::Closed)),
                    "allow" if !value.is_empty() => group.rules.push((value.to_string(), Rule::Open)),
                    "crawl-delay" => group.delay = value.parse().ok().filter(|seconds: &f64| *seconds >= 0.0),
                    _ => {}
                }
            }
        }
        Self { sitemaps, ..if has_us { ours } else { all } }
    }

    /// May a path be fetched? The longest pattern that fits decides; of two, the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, path));
        fitting
            .max_by_key(|(pattern, rule)| (pattern.len(), *rule))
            .is_none_or(|(_, rule)| *rule == Rule::Open)
    }
}

/// Does a pattern fit the beginning of a path? `*` is anything, `$` the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (percent::decode(pattern), percent::decode(path));
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(bare) => (bare, true),
        None => (&*pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if is_whole && index + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !is_whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            "# hello\nUser-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*.pdf$\nDisallow: /*?s=\nCrawl-delay: 2\nSitemap: https://old.example/map.xml\n",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf.html", true),
            ("/a?s=x", false),
            ("/%70rivate/", false),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(
            (robots.delay, robots.sitemaps.as_slice()),
            (Some(2.0), ["https://old.example/map.xml".to_string()].as_slice())
        );
        let ours = Robots::read(
            "User-agent: a\nUser-agent: Ringback-import\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n",
        );
        assert!(ours.allows("/y") && !ours.allows("/x"));
        assert!(Robots::read("").allows("/"));
        assert!(Robots::read("User-agent: *\nDisallow:\n").allows("/"));
    }
}
