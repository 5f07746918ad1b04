//! The figures asked for, and the lines that report them.

/// The group that `cargo xtask bench GROUP` asks for; all figures if it names none.
#[derive(Debug, Clone, Default)]
pub struct Wanted(String);

impl Wanted {
    /// As it stands in this program's arguments, besides cargo's own.
    #[must_use]
    pub fn from_arguments() -> Self {
        Self(std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default())
    }

    /// Whether a figure, or one below it, is asked for.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        lies_in(name, &self.0) || lies_in(&self.0, name)
    }
}

fn lies_in(name: &str, group: &str) -> bool {
    group.is_empty() || name.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What a figure is held to.
#[derive(Debug, Clone, Copy)]
pub struct AtMost {
    /// What the value divided by the limit may be.
    pub ratio: f64,
    /// The limit or peer, in the value's unit.
    pub of: f64,
}

/// Prints a figure as `cargo xtask bench` reads it.
pub fn report(name: &str, value: f64, unit: &str, held: Option<AtMost>) {
    let held = held.map(|AtMost { ratio, of }| serde_json::json!({"limit": of, "bound": {"at_most": ratio}}));
    println!("{}", serde_json::json!({"name": name, "value": value, "unit": unit, "held": held}));
}
