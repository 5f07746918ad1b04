//! Files bound to records: a weigh slip as PDF and a picture as PNG, drawn here so that they have no other source.

use super::error::{Result, SeasonError};

const SIZE: u32 = 160;

/// A picture of a lychee, for the photo a farmer would take.
pub(super) fn lychee() -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, SIZE, SIZE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let failed = |error: png::EncodingError| SeasonError::Picture(error.to_string());
    let pixels: Vec<u8> = (0..SIZE * SIZE).flat_map(|n| colour(n % SIZE, n / SIZE)).collect();
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// A red ball with a knobbly skin on a leaf-green ground, lit from the upper left.
fn colour(x: u32, y: u32) -> [u8; 3] {
    let (x, y) = (i64::from(x) - 80, i64::from(y) - 84);
    let distance = x * x + y * y;
    if distance > 66 * 66 {
        return [46, 107, 62];
    }
    let light = 150 - (x + y) / 2 - distance / 90;
    let knob = if (x.rem_euclid(14) - 7).abs() + (y.rem_euclid(14) - 7).abs() < 6 { 24 } else { 0 };
    let channel = |share: i64| u8::try_from(((light + knob) * share / 100).clamp(0, 255)).unwrap_or(u8::MAX);
    [channel(122), channel(30), channel(44)]
}

/// A weigh slip: PDF 1.4 with one page in a font every reader has (ISO 32000-1 §9.6.2.2). That font has no Vietnamese
/// letters, so the slip is written in English, as a buyer abroad would get it.
pub(super) fn weigh_slip(number: &str, lines: &[String]) -> Vec<u8> {
    let mut text = format!("BT /F1 16 Tf 60 770 Td (WEIGH SLIP {number}  SAMPLE) Tj /F1 11 Tf 0 -34 Td 18 TL\n");
    for line in lines {
        text.push_str(&format!("({line}) Tj T*\n"));
    }
    text.push_str("ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj{object}endobj\n", n + 1));
    }
    let (count, start) = (objects.len() + 1, file.len());
    file.push_str(&format!("xref\n0 {count}\n{table}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}
