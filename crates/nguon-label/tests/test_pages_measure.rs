//! A printer's test page is there for every paper.

use nguon_label::{Dpi, FORMATS, Lang, test_page};

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
