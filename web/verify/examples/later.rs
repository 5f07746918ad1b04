//! Writes what the page fetches only when it is needed into a folder, for `cargo xtask web`.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_default());
    std::fs::create_dir_all(&folder)?;
    nguon_verify_app::later::files().into_iter().try_for_each(|(name, text)| std::fs::write(folder.join(name), text))
}
