//! `customers:`, the site's list of customers, and whether they agree to be quoted.

use jiff::civil::Date;

use crate::diag::Code;
use crate::yaml::{Node, Reader, Spanned};

/// A customer whom the site names, and whose people it may quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The name of the customer, as testimonials write it.
    pub name: Spanned<String>,
    /// The day on which they agreed to be quoted; `None` if they haven't.
    pub consent: Option<Date>,
    /// The last day for which that is true, if there is one.
    pub until: Option<Date>,
}

impl Customer {
    /// Is it they who are called so? Capitals and spaces make no difference.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        plain(&self.name.value) == plain(name)
    }
}

/// Reads the list: each customer under their name.
pub(super) fn customers(node: &Node, reader: &mut Reader<'_>) -> Vec<Customer> {
    let entries = reader.entries(node).unwrap_or_default();
    entries.iter().filter_map(|(name, node)| customer((name, node), reader)).collect()
}

fn customer((name, node): (&Spanned<String>, &Node), reader: &mut Reader<'_>) -> Option<Customer> {
    let mut fields = reader.fields(node)?;
    let consent = fields.take("consent").and_then(|node| reader.date(node));
    let until = fields.take("until");
    let last = until.and_then(|node| reader.date(node));
    if let (Some(until), Some(last)) = (until, last)
        && consent.is_none_or(|first| last < first)
    {
        let message = "`until` is the last day of a consent, so it needs `consent`, an earlier day";
        reader.report(Code::InvalidValue, until.span, message);
    }
    fields.finish("a customer", [], reader);
    Some(Customer { name: name.clone(), consent, until: last })
}
