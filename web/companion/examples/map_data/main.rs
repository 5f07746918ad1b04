//! Writes `src/map/land.txt`, the land that the map is drawn on, from the tables in `data/`.

mod land;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outline = std::fs::read_to_string(here.join("data/outline.csv"))?;
    let communes = std::fs::read_to_string(here.join("data/communes.csv"))?;
    let text = land::land(&outline, &communes).map_err(std::io::Error::other)?;
    std::fs::write(here.join("src/map/land.txt"), text)
}
