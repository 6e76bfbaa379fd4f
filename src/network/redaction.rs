//! Addresses and answers without the secrets that may be in them: whoever sees a log must not be able to post.

/// Parts of a path are words, or numbers of versions, up to this length.
const WORD: usize = 20;

/// An address in which everything that could be a token is cut: `https://hooks.example/catch/123…/ab…`.
#[must_use]
pub fn url(url: &str) -> String {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let (before, query) = rest.split_once('?').map_or((rest, None), |(before, query)| (before, Some(query)));
    let (authority, path) = before.find('/').map_or((before, ""), |at| before.split_at(at));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let user = if host.len() < authority.len() { "…@" } else { "" };
    let path = path.split('/').map(part).collect::<Vec<_>>().join("/");
    let query = query.map(|query| {
        let names = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, "")) => format!("{name}="),
            Some((name, _)) => format!("{name}=…"),
            None => part(pair),
        });
        format!("?{}", names.collect::<Vec<_>>().join("&"))
    });
    format!("{scheme}{user}{host}{path}{}", query.unwrap_or_default())
}

fn part(part: &str) -> String {
    let has_digit = part.bytes().any(|byte| byte.is_ascii_digit());
    let length = part.chars().count();
    if length >= WORD || has_digit && length >= 6 {
        return part.chars().take(3).chain(['…']).collect();
    }
    part.to_string()
}

/// The beginning of an answer, on one line, with every word cut that is long enough for a key.
pub(crate) fn answer(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '=');
    for c in text.chars().chain([' ']) {
        if is_part(c) {
            word.push(c);
            continue;
        }
        let limit = if word.chars().count() >= 24 { 6 } else { usize::MAX };
        out.extend(word.chars().take(limit));
        if limit < usize::MAX {
            out.push('…');
        }
        word.clear();
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
        if out.chars().count() > 200 {
            return out.chars().take(200).chain(['…']).collect();
        }
    }
    out.trim().to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_could_be_a_token_is_cut() {
        for (url, shown) in [
            ("https://crm.example.org/leads", "https://crm.example.org/leads"),
            ("https://kim:word@crm.example.org/leads/", "https://…@crm.example.org/leads/"),
            (
                "https://hooks.zapier.com/hooks/catch/1234567/abcde1f/",
                "https://hooks.zapier.com/hooks/catch/123…/abc…/",
            ),
            ("https://hook.eu1.make.com/abcdefghijklmnopqrstuvwxyz", "https://hook.eu1.make.com/abc…"),
            ("https://x.example/a?token=abc&empty=#secret", "https://x.example/a?token=…&empty="),
            ("/v2/leads", "/v2/leads"),
        ] {
            assert_eq!(super::url(url), shown);
        }
        let webto = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8";
        assert_eq!(super::url(webto), "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=…");
    }

    #[test]
    fn keys_in_answers_are_cut() {
        let token = "eight-reasons.1.U79f8JmjH2t_cjWu3xF2DtWz1roA0Z-bzIuNdn3TAK0TzIIM";
        assert_eq!(
            super::answer(&format!("{{\"ok\":\n true, \"unlock\":\"{token}\"}}")),
            "{\"ok\": true, \"unlock\":\"eight-…\"}"
        );
        assert!(super::answer(&"a ".repeat(5000)).chars().count() <= 201);
    }
}
