//! A test page's ruler is as long as it says, and its symbols say their own size.

mod support;

use nguon_label::{Dpi, FORMATS, Lang, Paper, Rect, test_page};
use support::{Pdf, Picture};

/// Dots of the longest dark line of a row, and where it begins.
fn marks_of_row(picture: &Picture, y: usize) -> Vec<usize> {
    let row = &picture.pixels[y * picture.width..(y + 1) * picture.width];
    (1..row.len()).filter(|&x| row[x] < 128 && row[x - 1] >= 128).collect()
}

#[test]
fn a_hundred_millimetres_are_a_hundred_millimetres() {
    for dpi in [203_u16, 300, 600] {
        let page = test_page(Paper::named("a4-24-70x37").unwrap(), Dpi::new(dpi).unwrap(), Lang::Vi).unwrap();
        let picture = Picture::of_png(&page.to_png().unwrap());
        // The row with the most marks where the ruler is: frames have one every other millimetre.
        let dot = 25.4 / f64::from(dpi);
        let ruler = |y| -> Vec<f64> {
            let marks = marks_of_row(&picture, y).into_iter().map(|x| f64::from(u32::try_from(x).unwrap()));
            marks.filter(|x| (14.5..115.5).contains(&(x * dot))).collect()
        };
        let marks = (0..picture.height).map(ruler).max_by_key(Vec::len).unwrap();
        let first = marks.iter().position(|&x| (x * dot - 15.0).abs() < 2.0 * dot).unwrap();
        for mm in 0..=100_u8 {
            let at = (marks[first + usize::from(mm)] - marks[first]) * dot;
            assert!((at - f64::from(mm)).abs() <= 2.0 * dot, "{mm} mm stands at {at} at {dpi} dpi");
        }
    }
}

#[test]
fn its_symbols_are_read_and_say_their_module() {
    let page = test_page(Paper::named("a4-24-70x37").unwrap(), Dpi::D300, Lang::Vi).unwrap();
    let picture = Picture::of_png(&page.to_png().unwrap());
    // Side by side, each 33 mm after the one before, beside the upright ruler.
    let dots = |mm: u32| mm * 3_000 / 254;
    for (n, size) in (0..).zip(["0.339", "0.423", "0.508", "0.593", "0.677"]) {
        let area = Rect { x: dots(28 + 33 * n), y: dots(35), width: dots(33), height: dots(30) };
        assert_eq!(picture.crop(area).read(), [format!("NGUON {size} mm")]);
    }
    let words = Pdf::of(&[page]).text();
    for said in ["0,339 mm, 4 chấm", "dưới mức cho phép", "0,423 mm, 5 chấm", "nhỏ nhất được in", "đặt thước thật lên"]
    {
        assert!(words.contains(said), "{said} in {words}");
    }
}

#[test]
fn every_paper_has_one_in_every_language_and_resolution() {
    for format in FORMATS {
        for (dpi, lang) in [(Dpi::D203, Lang::En), (Dpi::new(72).unwrap(), Lang::Vi), (Dpi::D600, Lang::En)] {
            let page = test_page(format.paper().unwrap(), dpi, lang).unwrap();
            assert!(page.placed().is_empty());
            let svg = page.to_svg();
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{}", format.name);
        }
    }
}
