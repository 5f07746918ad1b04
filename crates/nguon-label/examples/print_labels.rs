//! Writes labels as they come out of printers: a sheet as PDF and SVG, a thermal label as PNG, and a test page. Takes the folder to
//! write to.

use std::path::PathBuf;

use nguon_label::{
    Date, DateKind, Dpi, Label, LabelText, Lang, Paper, PlaceKind, PrintLabel, PrintRun, test_page, to_pdf,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    let link = |serial: u32| {
        format!("https://nguon.example/01/09521234543213/10/VT-2026-0612/21/{serial:016}#AAECAwQFBgcICQoLDA0ODw")
            .parse()
    };
    let text = LabelText::new("Vải thiều Lục Ngạn")?
        .with_place(PlaceKind::GrowingArea, "VN-BGOR-0127")?
        .with_date(DateKind::Harvested, Date::new(2026, 6, 12)?)?
        .with_date(DateKind::Packed, Date::new(2026, 6, 13)?)?
        .with_weight(5_000)?;
    let label =
        |serial| Ok::<_, Box<dyn std::error::Error>>(PrintLabel::new(Label::new(link(serial)?)?, text.clone())?);
    let labels = (1..=30).map(label).collect::<Result<Vec<_>, _>>()?;

    for name in ["a4-40-52.5x29.7", "a4-24-70x37", "a4-14-99.1x38.1", "a4-8-105x74"] {
        let pages = PrintRun::on(Paper::named(name)?, Dpi::D600).starting_at(3)?.lay_out(&labels)?;
        std::fs::write(folder.join(format!("{name}.pdf")), to_pdf(&pages, "Tem lô VT-2026-0612")?)?;
        if let Some(page) = pages.first() {
            std::fs::write(folder.join(format!("{name}.svg")), page.to_svg())?;
        }
    }
    for name in ["roll-50x30", "roll-70x50", "roll-100x70", "roll-100x150"] {
        for dpi in [Dpi::D203, Dpi::D300] {
            let pages = PrintRun::on(Paper::named(name)?, dpi).lay_out(labels.get(..1).unwrap_or_default())?;
            if let Some(page) = pages.first() {
                std::fs::write(folder.join(format!("{name}-{}.png", dpi.get())), page.to_png()?)?;
            }
        }
    }
    let sheet = test_page(Paper::named("a4-24-70x37")?, Dpi::D600, Lang::Vi)?;
    std::fs::write(folder.join("test-page.pdf"), to_pdf(&[sheet], "Trang in thử")?)?;
    let roll = test_page(Paper::named("roll-100x70")?, Dpi::D203, Lang::Vi)?;
    std::fs::write(folder.join("test-roll.png"), roll.to_png()?)?;
    Ok(())
}
