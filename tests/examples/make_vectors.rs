//! Writes the vector files: `cargo run -p nguon-tests --example make_vectors`. The same code gives the same files.

#[path = "../vectors/make/mod.rs"]
mod make;

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/data");
    std::fs::create_dir_all(&folder)?;
    for file in make::all() {
        std::fs::write(folder.join(format!("{}.json", file.name)), file.text())?;
        println!("{}.json", file.name);
    }
    Ok(())
}
