//! `GET /v1/registrars/{id}/households`: whom a co-op signs for, what they are called, and which chains that takes.

use nguon_core::ids::ChainId;
use nguon_draft::json::{self, Json};

/// Somebody whom the registrar, or one below it, enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Their chain
    pub actor: ChainId,
    /// What they are called, where the register opens names
    pub name: Option<String>,
    /// Whether they have no key: their registrar signs for them
    pub keyless: bool,
    /// Their plots and the areas these lie in
    pub land: Vec<ChainId>,
}

impl Household {
    fn of(line: &[u8]) -> Option<Self> {
        let line = json::read(line)?;
        let told = line.get("household")?;
        let retired = told.get("retired").and_then(Json::as_bool) == Some(true);
        let name = told.get("name").and_then(Json::as_str).filter(|name| !name.is_empty()).map(str::to_owned);
        let plots = told.get("plots").and_then(Json::as_array).unwrap_or_default();
        let chain = |plot: &Json, name: &str| plot.get(name).and_then(Json::as_str)?.parse().ok();
        let land = plots.iter().flat_map(|plot| [chain(plot, "plot"), chain(plot, "area")]).flatten();
        Some(Self {
            actor: chain(told, "actor")?,
            name,
            keyless: !retired && told.get("active_keys").and_then(Json::as_u64) == Some(0),
            land: land.collect(),
        })
    }
}

/// Reads the list; `None` unless it came whole, for it replaces the one that is known.
#[must_use]
pub fn households(answer: &[u8]) -> Option<Vec<Household>> {
    let lines = || answer.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let whole = lines().next_back().is_some_and(|line| line.starts_with(b"{\"end\""));
    whole.then(|| lines().filter_map(Household::of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_was_cut_off_is_none_and_who_has_a_key_signs_for_themselves() {
        let (one, plot, area) = ("0a".repeat(32), "0b".repeat(32), "0c".repeat(32));
        let household = |keys: u8, retired: bool| {
            format!(
                r#"{{"household":{{"actor":"{one}","role":"farm","name":"Trần Thị Sửu","active_keys":{keys},"retired":{retired},"plots":[{{"plot":"{plot}","area":"{area}"}}]}}}}"#
            )
        };
        let list = |line: String| format!("{{\"start\":{{}}}}\n{line}\n{{\"end\":{{\"households\":1,\"areas\":0}}}}\n");
        let read = households(list(household(0, false)).as_bytes()).unwrap();
        assert_eq!((read[0].keyless, read[0].name.as_deref(), read[0].land.len()), (true, Some("Trần Thị Sửu"), 2));
        assert!(!households(list(household(1, false)).as_bytes()).unwrap()[0].keyless);
        assert!(!households(list(household(0, true)).as_bytes()).unwrap()[0].keyless);
        assert_eq!(households(household(0, false).as_bytes()), None);
    }
}
