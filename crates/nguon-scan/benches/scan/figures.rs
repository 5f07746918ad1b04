//! The figures asked for, and the lines that report them as `cargo xtask bench` reads them.

/// The group asked for; all figures if none is.
pub struct Wanted(String);

impl Wanted {
    pub fn from_arguments() -> Self {
        Self(std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default())
    }

    pub fn has(&self, name: &str) -> bool {
        lies_in(name, &self.0) || lies_in(&self.0, name)
    }
}

fn lies_in(name: &str, group: &str) -> bool {
    group.is_empty() || name.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A number that nothing is promised of.
pub fn report(name: &str, value: f64, unit: &str) {
    println!("{}", serde_json::json!({"name": name, "value": value, "unit": unit, "held": null}));
}

/// A number that must be at least as large as a peer's.
pub fn at_least(name: &str, value: f64, unit: &str, peer: f64) {
    let held = serde_json::json!({"limit": peer, "bound": {"at_least": 1.0}});
    println!("{}", serde_json::json!({"name": name, "value": value, "unit": unit, "held": held}));
}
