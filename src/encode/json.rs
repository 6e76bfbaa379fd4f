//! JSON as a text (RFC 8259), on one line.

use serde::Serialize;

/// The value as JSON. Inside of a script element, it is [`super::script::json`] that is right.
///
/// # Panics
///
/// When the value has maps whose keys are no texts, which JSON can't have. No type of ringback has such maps, so that
/// whoever makes a file needn't ask.
#[must_use]
pub fn text(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("JSON: its keys are texts")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn texts_lists_and_maps_are_json() {
        assert_eq!(text(&BTreeMap::from([("a\n", vec![Some("</b>"), None])])), r#"{"a\n":["</b>",null]}"#);
        assert_eq!(text("å"), "\"å\"");
    }
}
