//! PDFs as others read them: the programs of Debian's poppler-utils (`apt-get install poppler-utils`), without which PDFs are not
//! tested.
#![allow(dead_code, missing_docs)] // each test file uses a part

use std::path::Path;
use std::process::Command;

/// What a program of poppler-utils prints.
fn poppler(program: &str, arguments: &[&str], file: &Path, after: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).arg(file).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program} of Debian's poppler-utils is needed: {error}"));
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program}: {complaints}");
    // Poppler 22 takes `/Suspects false`, which ISO 32000-1 table 321 asks for, for a fault.
    let complaints = complaints.replace("Syntax Error: Suspects object is wrong type (boolean)\n", "");
    assert_eq!(complaints, "", "{program} complains");
    output.stdout
}

pub struct Pdf {
    pub file: tempfile::NamedTempFile,
}

impl Pdf {
    pub fn of(bytes: &[u8]) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Self { file }
    }

    /// What a reader copies out of it, in its order.
    pub fn text(&self) -> String {
        self.said("pdftotext", &["-enc", "UTF-8"], &["-"])
    }

    /// The same, with words where they stand.
    pub fn layout(&self) -> String {
        self.said("pdftotext", &["-enc", "UTF-8", "-layout"], &["-"])
    }

    pub fn info(&self) -> String {
        self.said("pdfinfo", &[], &[])
    }

    /// The tree of structure with its text.
    pub fn structure(&self) -> String {
        // It prints the titles of headings as they are, in UTF-16.
        let bytes = poppler("pdfinfo", &["-struct-text"], self.file.path(), &[]);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn pages(&self) -> usize {
        let info = self.info();
        info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap()
    }

    pub fn attachments(&self) -> String {
        self.said("pdfdetach", &["-list"], &[])
    }

    /// An attachment as poppler takes it out, counted from 1.
    pub fn detach(&self, number: usize) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let number = number.to_string();
        self.said("pdfdetach", &["-save", &number, "-o", out.to_str().unwrap()], &[]);
        std::fs::read(out).unwrap()
    }

    /// Fonts, a line each.
    pub fn fonts(&self) -> Vec<String> {
        self.said("pdffonts", &[], &[]).lines().skip(2).map(str::to_owned).collect()
    }

    /// A page as grey pixels, row by row, pages counted from 1.
    pub fn draw(&self, page: usize, dpi: u16) -> Picture {
        let (page, dpi) = (page.to_string(), dpi.to_string());
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("page");
        let arguments = ["-gray", "-png", "-singlefile", "-r", &dpi, "-f", &page, "-l", &page];
        poppler("pdftoppm", &arguments, self.file.path(), &[out.to_str().unwrap()]);
        Picture::of_png(&std::fs::read(out.with_extension("png")).unwrap())
    }

    fn said(&self, program: &str, arguments: &[&str], after: &[&str]) -> String {
        String::from_utf8(poppler(program, arguments, self.file.path(), after)).unwrap()
    }
}

/// Grey pixels.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Picture {
    fn of_png(file: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let pixels = pixels.into_iter().step_by(frame.color_type.samples()).collect();
        Self { width: frame.width.try_into().unwrap(), height: frame.height.try_into().unwrap(), pixels }
    }

    /// What is read from the QR symbols in it.
    pub fn symbols(&self) -> Vec<String> {
        let frame = nguon_scan::Luma::new(self.width, self.height, &self.pixels).unwrap();
        let symbols = nguon_scan::read_picture(frame, || true);
        symbols.iter().map(|symbol| symbol.text().unwrap().to_owned()).collect()
    }

    /// Whether a strip at each edge, as wide as a share of the page in thousandths, is white.
    pub fn margins_are_white(&self, share: usize) -> bool {
        let (x, y) = (self.width * share / 1_000, self.height * share / 1_000);
        self.pixels.iter().enumerate().all(|(at, &grey)| {
            let (column, row) = (at % self.width, at / self.width);
            let inside = (x..self.width - x).contains(&column) && (y..self.height - y).contains(&row);
            inside || grey > 250
        })
    }
}
