//! Boxes as we write them, and code, in which nothing is one.

/// Follows fences of code line by line.
#[derive(Default)]
pub(super) struct Fences {
    open: Option<String>,
}

impl Fences {
    /// Is this line in code, or a fence?
    pub(super) fn is_code(&mut self, line: &str) -> bool {
        let bare = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| bare.starts_with(sign));
        match (&self.open, sign) {
            (None, Some(sign)) => {
                let length = bare.len() - bare.trim_start_matches(&sign[..1]).len();
                self.open = Some(bare[..length].to_string());
                true
            }
            (Some(open), _) => {
                let rest = bare.trim_end();
                if rest.starts_with(open.as_str()) && rest.trim_start_matches(&open[..1]).is_empty() {
                    self.open = None;
                }
                true
            }
            (None, None) => false,
        }
    }
}

/// The kind of a box as we call it.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "note" | "info" | "seealso" | "secondary" => "note",
        "tip" | "hint" | "success" | "check" | "done" => "tip",
        "important" | "attention" => "important",
        "warning" => "warning",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "caution",
        "abstract" | "summary" | "tldr" => "note",
        "example" => "example",
        "question" | "help" | "faq" | "details" => "question",
        "quote" | "cite" => "quote",
        _ => return None,
    })
}

/// A box as a callout of ours: `fold` is empty, `+` or `-`, and `inner` are its lines.
pub(super) fn boxed(kind: &str, fold: &str, title: &str, inner: &[String]) -> String {
    let mut out = format!("> [!{kind}]{fold} {title}").trim_end().to_string();
    out.push('\n');
    // A quotation has empty lines inside it, and none at its ends.
    let from = inner.iter().position(|line| !line.trim().is_empty()).unwrap_or(inner.len());
    let to = inner.iter().rposition(|line| !line.trim().is_empty()).map_or(from, |at| at + 1);
    for line in &inner[from..to] {
        out.push_str(format!("> {line}").trim_end());
        out.push('\n');
    }
    out
}
