//! What this device signed on which record. A server that shows an old head, or answers "conflict" where there is none,
//! could otherwise have the device sign two histories of one chain, which anybody may then hold against its inspector.

use nguon_core::ids::{ChainId, StatementId};
use serde::{Deserialize, Serialize};

/// One statement signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// On which chain
    pub chain: ChainId,
    /// After which record
    pub previous: StatementId,
    /// What was signed
    pub statement: StatementId,
    /// Whether the server has it
    pub stored: bool,
}

/// All that this device signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal(Vec<Signed>);

/// The server shows a chain as it was before a record that it has already acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WentBack;

/// As many as a record may replace.
const MOST_REPLACED: usize = 16;

impl Journal {
    /// What a new record after `previous` must say that it replaces: whatever was signed there and not taken.
    ///
    /// # Errors
    /// The server has taken one of them, so what it shows is old.
    pub fn replaces(&self, chain: &ChainId, previous: &StatementId) -> Result<Vec<StatementId>, WentBack> {
        let here = || self.0.iter().filter(|signed| signed.chain == *chain && signed.previous == *previous);
        if here().any(|signed| signed.stored) {
            return Err(WentBack);
        }
        let mut statements: Vec<StatementId> = here().map(|signed| signed.statement).collect();
        // More than a record can name: whoever refuses so often is not to be signed for any more.
        if statements.len() > MOST_REPLACED {
            return Err(WentBack);
        }
        statements.dedup();
        Ok(statements)
    }

    /// Notes a statement, before it leaves the device.
    pub fn note(&mut self, chain: ChainId, previous: StatementId, statement: StatementId) {
        if !self.0.iter().any(|signed| signed.statement == statement) {
            self.0.push(Signed { chain, previous, statement, stored: false });
        }
    }

    /// Notes that the server has it.
    pub fn stored(&mut self, statement: &StatementId) {
        for signed in self.0.iter_mut().filter(|signed| signed.statement == *statement) {
            signed.stored = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> StatementId {
        StatementId::from_bytes([number; 32])
    }

    #[test]
    fn a_second_record_after_the_same_one_replaces_the_first() {
        let chain = ChainId::from_bytes([9; 32]);
        let mut journal = Journal::default();
        assert_eq!(journal.replaces(&chain, &id(1)), Ok(vec![]));
        journal.note(chain, id(1), id(2));
        assert_eq!(journal.replaces(&chain, &id(1)), Ok(vec![id(2)]));
        assert_eq!(journal.replaces(&chain, &id(3)), Ok(vec![]), "another head is another place");
    }

    #[test]
    fn a_server_that_shows_an_older_head_gets_no_signature() {
        let chain = ChainId::from_bytes([9; 32]);
        let mut journal = Journal::default();
        journal.note(chain, id(1), id(2));
        journal.stored(&id(2));
        assert_eq!(journal.replaces(&chain, &id(1)), Err(WentBack));
        assert_eq!(journal.replaces(&chain, &id(2)), Ok(vec![]));
    }
}
