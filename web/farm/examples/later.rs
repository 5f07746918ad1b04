//! Writes the languages that the app fetches only when they are chosen into a folder, for `cargo xtask web`.

use std::path::PathBuf;

use nguon_farm_app::lang::Lang;
use nguon_farm_app::messages::later;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_default());
    std::fs::create_dir_all(&folder)?;
    let others = Lang::ALL.into_iter().filter(|lang| *lang != Lang::Vi);
    others.into_iter().try_for_each(|lang| std::fs::write(folder.join(later::file(lang)), later::text(lang)))
}
