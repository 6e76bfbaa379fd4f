//! Tables of HTML as those of GitHub's Markdown: a row of headings, and rows of cells without blocks.

use super::escape::WordContext;
use super::inlines;
use super::shape::runs;
use super::tree::{Element, Node};

/// A table whose first row has its headings.
///
/// # Errors
///
/// Why Markdown can't say it.
pub(super) fn table(element: &Element) -> Result<String, &'static str> {
    let rows = rows(&element.children)?;
    let (head, body) = rows.split_first().ok_or("an empty table")?;
    let is_bold = |cell: &&Element| {
        let mut parts = cell.children.iter().filter(|node| !node.is_blank());
        parts.next().is_none_or(|node| node.is("strong")) && parts.next().is_none()
    };
    let is_head = head.iter().all(|cell| cell.name == "th") || head.iter().all(is_bold);
    if !is_head {
        return Err("a table without a row of headings");
    }
    let width = head.len();
    if rows.iter().any(|row| row.len() != width) || width == 0 {
        return Err("a table with rows of different lengths");
    }
    let mut lines = vec![cells(head)?];
    let align = |cell: &&Element| match cell.attribute("align") {
        Some("right") => "--:",
        Some("center") => ":-:",
        Some("left") => ":--",
        _ => "---",
    };
    let first = body.first().unwrap_or(head);
    lines.push(format!("|{}|", first.iter().map(align).collect::<Vec<_>>().join("|")));
    for row in body {
        lines.push(cells(row)?);
    }
    Ok(lines.join("\n"))
}

/// The rows of a table that has nothing else.
fn rows(nodes: &[Node]) -> Result<Vec<Vec<&Element>>, &'static str> {
    let mut all = Vec::new();
    for node in nodes.iter().filter(|node| !node.is_blank()) {
        let element = node.element().ok_or("text in a table, outside of its cells")?;
        match element.name.as_str() {
            "thead" | "tbody" | "tfoot" if element.attributes.is_empty() => {
                all.extend(rows(&element.children)?)
            }
            "tr" if element.attributes.is_empty() => {
                let parts = element.children.iter().filter(|node| !node.is_blank());
                let cells: Option<Vec<&Element>> = parts.map(Node::element).collect();
                let cells = cells.ok_or("text in a table, outside of its cells")?;
                let is_plain = |cell: &&Element| cell.attributes.iter().all(|(name, _)| name == "align");
                if !cells.iter().all(is_plain) {
                    return Err("a table with cells over several columns or rows");
                }
                all.push(cells);
            }
            "colgroup" => {}
            _ => return Err("a table with a caption, or with other things in it"),
        }
    }
    Ok(all)
}

fn cells(row: &[&Element]) -> Result<String, &'static str> {
    let mut out = String::from("|");
    for cell in row {
        // One paragraph in a cell says nothing.
        let runs = runs(&cell.children);
        let line: &[Node] = match runs.as_slice() {
            [] => &[],
            [run] => match run.as_slice() {
                [Node::Element(element)] if element.name == "p" && element.attributes.is_empty() => {
                    &element.children
                }
                run => run,
            },
            _ => return Err("a table with blocks in its cells"),
        };
        let text = inlines::line(&inlines::tidy(line), WordContext::Cell)
            .ok_or("a table with blocks in its cells")?;
        out.push_str(&format!(" {text} |"));
    }
    Ok(out)
}
