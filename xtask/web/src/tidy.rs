//! Drops what a reader of the source needs and a browser does not: comments, and white space that separates nothing.
//!
//! Not a parser: it knows strings, templates, regular expressions and comments, keeps every line end that could end a
//! statement, and renames nothing. A template inside a template it does not know.

/// What a text is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// JavaScript
    Script,
    /// CSS
    Style,
}

/// Drops comments, and white space that separates nothing.
pub fn tidy(text: &str, language: Language) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut gap = None;
    while let Some(first) = rest.chars().next() {
        let space = rest.len() - rest.trim_start().len();
        let comment = comment(rest, language);
        if space + comment > 0 {
            let lines = rest[..space].contains('\n') || rest.starts_with("//");
            gap = Some(if lines || gap == Some('\n') { '\n' } else { ' ' });
            rest = &rest[space + comment..];
            continue;
        }
        let before = kept.chars().next_back();
        if let (Some(gap), Some(before)) = (gap.take(), before) {
            match language {
                Language::Script => kept.extend(separates(gap, before, first).then_some(gap)),
                Language::Style => kept.extend(separates_in_style(before, first).then_some(' ')),
            }
        }
        let verbatim = match first {
            '"' | '\'' => until(rest, first),
            '`' if language == Language::Script => until(rest, first),
            '/' if language == Language::Script && kept.trim_end().ends_with(BEFORE_PATTERN) => pattern(rest),
            _ => first.len_utf8(),
        };
        if language == Language::Style && first == '}' && kept.ends_with(';') {
            kept.pop();
        }
        kept.push_str(&rest[..verbatim]);
        rest = &rest[verbatim..];
    }
    kept
}

/// The length of the comment that a text begins with.
fn comment(text: &str, language: Language) -> usize {
    if let Some(inside) = text.strip_prefix("/*") {
        inside.find("*/").map_or(text.len(), |at| at + 4)
    } else if language == Language::Script && text.starts_with("//") {
        text.find('\n').unwrap_or(text.len())
    } else {
        0
    }
}

/// After these a slash begins a regular expression; elsewhere it divides.
const BEFORE_PATTERN: [char; 11] = ['(', ',', '=', ':', '[', '!', '&', '|', '?', '{', ';'];

/// The length of the regular expression that a text begins with, without its flags.
fn pattern(text: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the string that a text begins with.
fn until(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

const fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$') || !letter.is_ascii()
}

/// Whether white space between two letters of a script means anything.
fn separates(gap: char, before: char, after: char) -> bool {
    let words = is_word(before) && is_word(after);
    let signs = before == after && matches!(before, '+' | '-');
    // No statement ends before, or begins after, one of these.
    let goes_on = "{[(,;=:?&|<>*".contains(before) || "}]),;=:?&|<>*.".contains(after);
    words || signs || (gap == '\n' && !goes_on)
}

/// Whether white space between two letters of a style sheet means anything: between selectors and between values it does.
fn separates_in_style(before: char, after: char) -> bool {
    !"{};,:>".contains(before) && !"{};,>".contains(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_code_and_drops_comments() {
        let script =
            "// why\n/**\n * doc\n */\nfunction f() {\n  return '//x'; // gone\n}\n\n/* one */\n/* a */ g();\n";
        assert_eq!(tidy(script, Language::Script), "function f(){return'//x';}\ng();");
    }

    #[test]
    fn a_statement_that_ends_with_its_line_still_does() {
        let script = "let a = 1\nlet b = a\n++b\nreturn\n(c)\nconst d = () => {}\nd\n";
        assert_eq!(tidy(script, Language::Script), "let a=1\nlet b=a\n++b\nreturn\n(c)\nconst d=()=>{}\nd");
        assert_eq!(tidy("f()\n  .then(a,\n  b)", Language::Script), "f().then(a,b)");
    }

    #[test]
    fn what_is_quoted_stays_as_it_is() {
        for quoted in [r#"" a  // b ""#, r"' \' /* '", "`a\n  ${b}  c`", r"/[/ ]  \/ \w+/"] {
            assert_eq!(tidy(&format!("x = {quoted} ;"), Language::Script), format!("x={quoted};"));
        }
        assert_eq!(tidy("a / b / c", Language::Script), "a/b/c");
        assert_eq!(tidy("a + +b - -c", Language::Script), "a+ +b- -c");
    }

    #[test]
    fn a_style_sheet_keeps_what_separates() {
        let style = "/* a */\n.a  .b > c, d:not(:empty) {\n  margin: 0 -1px; /* b */\n  content: \" · \";\n}\n";
        assert_eq!(tidy(style, Language::Style), ".a .b>c,d:not(:empty){margin:0 -1px;content:\" · \"}");
        let media = "@media (min-width: 40rem) and (a) { p + p { width: calc(1px + 2px) !important; } }";
        assert_eq!(
            tidy(media, Language::Style),
            "@media (min-width:40rem) and (a){p + p{width:calc(1px + 2px) !important}}"
        );
        assert_eq!(tidy("a {\n  //c: d;\n}\n", Language::Style), "a{//c:d}", "no comment");
    }
}
