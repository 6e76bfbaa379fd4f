//! Text in a message of a program in which a team talks: words that somebody wrote are neither links of their own wording
//! nor emphasis, and call nobody.

/// Slack reads these three signs, and marks of emphasis around words ("Formatting text for app surfaces").
#[must_use]
pub fn slack(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // A space of no width keeps a sign from being a mark.
    let is_mark = |c: char| "*_~`".contains(c);
    text.chars().flat_map(|c| [c, '\u{200b}'].into_iter().take(1 + usize::from(is_mark(c)))).collect()
}

/// Discord reads Markdown, in which a backslash takes a sign as it is ("Markdown Text 101").
#[must_use]
pub fn discord(text: &str) -> String {
    with_backslashes(text, "\\*_~`|>#[]()-<@")
}

/// Adaptive Cards, in which Teams shows messages, read links and emphasis of Markdown ("Text features").
#[must_use]
pub fn teams(text: &str) -> String {
    with_backslashes(text, "\\*_[]()`")
}

fn with_backslashes(text: &str, marks: &str) -> String {
    text.chars().flat_map(|c| ['\\', c].into_iter().skip(usize::from(!marks.contains(c)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_signs() {
        assert_eq!(slack("a & <!here> *b*"), "a &amp; &lt;!here&gt; *\u{200b}b*\u{200b}");
        assert_eq!(discord("@here *b* [x](y)"), "\\@here \\*b\\* \\[x\\]\\(y\\)");
        assert_eq!(teams("a\\b _c_ å"), "a\\\\b \\_c\\_ å");
    }
}
