//! When a log counts what was applied and picked on a plot, where that is not what the signer claims.
//!
//! What a server says of that is not proven here. It decides only what this computer thinks of a field log before it signs:
//! the server judges again, and readers verify.

use std::collections::BTreeMap;

use nguon_core::admit::Statement;
use nguon_core::event::Event;
use nguon_core::fault::Fault;
use nguon_core::log::Position;
use nguon_core::record::Record;
use nguon_core::values::Time;

use crate::error::Error;
use crate::home::Positions;
use crate::net::Server;

/// Seconds between what is claimed and when it was signed, beyond which the log may count it otherwise: it vouches for a
/// week before the checkpoint that a record names, which is somewhat older than the record.
const NEAR: u64 = 86_400;

/// Which records to ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those whose claimed times are far from their signing.
    Doubtful,
    /// All that count by time.
    All,
}

/// Whether a broken rule may come from claimed times that the log counts otherwise.
pub const fn is_about_time(fault: &Fault) -> bool {
    matches!(fault, Fault::HarvestTooEarly { .. } | Fault::OutsideSeason { .. } | Fault::LateHarvest { .. })
}

/// Asks a server, and remembers when checkpoints were closed.
pub struct Asking<'a> {
    server: &'a Server,
    closed: BTreeMap<u64, Time>,
}

impl<'a> Asking<'a> {
    /// Nothing yet.
    pub fn new(server: &'a Server) -> Self {
        Self { server, closed: BTreeMap::new() }
    }

    /// Learns where records of a chain stand that are not known yet; whether any was learnt.
    pub fn learn(&mut self, statements: &[Statement], wanted: Wanted, known: &mut Positions) -> Result<bool, Error> {
        let mut learnt = false;
        for statement in statements {
            let record = &statement.record;
            if known.get(record.sequence).is_some() || !counts_by_time(record, wanted) {
                continue;
            }
            let Some((index, log_time)) = self.server.place_in_log(&statement.id)? else { continue };
            let anchor_time = match record.anchor {
                Some(anchor) => self.closed_at(anchor.size)?,
                None => Time::ZERO,
            };
            known.insert(record.sequence, Position { index, log_time, anchor_time });
            learnt = true;
        }
        Ok(learnt)
    }

    /// When the checkpoint of this size was closed: the time of its last leaf.
    fn closed_at(&mut self, size: u64) -> Result<Time, Error> {
        if let Some(time) = self.closed.get(&size) {
            return Ok(*time);
        }
        let time = match size.checked_sub(1) {
            Some(last) => self.server.leaf(last)?.log_time(),
            None => Time::ZERO,
        };
        self.closed.insert(size, time);
        Ok(time)
    }
}

fn counts_by_time(record: &Record, wanted: Wanted) -> bool {
    let timed = matches!(record.event, Event::InputApplied(_) | Event::HarvestDrawn(_));
    let (claimed, signed) = (record.happened_at().get(), record.signed_at.get());
    timed && (wanted == Wanted::All || claimed.saturating_add(NEAR) < signed || claimed > signed)
}
