//! Writes what the desk fetches only when it is wanted into a folder, for `cargo xtask web`: its languages, and the template of a
//! list.

use std::path::PathBuf;

use nguon_desk_app::messages::later;
use nguon_farm_app::lang::Lang;

const TEMPLATE: &[u8] = include_bytes!("../../../crates/nguon-import/files/mau-danh-sach-ho.xlsx");

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_default());
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("desk-mau-danh-sach-ho.xlsx"), TEMPLATE)?;
    let others = Lang::ALL.into_iter().filter(|lang| *lang != Lang::Vi);
    others.into_iter().try_for_each(|lang| std::fs::write(folder.join(later::file(lang)), later::text(lang)))
}
