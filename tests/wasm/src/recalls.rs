//! `recall_list`: `{trust_root, later, list}` → `{list}` in the JSON view, or `{code, outcome}`.

use nguon_core::recalls::RecallList;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;
use crate::record::refusal;
use crate::trust::{Later, roots};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    trust_root: Hex,
    #[serde(default)]
    later: Vec<Later>,
    list: Hex,
}

pub fn ask(input: Input) -> Value {
    let roots = match roots(&input.trust_root, &input.later) {
        Ok(roots) => roots,
        Err(error) => return json!({"error": error.to_string()}),
    };
    match RecallList::verify(input.list.0, &roots) {
        Ok(list) => json!({"list": list}),
        Err(fault) => {
            let mut refused = refusal(&fault);
            refused["outcome"] = fault.outcome().as_str().into();
            refused
        }
    }
}
