//! Whether a backup is what it says: the tree is computed anew from its leaves.

use std::collections::BTreeMap;
use std::path::Path;

use nguon_core::bytes::to_hex;
use nguon_core::log::Leaf;
use nguon_core::trust::Roots;
use nguon_core::values::Time;
use nguon_core::verify::{Seen, check_checkpoint};
use nguon_store::StoredCheckpoint;
use nguon_store::sqlite;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::tree::Frontier;
use serde_json::{Value, json};

use crate::error::Error;
use crate::moment;

/// What a backup holds, and that it fits together.
#[derive(Debug)]
pub struct Checked {
    /// How many records.
    pub records: u64,
    /// How many leaves.
    pub leaves: u64,
    /// How many checkpoints were signed.
    pub signed: usize,
    /// The newest checkpoint with cosignatures, which hold if the trust root is known, and as of when.
    pub cosigned: Option<(Seen, Time)>,
    /// Whether a trust root was at hand to check signatures against.
    pub roots_known: bool,
    /// The trust root's versions with their places in the log.
    pub roots: Option<Roots>,
    /// The tree's root after every map leaf.
    ends: BTreeMap<u64, Hash>,
}

impl Checked {
    /// The root over so many leaves, if a checkpoint could end there.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        self.ends.get(&size).copied()
    }

    /// For machines.
    pub fn view(&self) -> Value {
        json!({
            "records": self.records, "leaves": self.leaves, "signed_checkpoints": self.signed,
            "cosigned": self.cosigned.map(|(seen, as_of)| json!({ "size": seen.size, "root": seen.root, "as_of": as_of })),
            "signatures_checked": self.roots_known,
        })
    }
}

/// Reads a backup through.
pub fn check(path: &Path, roots: Option<&Roots>) -> Result<Checked, Error> {
    let store = |error| damaged(path, &error);
    let contents = sqlite::inspect(path).map_err(store)?;
    if roots.is_some_and(|roots| roots.deployment().as_bytes() != &contents.deployment) {
        return Err(Error::caller(format_args!(
            "{} holds the records of another deployment ({})",
            path.display(),
            &to_hex(&contents.deployment)[..16]
        ))
        .next("name the trust root it was made with: --root FILE")
        .code("other_deployment"));
    }
    let mut checked = Checked {
        records: contents.records,
        leaves: contents.leaves,
        signed: 0,
        cosigned: None,
        roots_known: roots.is_some(),
        roots: roots.cloned(),
        ends: BTreeMap::new(),
    };
    if contents.leaves == 0 {
        return Ok(checked);
    }
    let checkpoints = sqlite::checkpoints(path).map_err(store)?;
    let mut walk = Walk { tree: Frontier::new(), time: None, versions: Vec::new(), ends: BTreeMap::new(), wrong: None };
    sqlite::each_leaf(path, &mut |index, data| walk.leaf(index, data)).map_err(store)?;
    if walk.tree.size() != contents.leaves {
        return Err(damaged(path, &format_args!("it has {} leaves of {}", walk.tree.size(), contents.leaves)));
    }
    if let Some(wrong) = walk.wrong {
        return Err(damaged(path, &wrong));
    }
    for checkpoint in &checkpoints {
        fits(checkpoint, &walk.ends).map_err(|why| damaged(path, &why))?;
    }
    checked.signed = checkpoints.iter().filter(|one| one.signed.is_some()).count();
    checked.roots = roots.map(|roots| placed(roots, &walk.versions)).transpose()?;
    let newest = checkpoints.iter().rev().find_map(|one| Some((one, one.cosigned.as_ref()?)));
    if let Some((stored, cosigned)) = newest {
        checked.cosigned = Some(confirm(path, stored, &cosigned.note, cosigned.as_of, checked.roots.as_ref())?);
    }
    checked.ends = walk.ends;
    Ok(checked)
}

/// The leaves one by one.
struct Walk {
    tree: Frontier,
    time: Option<Time>,
    versions: Vec<(u64, [u8; 32])>,
    ends: BTreeMap<u64, Hash>,
    wrong: Option<String>,
}

impl Walk {
    fn leaf(&mut self, index: u64, data: &[u8]) {
        self.tree.append(hash::leaf(data));
        match Leaf::from_bytes(data) {
            Ok(leaf) => {
                if self.time.is_some_and(|time| leaf.log_time() < time) {
                    self.wrong.get_or_insert_with(|| format!("times go back at leaf {index}"));
                }
                self.time = Some(leaf.log_time());
                match leaf {
                    Leaf::Map { .. } => {
                        self.ends.insert(self.tree.size(), self.tree.root());
                    }
                    Leaf::Root { payload, .. } => self.versions.push((index, payload)),
                    Leaf::Record { .. } | Leaf::Fork { .. } => {}
                }
            }
            Err(error) => {
                self.wrong.get_or_insert_with(|| format!("leaf {index}: {error}"));
            }
        }
    }
}

/// A checkpoint ends with a map leaf, and was signed over the tree that its leaves give.
fn fits(checkpoint: &StoredCheckpoint, ends: &BTreeMap<u64, Hash>) -> Result<(), String> {
    let size = checkpoint.size;
    let root =
        ends.get(&size).ok_or_else(|| format!("its checkpoint of {size} leaves does not end with a map leaf"))?;
    match checkpoint.tree_root {
        Some(signed) if signed != *root => {
            Err(format!("its leaves do not give the root that was signed at size {size}"))
        }
        _ => Ok(()),
    }
}

/// The versions that the log holds, with their places. One that is not known here cannot be checked.
fn placed(roots: &Roots, leaves: &[(u64, [u8; 32])]) -> Result<Roots, Error> {
    let (mut rest, mut places) = (Vec::new(), Vec::new());
    for (index, payload) in leaves.iter().skip(1) {
        let known = roots.versions().iter().find(|root| root.signed().payload_hash() == *payload);
        let known = known.ok_or_else(|| {
            Error::caller("its log holds a version of the trust root that is not known here")
                .next("name all versions in their order, version 1 first: --root root.nguon --root root-2.nguon")
                .code("no_root")
        })?;
        rest.push(known.signed().clone());
        places.push(*index);
    }
    Roots::from_bundle(roots.first(), &rest, Some(&places)).map_err(|error| Error::caller(&error).code("bad_root"))
}

/// Whether enough have cosigned the newest checkpoint, and it is the one that the leaves give.
fn confirm(
    path: &Path,
    stored: &StoredCheckpoint,
    note: &str,
    as_of: Time,
    roots: Option<&Roots>,
) -> Result<(Seen, Time), Error> {
    let size = stored.size;
    let root = stored.tree_root.ok_or_else(|| damaged(path, &"a cosigned checkpoint that was not signed"))?;
    let Some(roots) = roots else { return Ok((Seen { size, root: root.into() }, as_of)) };
    let (seen, as_of) = check_checkpoint(note, roots, moment::now()?)
        .map_err(|fault| damaged(path, &format_args!("its newest cosigned checkpoint does not hold: {fault}")))?;
    if seen == (Seen { size, root: root.into() }) {
        Ok((seen, as_of))
    } else {
        Err(damaged(path, &"its newest cosigned checkpoint is not the one its leaves give"))
    }
}

fn damaged(path: &Path, why: &dyn std::fmt::Display) -> Error {
    Error::caller(format_args!("{}: {why}", path.display()))
        .next("do not use it; look at the disk, and take another backup")
        .code("damaged")
}
