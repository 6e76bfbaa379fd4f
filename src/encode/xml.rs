//! XML, for feeds and sitemaps: quick-xml's writer, without the characters that XML 1.0 has no way to say.
//!
//! [`document`] makes a whole document; in its closure, [`Xml`] writes the elements.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// What goes wrong when a [`Vec`] is written to: nothing.
const VEC: &str = "a vector takes all that is written to it";

/// Attributes of an element: name and value, not escaped.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document that is being written.
pub struct Xml(Writer<Vec<u8>>);

/// A document whose root element is `root`; `content` writes what stands in it.
#[must_use]
pub fn document(root: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 1));
    xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    xml.element(root, attributes, content);
    let mut bytes = xml.0.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("only text was written")
}

impl Xml {
    /// An element with others in it.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.write(Event::Start(start(name, attributes)));
        content(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with text in it.
    pub fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.write(Event::Start(start(name, attributes)));
        self.write(Event::Text(BytesText::new(&clean(text))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect(VEC);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, clean(value).as_ref()));
    }
    start
}

/// The text without what is no character of XML 1.0 (its production 2): one of them and no reader opens the file.
fn clean(text: &str) -> Cow<'_, str> {
    let is_char =
        |c: char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_char) {
        Cow::Borrowed(text)
    } else {
        text.chars().filter(|c| is_char(*c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_escaped_and_clean() {
        let made = document("a", &[("b", "\"<&>'\u{1}\n")], |xml| {
            xml.text("c", &[], "x < y & z\u{0}\u{b}\u{ffff}\n\u{1f600}");
            xml.element("d", &[], |xml| xml.empty("e", &[("f", "å")]));
        });
        let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
            <a b=\"&quot;&lt;&amp;&gt;&apos;&#10;\">\n <c>x &lt; y &amp; z\n\u{1f600}</c>\n <d>\n  <e f=\"å\"/>\n </d>\n</a>\n";
        assert_eq!(made, expected);
    }
}
