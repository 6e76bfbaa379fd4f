//! Which files a script names: `import … from`, `export … from`, `import("…")` and `new URL("…", import.meta.url)`.

use std::ops::Range;

use super::lexer::{Kind, Token, tokens};

/// How a script names a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::theme) enum How {
    /// As a module that it is nothing without.
    Import,
    /// As a module that it may load.
    Dynamic,
    /// As a URL, of something that isn't a module.
    Url,
}

/// A name of a file in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::theme) struct Named {
    pub(super) how: How,
    /// What stands between the quotation marks.
    pub(in crate::theme) at: Range<usize>,
    /// All of the statement up to there, with its end, where it is one.
    pub(super) statement: Range<usize>,
    /// The tokens between `import` and `from`.
    pub(super) names: Vec<String>,
}

/// The files that a script names, in their order. A name with a backslash in it isn't read.
pub(in crate::theme) fn named(text: &str) -> Vec<Named> {
    // Most scripts are joined and name none; `new URL` is of interest with `import.meta.url` alone.
    if !text.contains("import") && !text.contains("export") {
        return Vec::new();
    }
    named_in(text, &tokens(text))
}

/// The same, of a script that has been cut into tokens.
pub(super) fn named_in(text: &str, tokens: &[Token]) -> Vec<Named> {
    let tokens: Vec<Token> = tokens.iter().filter(|token| token.kind != Kind::Comment).cloned().collect();
    let view = View { text, tokens: &tokens };
    let found = (0..tokens.len()).filter_map(|at| view.named(at));
    found.filter(|named| !text[named.at.clone()].contains('\\')).collect()
}

#[derive(Clone, Copy)]
struct View<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> View<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.at.clone()])
    }

    fn is_text(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Text)
    }

    /// The file that the token begins to name.
    fn named(&self, at: usize) -> Option<Named> {
        if self.tokens[at].kind != Kind::Word || at > 0 && self.word(at - 1) == "." {
            return None;
        }
        match self.word(at) {
            "import" if self.word(at + 1) == "(" && self.is_text(at + 2) => {
                let is_alone = matches!(self.word(at + 3), ")" | ",");
                is_alone.then(|| self.import(How::Dynamic, at, at + 2))
            }
            "import" | "export" if self.tokens[at].depth == 0 => self.statement(at),
            "new" if (1..3).all(|next| self.word(at + next) == ["URL", "("][next - 1]) => {
                let base = ["import", ".", "meta", ".", "url"];
                let is_ours = self.is_text(at + 3)
                    && self.word(at + 4) == ","
                    && base.iter().enumerate().all(|(index, word)| self.word(at + 5 + index) == *word);
                is_ours.then(|| self.import(How::Url, at, at + 3))
            }
            _ => None,
        }
    }

    fn statement(&self, at: usize) -> Option<Named> {
        if self.word(at) == "import" && self.is_text(at + 1) {
            return Some(self.import(How::Import, at, at + 1));
        }
        let mut next = at + 1;
        if self.word(at) == "export" && !matches!(self.word(next), "{" | "*") {
            return None;
        }
        while self.word(next) != "from" || !self.is_text(next + 1) {
            let token = self.tokens.get(next)?;
            let is_name = matches!(token.kind, Kind::Word | Kind::Text);
            if !is_name && !matches!(self.word(next), "{" | "}" | "," | "*") {
                return None;
            }
            next += 1;
        }
        Some(self.import(How::Import, at, next + 1))
    }

    fn import(&self, how: How, from: usize, text: usize) -> Named {
        let whole = &self.tokens[text].at;
        let end = match self.tokens.get(text + 1) {
            Some(next) if how == How::Import && self.word(text + 1) == ";" => next.at.end,
            _ => whole.end,
        };
        Named {
            how,
            at: whole.start + 1..whole.end.saturating_sub(1).max(whole.start + 1),
            statement: self.tokens[from].at.start..end,
            names: (from + 1..text).map(|at| self.word(at).to_string()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &str) -> Vec<(How, &str)> {
        named(text).into_iter().map(|named| (named.how, &text[named.at])).collect()
    }

    #[test]
    fn every_way_to_name_a_file_is_known() {
        let text = "import './a.js';import b, { c as d } from \"./b.js\"\nimport * as e from './e.js';\n\
                    export * from './f.js'; export { g as default } from './g.js';\n\
                    const h = () => import(\"./h.js\"), w = new Worker(new URL('./w.js', import.meta.url));";
        assert_eq!(
            import(text),
            [
                (How::Import, "./a.js"),
                (How::Import, "./b.js"),
                (How::Import, "./e.js"),
                (How::Import, "./f.js"),
                (How::Import, "./g.js"),
                (How::Dynamic, "./h.js"),
                (How::Url, "./w.js"),
            ]
        );
        assert_eq!(named(text)[1].names, ["b", ",", "{", "c", "as", "d", "}", "from"]);
        assert_eq!(&text[named(text)[0].statement.clone()], "import './a.js';");
    }

    #[test]
    fn what_only_looks_like_it_is_none() {
        let text = "// import './a.js'\nconst s = \"import './b.js'\", t = `import './c.js' ${x} from './d.js'`;\n\
                    o.import('./e.js'); import(y); import('./f' + y); import.meta.url; ({ import: './g.js' });\n\
                    export { s }; export const from = './h.js'; new URL('./i.js', base); /import '.\\/j.js'/.test(s);";
        assert_eq!(import(text), []);
    }
}
