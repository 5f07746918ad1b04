//! SPEC.md, taken apart.

/// All of it.
pub const PAGE: &str = include_str!("../../SPEC.md");

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

/// The rows of a section's tables, without their heads: cells without the spaces around them.
pub fn rows(number: usize) -> Vec<Vec<&'static str>> {
    let is_rule = |line: &str| line.starts_with("|---");
    let lines: Vec<&str> = section(number).lines().collect();
    let is_row = |at: usize, line: &str| {
        line.starts_with('|') && !is_rule(line) && !lines.get(at + 1).is_some_and(|next| is_rule(next))
    };
    let rows = lines.iter().enumerate().filter(|(at, line)| is_row(*at, line));
    // A row ends with a bar, and an empty cell may stand before it.
    let cells = |line: &'static str| line[1..].trim_end_matches('|').split('|').map(str::trim).collect();
    rows.map(|(_, line)| cells(line)).collect()
}

/// The words of a cell that stand in `code` quotes.
pub fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}
