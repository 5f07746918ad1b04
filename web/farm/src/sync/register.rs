//! `GET /v1/actors/{id}/chains`: which chains a person's device needs, and how long each is at the server.

use nguon_core::ids::{ChainId, StatementId};
use nguon_draft::json::Json;

/// A chain that the device needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The chain
    pub chain: ChainId,
    /// Sequence of its newest record
    pub sequence: u64,
    /// Its newest record
    pub head: StatementId,
}

impl Listed {
    fn of(line: &[u8]) -> Option<Self> {
        let line = nguon_draft::json::read(line)?;
        let told = line.get("chain")?;
        let text = |name: &str| told.get(name).and_then(Json::as_str);
        let (chain, head) = (text("chain")?.parse().ok()?, text("head")?.parse().ok()?);
        Some(Self { chain, sequence: told.get("sequence")?.as_u64()?, head })
    }
}

/// Reads the list; lines that cannot be read are left out.
#[must_use]
pub fn chains(answer: &[u8]) -> Vec<Listed> {
    answer.split(|byte| *byte == b'\n').filter_map(Listed::of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_what_is_no_chain_passed_over() {
        let id = "0a".repeat(32);
        let answer = format!(
            "{{\"start\":{{\"actor\":\"{id}\",\"as_of\":1}}}}\n{{\"chain\":{{\"chain\":\"{id}\",\"sort\":\"plot\",\"why\":\"held\",\
             \"sequence\":4,\"head\":\"{id}\"}}}}\n{{\"end\":{{\"chains\":1}}}}\n"
        );
        let found = chains(answer.as_bytes());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].chain.to_string(), found[0].sequence), (id, 4));
        assert!(chains(b"").is_empty());
    }
}
