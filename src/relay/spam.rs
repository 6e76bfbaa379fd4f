//! Signs of spam: each is a number and a word in the lead, so that a person can see why it was kept back. None of them
//! throws a lead away.

use serde_json::Value;

/// Nobody fills in a form faster, in milliseconds.
const FAST: u64 = 1500;

/// So many links are in no question of a customer.
const LINKS: usize = 3;

/// So many leads in ten minutes are what people at one place send, also at a fair.
pub(super) const MANY: u32 = 20;

/// So many emails in ten minutes are what somebody needs who looks for the first one.
pub(super) const MANY_EMAILS: u32 = 3;

/// What more of them add to the score.
pub(super) const FLOOD: u32 = 5;

/// What it adds where a page hasn't done what its form asks of browsers.
pub(super) const NO_PROOF: u32 = 5;

/// What it adds where nobody gets mail at the host of an address.
pub(super) const NO_MAILBOX: u32 = 3;

/// What it adds where a page has been open since before its form was changed, and asks for something else. That is a
/// visitor's page.
pub(super) const OLDER_FORM: u32 = 1;

/// What it adds where the relay has never known the form that a page says it has. That may be a visitor's page, or a
/// program that doesn't want to be refused.
pub(super) const OTHER_FORM: u32 = 5;

/// The signs that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// The sum of the points of all signs.
    pub(super) score: u32,
    /// The names of the signs, in the order in which they were found.
    pub(super) names: Vec<&'static str>,
}

impl Signs {
    /// Adds a sign with its points.
    pub(super) fn add(&mut self, score: u32, name: &'static str) {
        self.score += score;
        self.names.push(name);
    }

    /// The names of the signs with spaces between them, as the store keeps them.
    pub(super) fn text(&self) -> String {
        self.names.join(" ")
    }
}

/// Looks for signs in a lead as `docs/lead.schema.json` has it.
pub(super) fn collect_signs(lead: &Value, signs: &mut Signs) {
    let fields = lead["data"]["fields"].as_object();
    let texts: Vec<&str> =
        fields.into_iter().flat_map(|fields| fields.values()).filter_map(Value::as_str).collect();
    let links: usize =
        texts.iter().map(|text| text.matches("http://").count() + text.matches("https://").count()).sum();
    if links >= LINKS {
        signs.add(3, "links");
    }
    let has_markup = |text: &&str| {
        ["<a ", "<a\n", "[url", "<script"].iter().any(|tag| text.to_ascii_lowercase().contains(tag))
    };
    if texts.iter().any(has_markup) {
        signs.add(3, "markup");
    }
    // The browser code says how long it took; what comes without it doesn't know.
    let elapsed = lead["data"]["meta"]["elapsed_ms"].as_u64();
    if lead["test"] != true && elapsed.is_some_and(|elapsed| elapsed > 0 && elapsed < FAST) {
        signs.add(5, "fast");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names(fields: Value, elapsed: u64) -> (u32, String) {
        let mut signs = Signs::default();
        collect_signs(&json!({"data": {"fields": fields, "meta": {"elapsed_ms": elapsed}}}), &mut signs);
        (signs.score, signs.text())
    }

    #[test]
    fn signs_are_counted_and_named() {
        assert_eq!(
            names(json!({"message": "Please call. See https://fjord.example/"}), 9000),
            (0, String::new())
        );
        assert_eq!(names(json!({"message": "http://a http://b https://c"}), 9000), (3, "links".into()));
        assert_eq!(names(json!({"message": "<A href=x>"}), 800), (8, "markup fast".into()));
        assert_eq!(names(json!({"n": 3}), 0), (0, String::new()));
    }
}
