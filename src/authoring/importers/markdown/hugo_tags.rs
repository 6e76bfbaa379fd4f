//! Hugo's own shortcodes, and boxes as most of its themes have them.

use super::shortcodes::Call;
use crate::authoring::markup::ImportNote;

/// What Hugo's own shortcodes stand for.
pub(super) fn builtin(call: &Call<'_>, _: &mut Vec<ImportNote>) -> Option<String> {
    let inner = call.inner.unwrap_or_default();
    Some(match call.name {
        "ref" | "relref" => format!("@/{}", call.any(&["path", "0"])?.trim_start_matches('/')),
        "figure" => {
            let alt = call.any(&["alt", "caption", "title"]).unwrap_or_default();
            let caption = call
                .any(&["caption", "title"])
                .map(|caption| format!(" \"{}\"", caption.replace('"', "\\\"")))
                .unwrap_or_default();
            let image = format!("![{}]({}{caption})", alt.replace(['[', ']'], ""), call.any(&["src", "0"])?);
            match call.any(&["link"]) {
                Some(link) => format!("[{image}]({link})"),
                None => image,
            }
        }
        "youtube" => format!("\n\nhttps://www.youtube.com/watch?v={}\n\n", call.any(&["id", "0"])?),
        "vimeo" => format!("\n\nhttps://vimeo.com/{}\n\n", call.any(&["id", "0"])?),
        "gist" => format!("https://gist.github.com/{}/{}", call.any(&["0"])?, call.any(&["1"])?),
        "tweet" | "x" | "twitter" | "twitter_simple" => {
            format!("https://x.com/{}/status/{}", call.any(&["user"])?, call.any(&["id"])?)
        }
        "instagram" => format!("https://www.instagram.com/p/{}/", call.any(&["0"])?),
        "highlight" => format!(
            "\n```{}\n{}\n```\n",
            call.any(&["0", "lang"]).unwrap_or_default(),
            inner.trim_matches('\n')
        ),
        "details" => {
            let title = call.any(&["summary", "title", "0"]).unwrap_or("Details");
            let text: String = inner.trim().lines().map(|line| format!("> {line}\n")).collect();
            format!("\n\n> [!note]- {title}\n{text}\n")
        }
        "notice" | "callout" | "alert" | "admonition" | "hint" if call.inner.is_some() => {
            let kind = call.any(&["type", "context", "0"]).unwrap_or("note").to_lowercase();
            let kind = if ["note", "tip", "warning", "important", "caution", "info", "danger", "hint"]
                .contains(&kind.as_str())
            {
                kind
            } else {
                "note".into()
            };
            let text: String = inner.trim().lines().map(|line| format!("> {line}\n")).collect();
            format!("\n\n> [!{kind}]\n{text}\n")
        }
        "comment" => String::new(),
        _ => return None,
    })
}
