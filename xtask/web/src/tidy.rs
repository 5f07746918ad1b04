//! Drops what a reader of the source needs and a browser does not: indentation, blank lines, lines of comment.

/// Which comments a text has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `// …` and `/* … */`; must have no string that spans lines.
    Script,
    /// `/* … */`
    Style,
}

/// Drops indentation, blank lines and comments that have their lines to themselves.
pub fn tidy(text: &str, language: Language) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        if in_comment {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.starts_with("/*") {
            match line.find("*/") {
                Some(close) if close + 2 == line.len() => continue,
                Some(_) => {}
                None => {
                    in_comment = true;
                    continue;
                }
            }
        }
        if line.is_empty() || (language == Language::Script && line.starts_with("//")) {
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_code_and_drops_comment_lines() {
        let script =
            "// why\n/**\n * doc\n */\nfunction f() {\n  return '//x'; // stays\n}\n\n/* one */\n/* a */ g();\n";
        assert_eq!(tidy(script, Language::Script), "function f() {\nreturn '//x'; // stays\n}\n/* a */ g();\n");
    }

    #[test]
    fn a_style_sheet_has_no_line_comments() {
        assert_eq!(tidy("a {\n  /* b */\n  //c: d;\n}\n", Language::Style), "a {\n//c: d;\n}\n");
    }
}
