//! Labels to print, pictures to read them from, and the PDF readers of Debian's poppler-utils.
#![allow(dead_code, missing_docs)] // each test file uses a part

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use nguon_label::{Date, DateKind, Label, LabelText, Page, PlaceKind, PrintLabel, Rect};
use nguon_scan::{Luma, read_picture};

pub const PRODUCT: &str = "Vải thiều Lục Ngạn";

pub fn link(serial: Option<u32>) -> String {
    let serial = serial.map(|serial| format!("/21/{serial:016}")).unwrap_or_default();
    format!("https://nguon.example/01/09521234543213/10/VT-2026-0612{serial}#AAECAwQFBgcICQoLDA0ODw")
}

/// All that a label can say in a usual lot.
pub fn full_text() -> LabelText {
    LabelText::new(PRODUCT)
        .and_then(|text| text.with_place(PlaceKind::GrowingArea, "VN-BGOR-0127"))
        .and_then(|text| text.with_date(DateKind::Harvested, Date::new(2026, 6, 12)?))
        .and_then(|text| text.with_date(DateKind::Packed, Date::new(2026, 6, 13)?))
        .unwrap()
}

pub fn label(serial: Option<u32>, text: LabelText) -> PrintLabel {
    PrintLabel::new(Label::new(link(serial).parse().unwrap()).unwrap(), text).unwrap()
}

pub fn labels(count: u32, text: &LabelText) -> Vec<PrintLabel> {
    (0..count).map(|_| label(None, text.clone())).collect()
}

pub fn serial_labels(count: u32, text: &LabelText) -> Vec<PrintLabel> {
    (0..count).map(|serial| label(Some(serial), text.clone())).collect()
}

/// Grey pixels, row by row.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Picture {
    pub fn of_png(file: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        // Grey has three equal channels in poppler's pictures.
        let pixels = pixels.into_iter().step_by(frame.color_type.samples()).collect();
        Self { width: frame.width.try_into().unwrap(), height: frame.height.try_into().unwrap(), pixels }
    }

    pub fn crop(&self, area: Rect) -> Self {
        let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(|n| usize::try_from(n).unwrap());
        let rows = (y..y + height).flat_map(|y| &self.pixels[y * self.width + x..y * self.width + x + width]);
        Self { width, height, pixels: rows.copied().collect() }
    }

    /// Whether there is ink at a dot.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        self.pixels[usize::try_from(y).unwrap() * self.width + usize::try_from(x).unwrap()] < 128
    }

    /// All symbols in it.
    pub fn read(&self) -> Vec<String> {
        let frame = Luma::new(self.width, self.height, &self.pixels).unwrap();
        let symbols = read_picture(frame, || true);
        symbols.iter().map(|symbol| symbol.text().unwrap().to_owned()).collect()
    }
}

/// Reads every label of a page, each from its own picture: one symbol on each.
pub fn read_labels(page: &Page, picture: &Picture) -> Vec<String> {
    let texts = page.placed().iter().map(|placed| {
        let found = picture.crop(placed.label).read();
        assert_eq!(found.len(), 1, "label {}: {found:?}", placed.number);
        found.into_iter().next().unwrap()
    });
    texts.collect()
}

/// A program of poppler-utils (`apt-get install poppler-utils`), without which PDFs are not tested.
fn poppler(program: &str, arguments: &[&str], file: &Path) -> Vec<u8> {
    let output = Command::new(program).args(arguments).arg(file).arg("-").output();
    let output = output.unwrap_or_else(|error| panic!("{program} of Debian's poppler-utils is needed: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

pub struct Pdf {
    file: tempfile::NamedTempFile,
}

impl Pdf {
    pub fn of(pages: &[Page]) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), nguon_label::to_pdf(pages, "Tem").unwrap()).unwrap();
        Self { file }
    }

    /// What a reader copies out of it.
    pub fn text(&self) -> String {
        String::from_utf8(poppler("pdftotext", &["-enc", "UTF-8"], self.file.path())).unwrap()
    }

    /// A page as poppler draws it, pages counted from 1, at a resolution.
    pub fn draw(&self, page: usize, dpi: u16) -> Picture {
        let (page, dpi) = (page.to_string(), dpi.to_string());
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("page");
        let status = Command::new("pdftoppm")
            .args(["-gray", "-png", "-singlefile", "-r", &dpi, "-f", &page, "-l", &page])
            .args([self.file.path(), &out])
            .status();
        let status = status.unwrap_or_else(|error| panic!("pdftoppm of Debian's poppler-utils is needed: {error}"));
        assert!(status.success());
        Picture::of_png(&std::fs::read(out.with_extension("png")).unwrap())
    }

    /// The fonts in it, a line each: name, kind, and whether embedded and a subset.
    pub fn fonts(&self) -> Vec<String> {
        let output = Command::new("pdffonts").arg(self.file.path()).output();
        let output = output.unwrap_or_else(|error| panic!("pdffonts of Debian's poppler-utils is needed: {error}"));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().skip(2).map(str::to_owned).collect()
    }
}
