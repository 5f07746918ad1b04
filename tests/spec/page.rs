//! SPEC.md, taken apart.

const PAGE: &str = include_str!("../../SPEC.md");

/// A section's text, by its number.
pub fn section(number: usize) -> &'static str {
    let heading = format!("\n## {number}. ");
    let from = PAGE.find(&heading).expect("SPEC.md has this section") + heading.len();
    let rest = &PAGE[from..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

/// The fenced blocks of a section that are in this language.
pub fn blocks(number: usize, language: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut rest = section(number);
    while let Some((_, block)) = rest.split_once("\n```") {
        let (name, body) = block.split_once('\n').expect("a fence ends its line");
        let (body, after) = body.split_once("\n```").expect("a fence is closed");
        if name == language {
            found.push(body);
        }
        rest = after;
    }
    found
}

/// The rows of a section's table, without its head: cells without the spaces around them.
pub fn rows(number: usize) -> Vec<Vec<&'static str>> {
    let lines = section(number).lines().filter(|line| line.starts_with('|'));
    lines.skip(2).map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The words of a cell that stand in `code` quotes.
pub fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}
