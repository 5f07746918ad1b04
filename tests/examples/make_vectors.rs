//! Writes the vector files and, from the same inputs, the corpora of the fuzz targets:
//! `cargo run -p nguon-tests --example make_vectors`. The same code gives the same files.

use std::fs;
use std::path::Path;

#[path = "../vectors/make/mod.rs"]
mod make;

fn main() -> std::io::Result<()> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tests.join("vectors/data");
    fs::create_dir_all(&folder)?;
    for file in make::all() {
        fs::write(folder.join(format!("{}.json", file.name)), file.text())?;
        println!("{}.json", file.name);
    }
    let fuzz = tests.join("../fuzz");
    let [root, logged] = make::roots();
    fs::write(fuzz.join("src/root.nguon"), root)?;
    fs::write(fuzz.join("src/root_logged.nguon"), logged)?;
    for (target, name, bytes) in make::corpora() {
        let folder = fuzz.join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
