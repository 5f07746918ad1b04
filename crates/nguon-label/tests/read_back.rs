//! An independent reader finds in every drawing exactly the link that was put in.

use nguon_gs1::{Commitment, DigitalLink, LabelCode};
use nguon_label::{Caption, Dpi, Error, Label, Scale, Terminal, sheets};
use proptest::prelude::*;

/// The link in a square of modules without quiet zone, as rqrr reads it.
fn read_modules(side: usize, is_dark: impl Fn(usize, usize) -> bool) -> String {
    let grid = rqrr::SimpleGrid::from_func(side, is_dark);
    let (meta, text) = rqrr::Grid::new(grid).decode().unwrap();
    // rqrr gives the format bits: 00 is level M.
    assert_eq!(meta.ecc_level, 0);
    text
}

/// The same, for rows of modules with the quiet zone around them, which must be light.
fn read_rows(rows: &[Vec<bool>]) -> String {
    let modules = rows.len();
    for (y, row) in rows.iter().enumerate() {
        assert_eq!(row.len(), modules);
        for (x, &dark) in row.iter().enumerate() {
            let quiet = [x, y].into_iter().any(|i| i < 4 || i >= modules - 4);
            assert!(!(dark && quiet), "dark module at {x}, {y} in the quiet zone");
        }
    }
    read_modules(modules - 8, |x, y| rows[y + 4][x + 4])
}

/// Side and grey pixels of a PNG.
fn decode_png(file: &[u8]) -> (usize, Vec<u8>, Option<u32>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((frame.width, frame.bit_depth), (frame.height, png::BitDepth::Eight));
    let per_metre = reader.info().pixel_dims.map(|dims| dims.xppu);
    (usize::try_from(frame.width).unwrap(), pixels, per_metre)
}

/// Finds the symbol in an image, as a camera would have to.
fn scan(side: usize, pixels: &[u8]) -> String {
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| pixels[y * side + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

/// Fills the path's rectangles into rows of modules.
fn rasterise(svg: &str, modules: usize) -> Vec<Vec<bool>> {
    let mut rows = vec![vec![false; modules]; modules];
    let path = between(svg, "<path d=\"", "\"");
    for rectangle in path.split_terminator('z') {
        let (x, rest) = rectangle.strip_prefix('M').unwrap().split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (run, back) = rest.split_once("v1h-").unwrap();
        assert_eq!(run, back);
        let [x, y, run] = [x, y, run].map(|n| n.parse::<usize>().unwrap());
        for module in &mut rows[y][x..x + run] {
            assert!(!*module, "drawn twice");
            *module = true;
        }
    }
    rows
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

/// Reads half blocks back into rows of modules, light where ink is.
fn parse_terminal(text: &str) -> Vec<Vec<bool>> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let halves = line.chars().map(|c| match c {
            '█' => (false, false),
            '▀' => (false, true),
            '▄' => (true, false),
            ' ' => (true, true),
            c => panic!("{c:?} is no half block"),
        });
        let (upper, lower): (Vec<bool>, Vec<bool>) = halves.unzip();
        rows.extend([upper, lower]);
    }
    // The lower half of the last line is beyond the symbol, and light.
    assert!(rows.pop().unwrap().iter().all(|dark| !dark));
    rows
}

fn check_all_drawings(link: &DigitalLink) {
    let label = Label::new(link.clone()).unwrap();
    let expected = link.to_string();
    let modules = usize::try_from(label.modules()).unwrap();

    let (side, pixels, _) = decode_png(&label.to_png(Scale::new(4).unwrap()).unwrap());
    assert_eq!(side, modules * 4);
    assert_eq!(scan(side, &pixels), expected);

    for dpi in [Dpi::D203, Dpi::D300] {
        let (side, pixels, per_metre) = decode_png(&label.to_print_png(dpi).unwrap());
        assert_eq!(scan(side, &pixels), expected);
        let metres = f64::from(u32::try_from(side).unwrap()) / f64::from(per_metre.unwrap());
        assert!((metres * 1000.0 - label.size_mm(dpi)).abs() < 0.01);
    }

    for caption in [Caption::Hidden, Caption::Shown] {
        let svg = label.to_svg(Dpi::D300, caption);
        assert_eq!(svg.matches("<path").count(), 1);
        assert_eq!(read_rows(&rasterise(&svg, modules)), expected);
    }

    assert_eq!(read_rows(&parse_terminal(&label.to_terminal(Terminal::DarkGround))), expected);
    let ansi = label.to_terminal(Terminal::Ansi);
    for line in ansi.lines() {
        assert!(line.starts_with("\u{1B}[38;5;231;48;5;16m") && line.ends_with("\u{1B}[0m"));
    }
    let plain = ansi.replace("\u{1B}[38;5;231;48;5;16m", "").replace("\u{1B}[0m", "");
    assert_eq!(plain, label.to_terminal(Terminal::DarkGround));
}

#[test]
fn a_lychee_box_label_is_read_from_every_drawing() {
    let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612/21/K7Q2M9X4T1B8#AAECAwQFBgcICQoLDA0ODw";
    check_all_drawings(&link.parse().unwrap());
}

#[test]
fn text_under_the_symbol_is_escaped_and_outside_the_quiet_zone() {
    let code = LabelCode::new("09521234543213".parse().unwrap(), "<b>&\"'x".parse().unwrap())
        .with_variant("2A".parse().unwrap())
        .with_serial("</text>".parse().unwrap());
    let link = DigitalLink::new("https://nguon.example".parse().unwrap(), code);
    let label = Label::new(link.clone()).unwrap();
    let svg = label.to_svg(Dpi::D600, Caption::Shown);
    for line in ["(01)09521234543213", "(22)2A", "(10)&lt;b&gt;&amp;&quot;&#39;x", "(21)&lt;/text&gt;"] {
        assert!(svg.contains(&format!(">{line}</text>")), "{line} in {svg}");
    }
    assert_eq!(svg.matches("</text>").count(), 4);
    assert!(!svg.contains("<b>"));
    for y in svg.split("<text ").skip(1).map(|text| between(text, "y=\"", "\"")) {
        assert!(y.parse::<f64>().unwrap() > f64::from(label.modules()) + 2.0);
    }
    let hidden = label.to_svg(Dpi::D600, Caption::Hidden);
    assert!(!hidden.contains("<text"));
    assert!(hidden.contains(&format!("viewBox=\"0 0 {0} {0}\"", label.modules())));
}

#[test]
fn a_link_that_fits_no_symbol_is_refused() {
    let long = format!("https://a{}/01/09521234543213/10/A", "/segment".repeat(400));
    let error = Label::new(long.parse().unwrap()).unwrap_err();
    assert!(matches!(error, Error::LinkTooLong(length) if length == long.len()));
    let largest = format!("https://a{}/01/09521234543213/10/A", "/segment".repeat(280));
    assert!(Label::new(largest.parse().unwrap()).is_ok());
    assert!(matches!(Scale::new(0), Err(Error::Scale(0))));
    assert!(matches!(Scale::new(65), Err(Error::Scale(65))));
    for dpi in [0, 71, 2401, u16::MAX] {
        assert!(matches!(Dpi::new(dpi), Err(Error::Dpi(refused)) if refused == dpi));
    }
}

fn link() -> impl Strategy<Value = DigitalLink> {
    (
        r"https://[a-z]{3,20}\.vn(/[a-z]{1,8})?",
        "[0-9]{12}[1-9]",
        r#"[A-Za-z0-9!"%&'()*+,./:;<=>?_-]{1,19}x"#,
        proptest::option::of("[A-Z0-9]{1,20}"),
        proptest::option::of(any::<[u8; 16]>()),
    )
        .prop_map(|(stem, payload, lot, serial, commitment)| {
            let gtin = nguon_gs1::Gtin::from_payload(&payload).unwrap();
            let mut code = LabelCode::new(gtin, lot.parse().unwrap());
            if let Some(serial) = serial {
                code = code.with_serial(serial.parse().unwrap());
            }
            if let Some(bytes) = commitment {
                code = code.with_commitment(Commitment::new(bytes));
            }
            DigitalLink::new(stem.parse().unwrap(), code)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_link_is_read_from_every_drawing(link in link()) {
        check_all_drawings(&link);
    }
}

proptest! {
    #[test]
    fn a_module_is_the_fewest_whole_dots_that_reach_the_smallest_width(dpi in 72_u16..=2400) {
        let resolution = Dpi::new(dpi).unwrap();
        let dot = 25.4 / f64::from(dpi);
        let dots = f64::from(resolution.dots_per_module());
        prop_assert!((resolution.module_mm() - dots * dot).abs() < 1e-9);
        prop_assert!(resolution.module_mm() >= 0.396 - 1e-9);
        prop_assert!((dots - 1.0) * dot < 0.396);
    }

    #[test]
    fn the_svg_is_as_large_as_its_modules(dpi in 72_u16..=2400, caption in any::<bool>()) {
        let dpi = Dpi::new(dpi).unwrap();
        let caption = if caption { Caption::Shown } else { Caption::Hidden };
        let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612";
        let label = Label::new(link.parse().unwrap()).unwrap();
        let svg = label.to_svg(dpi, caption);
        let number = |before, after| between(&svg, before, after).parse::<f64>().unwrap();
        let (width, height) = (number("width=\"", "mm\""), number("height=\"", "mm\""));
        let sides: Vec<f64> = between(&svg, "viewBox=\"0 0 ", "\"")
            .split(' ')
            .map(|side| side.parse().unwrap())
            .collect();
        prop_assert_eq!(sides[0], f64::from(label.modules()));
        for (mm, modules) in [(width, sides[0]), (height, sides[1])] {
            let exact = modules * dpi.module_mm();
            prop_assert!(mm >= exact - 1e-9 && mm < exact + 1.1e-4, "{mm} for {exact}");
        }
        prop_assert!((width - label.size_mm(dpi)).abs() < 1.1e-4);
        prop_assert_eq!(caption == Caption::Shown, height > width);
    }
}

#[test]
fn every_label_of_a_sheet_is_read_and_stands_by_itself_on_whole_dots() {
    let link = |n: u32| format!("https://nguon.example/01/09521234543213/10/VT-0612/21/{n:016}#AAECAwQFBgcICQoLDA0ODw");
    let labels: Vec<Label> = (0..150).map(|n| Label::new(link(n).parse().unwrap()).unwrap()).collect();
    for (dpi, caption) in [(Dpi::D600, Caption::Shown), (Dpi::D203, Caption::Hidden)] {
        let pages = sheets(&labels, dpi, caption);
        let mut found = Vec::new();
        for page in &pages {
            assert!(page.starts_with("<svg xmlns=") && page.contains("width=\"210mm\" height=\"297mm\""));
            let mut placed: Vec<[f64; 4]> = Vec::new();
            for label in page.split("<svg x=").skip(1) {
                let label = format!("x={label}");
                let number = |name: &str| between(&label, &format!("{name}=\""), "\"").parse::<f64>().unwrap();
                let here = ["x", " y", " width", " height"].map(number);
                let [x, y, width, height] = here;
                assert!(x >= 10.0 && y >= 10.0 && x + width <= 200.0 && y + height <= 287.0, "{here:?}");
                let apart = |[a, b, c, d]: &[f64; 4]| x >= a + c || *a >= x + width || y >= b + d || *b >= y + height;
                assert!(placed.iter().all(apart), "{here:?}");
                for length in here {
                    let dots = length * f64::from(dpi.get()) / 25.4;
                    assert!((dots - dots.round()).abs() < 0.02, "{length}");
                }
                placed.push(here);
                let modules = usize::try_from(labels[0].modules()).unwrap();
                found.push(read_rows(&rasterise(&label, modules)));
            }
        }
        assert!((2..10).contains(&pages.len()), "{}", pages.len());
        assert_eq!(found, (0..150).map(link).collect::<Vec<_>>());
    }
    assert!(sheets(&[], Dpi::D300, Caption::Shown).is_empty());
}
