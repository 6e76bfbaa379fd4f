//! Raw HTML that authors write: kept, but for their comments.

/// Appends `html` to `out` without its comments, which are notes of the author and not for readers. What looks like a
/// comment inside of `<script>`, `<style>` or `<textarea>` is none, and stays.
pub(super) fn without_comments(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let kept = if let Some(inner) = tag.strip_prefix("<!--") {
            rest = behind_comment(inner);
            continue;
        } else {
            raw_text_length(tag).unwrap_or(1)
        };
        out.push_str(&tag[..kept]);
        rest = &tag[kept..];
    }
    out.push_str(rest);
}

/// What follows a comment, given what follows its `<!--`. `<!-->` and `<!--->` are whole comments in HTML; one that
/// never ends takes everything.
fn behind_comment(inner: &str) -> &str {
    let short = inner.strip_prefix('>').or_else(|| inner.strip_prefix("->"));
    short.or_else(|| Some(inner.split_once("-->")?.1)).unwrap_or_default()
}

/// The length of an element at the start of `html` whose content isn't markup, up to its end tag.
fn raw_text_length(html: &str) -> Option<usize> {
    let ends = ["</script", "</style", "</textarea"];
    let end = ends.into_iter().find(|end| starts_with_ignoring_case(&html[1..], &end[2..]))?;
    let at = html.char_indices().find(|(at, c)| *c == '<' && starts_with_ignoring_case(&html[*at..], end));
    Some(at.map_or(html.len(), |(at, _)| at + 1))
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go() {
        for (html, expected) in [
            ("<b>å</b>", "<b>å</b>"),
            ("a<!-- x -->b<!--y-->c", "abc"),
            ("a<!-->b<!--->c", "abc"),
            ("a<!-- never ends", "a"),
            ("<script>x = '<!-- y -->'</script><!-- z -->", "<script>x = '<!-- y -->'</script>"),
            ("<STYLE>é<!-- y --></Style>", "<STYLE>é<!-- y --></Style>"),
            ("<style>é<!-- y -->", "<style>é<!-- y -->"),
            ("<", "<"),
            ("<é", "<é"),
        ] {
            let mut out = String::new();
            without_comments(html, &mut out);
            assert_eq!(out, expected, "{html}");
        }
    }
}
