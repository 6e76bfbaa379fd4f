//! A site's `_headers` file as hosts read it, so that pages are tested under the policy that they will have.

/// Rules: a pattern of paths, and its headers; of one that is taken away, no value.
pub(super) struct Headers(Vec<(String, Vec<(String, String)>)>);

impl Headers {
    /// Lines with a pattern, each followed by indented lines with headers.
    pub(super) fn parse(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            if !line.starts_with([' ', '\t']) {
                rules.push((line.trim().into(), Vec::new()));
                continue;
            }
            if let Some(taken) = line.trim().strip_prefix("! ") {
                let (_, headers) =
                    rules.last_mut().unwrap_or_else(|| panic!("_headers: no path above `{line}`"));
                headers.push((taken.into(), String::new()));
                continue;
            }
            let (name, value) =
                line.split_once(':').unwrap_or_else(|| panic!("_headers: `{line}` has no colon"));
            let (_, headers) = rules.last_mut().unwrap_or_else(|| panic!("_headers: no path above `{line}`"));
            headers.push((name.trim().into(), value.trim().into()));
        }
        Self(rules)
    }

    /// The headers of all rules that a path fits, without those that a later rule takes away.
    pub(super) fn of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let fitting = self.0.iter().filter(|(pattern, _)| fits(pattern, path));
        let mut found: Vec<(&str, &str)> = Vec::new();
        for (name, value) in fitting.flat_map(|(_, headers)| headers) {
            match value.as_str() {
                "" => found.retain(|(known, _)| known != name),
                value => found.push((name, value)),
            }
        }
        found.into_iter()
    }
}

/// `*` at the end stands for anything; ringback writes it nowhere else.
fn fits(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(path == pattern, |start| path.starts_with(start))
}

#[test]
fn all_rules_that_fit_a_path_apply() {
    let headers = Headers::parse("/*\n  A: 1: 2\n\n/assets/*\n  B: 3\n/x\n  C: 4\n");
    assert_eq!(headers.of("/assets/a").collect::<Vec<_>>(), [("A", "1: 2"), ("B", "3")]);
    assert_eq!(headers.of("/x").collect::<Vec<_>>(), [("A", "1: 2"), ("C", "4")]);
    let headers = Headers::parse("/*\n  A: 1\n\n/x/*\n  ! A\n  A: 2\n");
    assert_eq!(headers.of("/x/y").collect::<Vec<_>>(), [("A", "2")]);
    assert_eq!(headers.of("/y").collect::<Vec<_>>(), [("A", "1")]);
}
