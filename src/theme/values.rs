//! How views become what templates read: the only module, beside the engine with its filters, that knows the values of
//! Tera. A view is a `struct` whose fields are the names in the template.

use std::marker::PhantomData;

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Value};

/// HTML that templates write as it is.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Html(Value);

impl Html {
    /// Takes HTML that is complete and escaped.
    #[must_use]
    pub fn new(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// The HTML, or `None` where it is empty.
    #[must_use]
    pub fn or_none(html: &str) -> Option<Self> {
        (!html.is_empty()).then(|| Self::new(html))
    }
}

/// A view of the type `T` that many pages show: converted once, and cheap to clone.
#[derive(Debug, Serialize)]
#[serde(transparent, bound = "")]
pub struct Shared<T> {
    value: Value,
    #[serde(skip)]
    of: PhantomData<fn() -> T>,
}

impl<T> Shared<T> {
    /// Converts a view. It is a `T` that may borrow for a shorter time than `T` says.
    #[must_use]
    pub fn new(view: &impl Serialize) -> Self {
        Self { value: Value::from_serializable(view), of: PhantomData }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), of: PhantomData }
    }
}

/// All values that a template reads, by name.
#[derive(Debug, Default)]
pub struct Values(Context);

impl Values {
    /// The fields of a view.
    #[must_use]
    pub fn new(view: &impl Serialize) -> Self {
        Self::default().with(view)
    }

    /// Adds the fields of another view; where both have one of the same name, the later one holds.
    #[must_use]
    pub fn with(mut self, view: &impl Serialize) -> Self {
        for (name, value) in Value::from_serializable(view).into_map().unwrap_or_default() {
            match name {
                Key::Str(name) => self.0.insert_value(name, value),
                name => self.0.insert_value(name.to_string(), value),
            }
        }
        self
    }

    /// As the engine takes them.
    pub(super) fn context(&self) -> &Context {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Inner<'a> {
        text: &'a str,
    }

    #[derive(Serialize)]
    struct Outer<'a> {
        html: Html,
        none: Option<Html>,
        shared: Vec<Shared<Inner<'static>>>,
        number: usize,
        plain: &'a str,
    }

    #[test]
    fn html_stays_html_and_text_is_escaped() {
        let word = String::from("<i>");
        let shared = Shared::new(&Inner { text: &word });
        let view = Outer {
            html: Html::new("<b>"),
            none: Html::or_none(""),
            shared: vec![shared.clone(), shared],
            number: 3,
            plain: &word,
        };
        let mut tera = tera::Tera::new();
        let template = "{{ html }}{{ number }}{{ plain }}{% for one in shared %}{{ one.text }}{% endfor %}{% if none %}!{% endif %}{{ more }}";
        tera.add_raw_template("t.html", template).unwrap();
        #[derive(Serialize)]
        struct More {
            more: bool,
            number: u8,
        }
        let values = Values::new(&view).with(&More { more: true, number: 4 });
        assert_eq!(tera.render("t.html", values.context()).unwrap(), "<b>4&lt;i&gt;&lt;i&gt;&lt;i&gt;true");
    }
}
