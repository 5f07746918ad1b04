//! `log.append`, `log.map_update`, `log.map_memory`, `log.proof`, `log.proof_bytes` and `log.multiproof_bytes`: what the
//! log costs in hashing, memory and bytes, without a disk.

mod append;
mod map;
mod proof;
mod strict;

use xtask_bench::figures::Wanted;

fn main() {
    let wanted = Wanted::from_arguments();
    append::measure(&wanted);
    map::measure(&wanted);
    proof::measure(&wanted);
}
