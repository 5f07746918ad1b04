//! What each sort of leaf must keep to. All of it is checked before anything changes.

use nguon_tlog::hash::{self, Hash};
use nguon_tlog::map::Entry;

use super::chain::Chain;
use super::{Cause, Check, Close, Replay, ReplayFault, changes};
use crate::admit::{Admission, Statement, admit};
use crate::fault::Fault;
use crate::fork::Evidence;
use crate::ids::{StatementId, hash as sha256};
use crate::judge::{Judge, Order};
use crate::log::{Leaf, Position};
use crate::record::Anchor;
use crate::trust::SignedRoot;
use crate::values::Time;

impl Replay {
    pub(super) fn take(&mut self, leaf: &Leaf, content: Option<&[u8]>, check: Check) -> Result<(), ReplayFault> {
        let index = self.size();
        self.take_content(index, leaf, content, check).map_err(|cause| ReplayFault { index, cause })?;
        self.tree.append(hash::leaf(&leaf.to_bytes()));
        self.newest = Some(*leaf);
        if let Leaf::Map { log_time, .. } = leaf {
            self.closes.push(Close { size: index + 1, root: self.tree.root(), time: *log_time });
        }
        Ok(())
    }

    fn take_content(&mut self, index: u64, leaf: &Leaf, content: Option<&[u8]>, check: Check) -> Result<(), Cause> {
        let least = self.newest.map_or(Time::ZERO, |newest| newest.log_time());
        if leaf.log_time() < least {
            return Err(Cause::LogTime { least, found: leaf.log_time() });
        }
        if index == 0 {
            return self.take_first(leaf);
        }
        match leaf {
            Leaf::Record { log_time, statement } => {
                self.take_record(index, *log_time, statement, content.ok_or(Cause::Missing("record"))?, check)
            }
            Leaf::Map { root, .. } => self.take_map(root, check),
            Leaf::Root { log_time, payload } => {
                self.take_root(index, *log_time, payload, content.ok_or(Cause::Missing("trust root"))?)
            }
            Leaf::Fork { evidence, .. } => self.take_fork(evidence, content.ok_or(Cause::Missing("evidence"))?, check),
        }
    }

    fn take_first(&mut self, leaf: &Leaf) -> Result<(), Cause> {
        match leaf {
            Leaf::Root { log_time, payload } if *payload == self.roots.first().signed().payload_hash() => {
                self.note_root(0, *log_time, payload);
                Ok(())
            }
            _ => Err(Cause::FirstLeaf),
        }
    }

    fn take_record(
        &mut self,
        index: u64,
        log_time: Time,
        id: &StatementId,
        bytes: &[u8],
        check: Check,
    ) -> Result<(), Cause> {
        let statement = Statement::from_bytes(bytes.to_vec(), self.roots.deployment())?;
        expect(id.as_bytes(), statement.id.as_bytes())?;
        let anchor_time = self.anchor_time(statement.record.anchor.as_ref())?;
        let position = Position { index, log_time, anchor_time };
        let admitted = match check {
            Check::Copied => None,
            Check::All => match admit(&statement, &self.roots, self, Some(position)) {
                Admission::Accepted(state) => Some(state),
                Admission::Conflict(head) => return Err(Cause::Conflict(head)),
                Admission::Rejected(fault) => return Err(fault.into()),
            },
        };
        let chain = statement.chain();
        let name = changes::name_of(&statement.record.event);
        let owner = name.and_then(|name| self.owner(&name.key));
        if let (Check::All, Some(name), Some(by)) = (check, name, owner) {
            return Err(Fault::Taken { field: name.field, by }.into());
        }
        let entry = match admitted {
            Some(state) => Chain::put(&mut self.chains, state, position),
            None => Chain::advance(&mut self.chains, &statement, position)?,
        };
        self.pend(changes::of_chain(&chain, &entry));
        // The first to take a name keeps it.
        if let (Some(name), None) = (name, owner) {
            self.names.insert(name.key, chain);
            self.pend(changes::of_name(&name, &chain));
        }
        if let Some(state) = self.chains.get(&chain).map(|chain| chain.state.clone())
            && let Some(freed) = changes::freed_by(&statement.record.event, &state)
        {
            self.names.remove(&freed);
            self.pend(changes::of_freed(&freed));
        }
        self.applied.records += 1;
        Ok(())
    }

    fn take_map(&mut self, root: &Hash, check: Check) -> Result<(), Cause> {
        if matches!(self.newest, Some(Leaf::Map { .. })) {
            return Err(Cause::NothingNew);
        }
        if check == Check::All {
            self.bring_up_to(root)?;
        }
        self.applied.maps += 1;
        Ok(())
    }

    /// Makes the pending changes if they lead to this root.
    pub(super) fn bring_up_to(&mut self, root: &Hash) -> Result<(), Cause> {
        let update = self.map.prepare(&self.pending());
        if update.root() != *root {
            return Err(Cause::MapRoot { expected: update.root(), found: *root });
        }
        self.map.apply(update)?;
        self.pending.clear();
        Ok(())
    }

    fn take_root(&mut self, index: u64, log_time: Time, payload: &[u8; 32], bytes: &[u8]) -> Result<(), Cause> {
        let signed = SignedRoot::from_bytes(bytes)?;
        expect(payload, &signed.payload_hash())?;
        self.roots.add(signed, Some(index))?;
        self.note_root(index, log_time, payload);
        Ok(())
    }

    fn note_root(&mut self, index: u64, log_time: Time, payload: &[u8; 32]) {
        let position = Position { index, log_time, anchor_time: Time::ZERO };
        self.root_entry = self.root_entry.next(payload, &position);
        self.pend(changes::of_root(&self.root_entry, self.roots.newest().payload().version));
        self.applied.roots += 1;
    }

    fn take_fork(&mut self, id: &[u8; 32], bytes: &[u8], check: Check) -> Result<(), Cause> {
        expect(id, &sha256(&[bytes]))?;
        let evidence = Evidence::from_bytes(bytes, self.roots.deployment())?;
        let chain = evidence.chain();
        let held = self.chains.get(&chain).ok_or(Cause::NoFork(chain))?;
        if held.state.forked {
            return Err(Cause::ForkedAlready(chain));
        }
        let [first, second] = evidence.statements();
        let offered = match (held.holds(first), held.holds(second)) {
            (true, _) if evidence.is_fork_of(&first.id) => second,
            (_, true) if evidence.is_fork_of(&second.id) => first,
            _ => return Err(Cause::NoFork(chain)),
        };
        if check == Check::All {
            // As admission does with a record that lost a race: by a key that counts now.
            let judge = Judge { trust: &self.roots, chains: self, order: Order::Now };
            let found = judge.signing_key(offered.record.signer, &evidence.key_id())?;
            evidence.verify(&found.key)?;
        }
        if let Some(held) = self.chains.get_mut(&chain) {
            let entry = held.fork();
            self.pend(changes::of_chain(&chain, &entry));
        }
        self.applied.forks += 1;
        Ok(())
    }

    fn pend(&mut self, (key, value): Entry) {
        self.pending.insert(key, value);
    }

    /// The log time of the checkpoint that a record names; zero if it names none.
    fn anchor_time(&self, anchor: Option<&Anchor>) -> Result<Time, Cause> {
        let Some(anchor) = anchor else { return Ok(Time::ZERO) };
        let close = self.close_of(anchor.size).filter(|close| close.root == anchor.root.into());
        Ok(close.ok_or(Fault::BadAnchor)?.time)
    }
}

fn expect(expected: &[u8; 32], found: &[u8; 32]) -> Result<(), Cause> {
    if expected == found { Ok(()) } else { Err(Cause::OtherContent { expected: *expected, found: *found }) }
}
