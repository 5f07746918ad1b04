//! What this device's keys signed after which record. Whoever signs two statements after the same record, neither of which
//! says that it replaces the other, has signed two histories, which anybody may hold against them (SPEC.md, section 3).

use crate::sorted::Map;

use nguon_core::ids::{ChainId, KeyId, StatementId};
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::error::Refused;

/// As many as one record may replace.
pub const MOST_REPLACED: usize = 16;

/// One statement signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// By which key
    pub key: KeyId,
    /// On which chain
    pub chain: ChainId,
    /// At which place there
    pub sequence: u64,
    /// After which record
    pub previous: StatementId,
    /// What was signed
    pub statement: StatementId,
    /// Whether the server has it
    pub stored: bool,
}

/// All that was signed here and could still be contradicted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Note>", into = "Vec<Note>")]
pub struct Journal {
    notes: Map<StatementId, Vec<Note>>,
}

impl From<Vec<Note>> for Journal {
    fn from(all: Vec<Note>) -> Self {
        let mut journal = Self::default();
        all.into_iter().for_each(|note| journal.note(note));
        journal
    }
}

impl From<Journal> for Vec<Note> {
    fn from(journal: Journal) -> Self {
        journal.notes.into_values().flatten().collect()
    }
}

impl Journal {
    /// What a new record by this key after `previous` must say that it replaces: all that it signed there before.
    ///
    /// # Errors
    /// The server has taken one of them, so that what is known of the chain is old; or they are more than a record can name.
    pub fn replaces(&self, key: &KeyId, chain: &ChainId, previous: &StatementId) -> Result<Vec<StatementId>, Refused> {
        let all = self.notes.get(previous).map(Vec::as_slice).unwrap_or_default();
        let here: Vec<&Note> = all.iter().filter(|note| note.key == *key && note.chain == *chain).collect();
        if here.iter().any(|note| note.stored) {
            return Err(Refused::WentBack(*chain));
        }
        if here.len() > MOST_REPLACED {
            return Err(Refused::TooOften(*chain));
        }
        Ok(here.iter().map(|note| note.statement).collect())
    }

    /// Notes what is signed. Before anybody can see it.
    pub fn note(&mut self, note: Note) {
        // A first record follows none, and contradicts none.
        if note.sequence == 0 {
            return;
        }
        let here = self.notes.or_insert(note.previous, Default::default());
        match here.iter_mut().find(|known| known.statement == note.statement) {
            Some(known) => known.stored |= note.stored,
            None => here.push(note),
        }
    }

    /// Notes that the server has these.
    pub fn stored(&mut self, statements: &[StatementId]) {
        for note in self.notes.values_mut().flatten() {
            note.stored |= statements.contains(&note.statement);
        }
    }

    /// Forgets what nobody can be asked to sign after any more: the chain is known to have gone on beyond it, and a book
    /// takes no chain back.
    pub fn forget_settled(&mut self, book: &Book) {
        let settled = |note: &Note| book.logged(&note.chain).is_some_and(|chain| chain.sequence > note.sequence);
        self.notes.retain(|_, here| {
            here.retain(|note| !settled(note));
            !here.is_empty()
        });
    }

    /// All notes.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.values().flatten()
    }
}
