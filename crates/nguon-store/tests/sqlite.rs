//! What the SQLite store promises beyond the contract: its files, its schema, rows that were tampered with.

#[path = "support/block_on.rs"]
mod block_on;
#[path = "support/keeper.rs"]
mod keeper;
#[path = "support/world.rs"]
mod world;

#[path = "sqlite/backups.rs"]
mod backups;
#[path = "sqlite/damaged_rows.rs"]
mod damaged_rows;
#[path = "sqlite/erased_bytes.rs"]
mod erased_bytes;
#[path = "sqlite/failed_commits.rs"]
mod failed_commits;
#[path = "sqlite/files.rs"]
mod files;
#[path = "sqlite/older_files.rs"]
mod older_files;
#[path = "sqlite/restores.rs"]
mod restores;
#[path = "sqlite/small_cache.rs"]
mod small_cache;
#[path = "sqlite/unfinished_uploads.rs"]
mod unfinished_uploads;
