//! Receipts: proof that the log holds a record, checked here.

use nguon_core::ids::StatementId;
use nguon_core::log::Leaf;
use nguon_core::trust::Roots;
use nguon_core::values::Time;
use nguon_core::verify::Seen;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::tree;

use crate::error::Error;
use crate::log::confirmed;
use crate::net::ReceiptView;

/// A receipt that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Index of the record's leaf.
    pub index: u64,
    /// When the log took it.
    pub log_time: Time,
    /// The checkpoint it is proven against.
    pub checkpoint: Seen,
}

/// Checks that a receipt is about this record, and that a confirmed checkpoint holds its leaf.
pub fn check(view: &ReceiptView, statement: &StatementId, roots: &Roots) -> Result<Receipt, Error> {
    let wrong = |why: &dyn std::fmt::Display| {
        Error::server(format_args!("this is no receipt of record {statement}: {why}"))
            .next("do not rely on it; fetch it again, and tell whoever runs the server if it stays so")
            .code("bad_receipt")
    };
    let log_time = match Leaf::from_bytes(&view.leaf.0) {
        Ok(Leaf::Record { log_time, statement: found }) if found == *statement => log_time,
        _ => return Err(wrong(&"its leaf is another's")),
    };
    let checkpoint = confirmed(&view.checkpoint, roots).map_err(|error| wrong(&error))?;
    let proof: Vec<Hash> = view.inclusion.iter().map(|hash| (*hash).into()).collect();
    let leaf = hash::leaf(&view.leaf.0);
    tree::verify_inclusion(&leaf, view.index, checkpoint.size, &proof, &checkpoint.root.into())
        .map_err(|error| wrong(&error))?;
    Ok(Receipt { index: view.index, log_time, checkpoint })
}
