//! Writes pictures as PNG into a folder: `pictures FOLDER [CATEGORY] [COUNT]`.

use std::io::BufWriter;
use std::path::Path;

use nguon_scenes::{Category, Picture, picture};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("where to?")?;
    let wanted = arguments.next().unwrap_or_default();
    let count = arguments.next().map_or(Ok(1), |count| count.parse::<u32>())?;
    std::fs::create_dir_all(&folder)?;
    for category in Category::ALL.into_iter().filter(|category| category.name().starts_with(&wanted)) {
        for number in 0..count {
            let path = Path::new(&folder).join(format!("{}_{number}.png", category.name()));
            write(&path, &picture(category, number))?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

fn write(path: &Path, picture: &Picture) -> Result<(), Box<dyn std::error::Error>> {
    let file = BufWriter::new(std::fs::File::create(path)?);
    let mut encoder = png::Encoder::new(file, u32::try_from(picture.width)?, u32::try_from(picture.height)?);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header()?.write_image_data(&picture.pixels)?;
    Ok(())
}
