use super::*;
use crate::content::markdown::{Options, parse};

fn messages(kind: PageKind, text: &str) -> Vec<(Code, String)> {
    let body = parse(text, 0, &Options::full("en"));
    let mut out = Diagnostics::new();
    check(("a.md", kind), text, &body, &mut out);
    let marked = |problem: Diagnostic| {
        let span = problem.place.and_then(|place| place.span).unwrap_or_default();
        (problem.code, text[span.range()].to_string())
    };
    out.sorted().into_iter().map(marked).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: what is read, and what it has to come to")]
fn what_was_meant_as_markdown_is_told_where_it_is() {
    for (text, marked) in [
        ("##Terms\n", "##"),
        ("Text.\r\n\r\n##\u{a0}Delivery\r\n", "##\u{a0}"),
        ("#\u{a0}Delivery\n", "#\u{a0}"),
        ("######\u{a0} Delivery\n", "######\u{a0} "),
        ("#Terms and conditions\n", "#"),
        ("#Terms\n", "#"),
        ("##**Terms**\n", "##"),
        ("####### Terms\n", "#######"),
        ("- item\n\n  ###Ämne\n", "###"),
        ("> ##Citat\n", "##"),
        ("Text\n##Terms\n", "##"),
        ("-\u{a0}One\n", "-\u{a0}"),
        ("1.\u{a0}One\n", "1.\u{a0}"),
        ("• One\n", "• "),
        ("Steps:\n-one\n-two\n-three\n", "-"),
        ("Steps:\n2. one\n3. two\n", "2. "),
        ("| a | b |\n| 1 | 2 |\n", "| "),
        ("[ ] Call Anna\n", "[ ]"),
        ("[] Call Anna\n", "[]"),
        ("-[ ] Call Anna\n", "-[ ]"),
        ("- [] Call Anna\n", "[]"),
        ("Text\n[x] Done\n", "[x]"),
        ("See [[the “new” \"list\"]].\n", "[[the “new” \"list\"]]"),
        ("![[Page]]\n", "[[Page]]"),
        ("[*call*](tel:+46 8 123 45)\n", "tel:+46 8 123 45"),
        ("![it's](my photo.jpg)\n", "my photo.jpg"),
        ("[f](my file.pdf \"Title\")\n", "my file.pdf"),
        ("[a](b c)\n", "b c"),
        ("[call][1]\n\n[1]: tel:+46 8 123\n", "[call][1]"),
        ("<tel:+46 8 123>\n", "tel:+46 8 123"),
        ("[words] (https://fjord.example/)\n", " "),
        ("(words)[prices.md]\n", "(words)[prices.md]"),
        ("> Hello.\n    2. Second\n", "2. Second"),
        ("> Hello.\n    - Second\n", "- Second"),
        ("> Hello.\n→ on\n", "→ on"),
        ("[!NOTE] Ask first\n", "[!NOTE]"),
        ("[!INFO] Ask first\n", "[!INFO]"),
        ("A ** bold** word\n", "**"),
        ("**Open to the end\n", "**"),
        ("It is ==marked==.\n", "==marked=="),
        ("A note[^1] and more^[x]\n", "[^1]"),
        ("A note^[inline].\n", "^[inline]"),
        ("See [the list](prices.md\n", "[the list]("),
        ("[List](prices.md \"Ours) more\n", "[List]("),
        ("The [`list`][] of prices\n", "[`list`][]"),
        ("Tick here: [ ]\n", "[ ]"),
        ("| A | [ ] |\n|---|---|\n| b | c |\n", "[ ]"),
        ("[ ]Call Anna\n", "[ ]"),
        ("- [-] Given up\n", "[-]"),
        ("· One\n", "· "),
        ("a. One\nb. Two\n", "a."),
        ("o One\no Two\n", "o "),
        ("Ask => listen\n", "=>"),
        ("Ask --> listen\n", "-->"),
        ("Ask –> listen\n", "–>"),
        ("Some `code without end\n", "`"),
        ("A *** long *** word\n", "***"),
        ("![A desk|300x200](desk.png)\n", "|300x200"),
        ("Text.\n\n```js\nlet a;\n\nText.\n", "```js"),
        ("Text.\n\n---\ntitle: Again\n---\n", "title: Again"),
    ] {
        let found = messages(PageKind::Insight, text);
        assert_eq!(found.first(), Some(&(Code::AlmostMarkdown, marked.to_string())), "{text} {found:?}");
    }
}

#[test]
fn what_is_left_of_other_programs_and_of_drafts_is_told() {
    for text in [
        "{% include a.html %}\n",
        "- {{< youtube abc >}}\n",
        "{{<figure src=\"a.png\">}}\n",
        "{{% notice %}}\n",
        "Hi {{ page.title }}\n",
        "{: .lead }\n",
        "[gallery ids=\"1,2\"]\n",
        "[caption id=\"x\" align=\"left\"]\n",
        "Text [/caption]\n",
        "[vc_row]\n",
        "[TOC]\n",
        "[[_TOC_]]\n",
        ":::note\n",
        "!!! warning \"Ask\"\n",
        "%%only for me%%\n",
        "Hi *|FNAME|*!\n",
        "{{/* ask Kim */}}\n",
        "{/* ask Kim */}\n",
        "{{#if member}} yes\n",
        "Hi {$name},\n",
        "{{cta('1')}}\n",
        "<% tp.date.now() %>\n",
        "[recent_posts]\n",
        "It is so [@berg2020].\n",
        "A text with a name. ^abc123\n",
        ".. note:: Words\n",
        "import Chart from '../chart'\n",
        "Term\n: What it is\n",
        "*[HTML]: Hypertext\n",
        "status:: open\n",
        "- id:: 1234\n",
        "%%\nfor me\n",
    ] {
        let found = messages(PageKind::Insight, text);
        assert!(found.len() == 1 && found[0].0 == Code::LeftOver, "{text} {found:?}");
    }
    for text in [
        "Hej [Förnamn],\n",
        "> Hi (first name)!\n",
        "Hei (fornavn),\n",
        "Hei [kundens navn]\n",
        "Hej {företag}\n",
        "Hej <företag>\n",
        "Hej %FIRST_NAME%, it rose by 5 % and 20%\n",
        "TODO: more\n",
        "It costs XXX.\n",
        "Lorem ipsum dolor\n",
    ] {
        let found = messages(PageKind::Script, text);
        assert!(found.len() == 1 && found[0].0 == Code::Placeholder, "{text} {found:?}");
    }
    assert_eq!(
        messages(PageKind::Insight, "Hi {{first_name}}\n"),
        [(Code::Placeholder, "{{first_name}}".into())]
    );
}

#[test]
fn codes_of_emoji_are_told_with_the_character() {
    let fixed = |text: &str| {
        let body = parse(text, 0, &Options::full("en"));
        let mut out = Diagnostics::new();
        check(("a.md", PageKind::Insight), text, &body, &mut out);
        let fixes = out.sorted().into_iter().flat_map(|problem| problem.fix);
        fixes.map(|fix| format!("{} → {}", fix.old, fix.new)).collect::<Vec<_>>()
    };
    assert_eq!(fixed("We are live :rocket:!\n"), [":rocket: → 🚀"]);
    assert_eq!(fixed(":+1: (:heavy_check_mark:)\n"), [":+1: → 👍", ":heavy_check_mark: → ✔️"]);
    assert_eq!(fixed("- :fire::fire: **:100:**\n"), [":fire: → 🔥", ":fire: → 🔥", ":100: → 💯"]);
    assert_eq!(fixed("## Launch :x:\n"), [":x: → ❌"]);
    assert_eq!(fixed(":wave::skin-tone-2:\n"), [":wave: → 👋"]);
    // What nobody knows is told without one.
    assert_eq!(
        messages(PageKind::Insight, "Yes :party_parrot: yes\n"),
        [(Code::AlmostMarkdown, ":party_parrot:".into())]
    );
    for text in [
        "At 9:30:15 or 10:100:20, CRM:et: och EU:s, a:b:c, 1:1:1\n",
        "https://a.example:8080:rocket: and std::fire::x and :rocket:s\n",
        "Options: :a:, :unknown: : fire : and :Rocket: and `:rocket:` \\:rocket:\n",
        "<span title=\":rocket:\">x</span> [form:ring-me-back]\n",
        "```\n:rocket:\n```\n",
    ] {
        assert_eq!(messages(PageKind::Insight, text), [], "{text}");
    }
}

#[test]
fn formulas_commands_and_diagrams_are_told() {
    for (text, marked) in [
        ("It is $x^2 + 1$.\n", "$x^2 + 1$"),
        ("$n$ calls\n", "$n$"),
        ("So $a = b$ and 5.\n", "$a = b$"),
        ("We emit $CO_2$\n", "$CO_2$"),
        ("$\\frac{a}{b}$\n", "$\\frac{a}{b}$"),
        ("$$ E = mc^2 $$\n", "$$ E = mc^2 $$"),
        ("$$\n\\sum_{i=1}^n *x*\n$$\n", "$$\n\\sum_{i=1}^n *x*\n$$"),
        ("$a*b*c$ and\n", "$a*b*c$"),
        ("Then \\(x^2\\) is\n", "\\(x^2\\)"),
        ("\\[\n\\alpha + 1\n\\]\n", "\\[\n\\alpha + 1\n\\]"),
        ("A \\textbf{bold} word\n", "\\textbf{bold}"),
        ("\\section*{One}\n", "\\section*{One}"),
        ("A \\rightarrow B\n", "\\rightarrow"),
        ("\\includegraphics[width=3cm]{a.png}\n", "\\includegraphics[width=3cm]{a.png}"),
        ("```mermaid\ngraph TD\n```\n", "mermaid"),
        ("- ~~~ {.mermaid}\n  x\n  ~~~\n", "mermaid"),
        ("```PlantUML\nx\n```\n", "PlantUML"),
        ("```math\nx^2\n```\n", "math"),
    ] {
        let found = messages(PageKind::Insight, text);
        assert_eq!(found, [(Code::LeftOver, marked.to_string())], "{text}");
    }
    for text in [
        "From $5 to $10, or US$5/US$6, A$-B$, $5-$10, 5$ or 6$, $1,000/$2,000\n",
        "It costs $5 = 50 kr, or 10$. Price: $$ – $$$, $$ and $$$\n",
        "In $m (or $k), $HOME and $PATH, $first_name$ and $FNAME$\n",
        "`$x^2$` and \\$x^2\\$ and ``\\alpha``\n\n```\n$$x = y$$\n\\frac{a}{b}\n```\n",
        "C:\\Users\\alpha and \\\\server\\item and \\alphabet, a\\times\n",
        "\\(or so\\) and \\[sic\\], \\[a](b)\n",
        "```text\nmermaid\n```\n\n```js {mermaid}\nx\n```\n",
        "$[a](b.md) = c$\n",
    ] {
        assert_eq!(messages(PageKind::Insight, text), [], "{text}");
    }
}

#[test]
fn bold_words_over_two_paragraphs_are_told_at_both_ends() {
    let stars = (Code::AlmostMarkdown, "**".to_string());
    assert_eq!(
        messages(PageKind::Insight, "Some **bold\n\nwords** here, and free**.\n"),
        [stars.clone(), stars]
    );
}

#[test]
fn no_false_alarm() {
    for text in [
        "We are #1 and #sales is a hashtag\n#sales #crm\n",
        "#sales\n",
        "`##Terms` `{% x %}` `[First name]` `TODO`\n\n```\n##Terms\n[ ] x\n{{< x >}}\nXXX\n- x\n```\n",
        "    ##Terms in code\n",
        "\\##Terms\n\n\\[First name]\n\n\\[[a \"b\"]] \\[a](b c) \\{{x.y}}\n",
        "- [ ] a task\n- [x] another\n",
        "[First name][1] and [name](a.md)\n\n[1]: b.md\n",
        "A [note] (see below) and f(x) [1] {a}\n",
        "> Wrapped\nwithout a mark.\n\n1. one\n2. two\n",
        "> a\n> 2. b\n> → c\n",
        "> Hello.\n2. Second\n",
        "MAXXX and TODOs\n",
        "It costs\n12. That is all.\n",
        "– Hej, sa hon.\n– Hej.\n",
        "-5 degrees\n",
        "Free* and free** and 2**3 and a = b == c, 10 % of 5 %\n\n\\*\\* a note\n",
        "See [[Price list]] and [call](tel:+46 8 1) at a@b.example and https://a.example/[x].\n",
        "![[photo.png]]\n\n![a TODO](photo.png)\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "A note[^1]\n\n[^1]: Text.\n",
        "<div>\n##Terms [First name] {{x.y}}\n</div>\n",
        "Yes/no [x] and [sic] and (Anna) [b].\n",
        "a. One only\n\nA. Berg\nB. Dahl\n",
        "Use `a` and ``b ` c`` and \\` and 2^10 and **** 1234 and x >= y, 1 > 0\n",
        "std::vector is a class\n\nRatio 3:1: fine\n",
        "import duties from Norway\n",
        "list[i][] and [a-b] and [first_] and snake_case\n",
        "```\na => b\n```\n\n- ~~~\n  x\n  ~~~\n\n> ```\n> x\n> ```\n\nText.\n",
        "A rule\n\n---\n\nWords: more\n---\n",
        "[A](a.md) (see [b](b.md \"B\")) and [c](<d e.md>)\n",
        "A \\=> b and a\\->b and x->y\n",
    ] {
        assert_eq!(messages(PageKind::Insight, text), [], "{text}");
    }
    assert_eq!(messages(PageKind::Script, "Hi {{first_name}}, this is {{ company }}.\n"), []);
}

#[test]
fn a_line_of_signs_takes_no_longer_than_others() {
    for sign in [
        "[",
        "(",
        "{",
        "<",
        "[[a",
        "**",
        "==",
        "%%",
        "[ ] x\n",
        "-x\n",
        "](",
        "[a](b ",
        "[ ]",
        "=> ",
        "`` ` ",
        "![a|1](",
        "^a ",
        ":a",
        ":fire:",
        "$a",
        "$$\\n",
        "\\\\(a",
        "\\\\alpha{",
    ] {
        let text = sign.repeat(20_000);
        messages(PageKind::Insight, &text);
    }
}
