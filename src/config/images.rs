//! `images:`, in which types photographs are published besides those that everybody can show.

use std::time::Duration;

use super::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

/// What stands for as long as it takes.
const UNLIMITED: &str = "unlimited";

/// Nobody waits longer than this for a build.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// In which types photographs are published besides JPEG, PNG and WebP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Images {
    /// How long a build may make AVIF of them; `None` where there is none.
    pub avif: Option<AvifBudget>,
}

/// How long a build may make AVIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AvifBudget {
    /// So long; what is missing then is left to the next builds.
    Time(Duration),
    /// Until all images are there, however long that takes.
    Unlimited,
}

impl Parser<'_> {
    /// Reads `images: {avif: {budget: 60s}}`.
    pub(super) fn images(&mut self, node: &Node) -> Images {
        let mut images = Images::default();
        let Some(mut fields) = self.reader.fields(node) else { return images };
        if let Some(node) = fields.take("avif") {
            images.avif = self.avif(node);
        }
        fields.finish("`images`", [], &mut self.reader);
        images
    }

    fn avif(&mut self, node: &Node) -> Option<AvifBudget> {
        let mut fields = self.reader.fields(node)?;
        let budget = fields.require("budget", "`avif`", &mut self.reader);
        let budget = budget.and_then(|node| self.reader.text(node)).and_then(|text| self.budget(&text));
        fields.finish("`avif`", [], &mut self.reader);
        if cfg!(not(feature = "avif")) {
            let problem = Diagnostic::new(Code::InvalidValue, "this ringback was built without AVIF");
            let help = "remove `images`, or use a ringback that was built with its default features";
            self.reader.diagnostics.push(problem.at(FILE, node.span).help(help));
            return None;
        }
        budget
    }

    fn budget(&mut self, text: &Spanned<String>) -> Option<AvifBudget> {
        if text.value == UNLIMITED {
            return Some(AvifBudget::Unlimited);
        }
        let time = duration(&text.value).filter(|time| !time.is_zero() && *time <= LONGEST);
        if time.is_none() {
            let message = format!("`{}` isn't a time that a build can take", text.value);
            let help = "write seconds, minutes or hours, such as `60s`, `5m` or `1h`, or `unlimited`";
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, text.span);
            self.reader.diagnostics.push(problem.help(help));
        }
        time.map(AvifBudget::Time)
    }
}

/// `60s`, `5m`, `1h`.
fn duration(text: &str) -> Option<Duration> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds = match &text[number.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse::<u64>().ok().filter(|_| is_number)?;
    Some(Duration::from_secs(number.checked_mul(seconds)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_its_unit() {
        let seconds = |text: &str| duration(text).map(|time| time.as_secs());
        assert_eq!([seconds("60s"), seconds("5m"), seconds("1h")], [Some(60), Some(300), Some(3600)]);
        for wrong in ["", "s", "60", "1.5m", "-1s", "+1s", "1 m", "1d", "99999999999999999999s"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
        assert_eq!(seconds(&format!("{}h", u64::MAX)), None);
    }
}
