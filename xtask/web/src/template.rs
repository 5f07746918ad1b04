//! `{{name}}` in a text becomes what the name stands for.

use anyhow::{Result, bail};

/// Fills every placeholder of `text`; `value` says what each stands for.
///
/// # Errors
/// A placeholder that `value` does not know, and one that is not closed on its line, with the line's number.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        filled.push_str(&rest[..open]);
        let line = 1 + text[..text.len() - rest.len() + open].matches('\n').count();
        let inside = &rest[open + 2..];
        let Some(close) = inside.find("}}").filter(|&close| !inside[..close].contains('\n')) else {
            bail!("line {line}: `{{{{` is not closed on its line");
        };
        let name = &inside[..close];
        match value(name) {
            Some(value) => filled.push_str(&value),
            None => bail!("line {line}: nothing is called `{{{{{name}}}}}` here"),
        }
        rest = &inside[close + 2..];
    }
    filled.push_str(rest);
    Ok(filled)
}

/// `value` as it may stand between double quotes in HTML.
pub fn attribute(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_the_line_of_an_unknown_placeholder() {
        let error = fill("a\nb {{c}}", |_| None).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("{{c}}"), "{error}");
        assert!(fill("{{open\n}}", |_| Some(String::new())).is_err());
    }

    proptest! {
        #[test]
        fn puts_each_value_in_its_place(before in "[^{]*", value in ".*", after in "[^{]*") {
            let text = format!("{before}{{{{x}}}}{after}");
            let filled = fill(&text, |name| (name == "x").then(|| value.clone())).unwrap();
            prop_assert_eq!(filled, format!("{before}{value}{after}"));
        }

        #[test]
        fn attribute_never_ends_early(value in ".*") {
            prop_assert!(!attribute(&value).contains(['"', '<', '>']));
        }
    }
}
