//! A symbol that is known, to see what the browser's own detector is worth.

/// What the symbol says.
pub const TEXT: &str = "NGUON";

/// Its modules, a row a number, the leftmost in bit 20: version 1, error correction level M.
const ROWS: [u32; 21] = [
    0x1fc37f, 0x105841, 0x17415d, 0x174c5d, 0x17535d, 0x104e41, 0x1fd57f, 0x000c00, 0x154912, 0x0a12ad, 0x08d2e0,
    0x1a0bbc, 0x1ddee9, 0x001046, 0x1fcd16, 0x10404f, 0x175559, 0x1746ae, 0x1756e5, 0x104bbb, 0x1fd6e5,
];

/// Pixels a module.
const SCALE: usize = 6;
/// Modules left light on each side (ISO/IEC 18004 §9.1).
const QUIET_ZONE: usize = 4;

/// Pixels a side of the picture.
pub const SIDE: usize = (ROWS.len() + 2 * QUIET_ZONE) * SCALE;

/// The picture: [`SIDE`] rows of as many pixels, four bytes a pixel.
#[must_use]
pub fn picture() -> Vec<u8> {
    let dark = |x: usize, y: usize| {
        let row = y.checked_sub(QUIET_ZONE).and_then(|y| ROWS.get(y));
        let bit = x.checked_sub(QUIET_ZONE).and_then(|x| (ROWS.len() - 1).checked_sub(x));
        row.zip(bit).is_some_and(|(row, bit)| row >> bit & 1 == 1)
    };
    let pixels = (0..SIDE * SIDE).map(|at| dark(at % SIDE / SCALE, at / SIDE / SCALE));
    pixels.flat_map(|dark| if dark { [0, 0, 0, 255] } else { [255; 4] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixels::{Layout, Picture};

    #[test]
    fn the_probe_says_what_it_should() {
        let picture = Picture::new(Layout::Rgba, SIDE, SIDE, SIDE * 4, picture());
        let symbols = nguon_scan::read_picture(picture.frame().unwrap(), || true);
        let texts: Vec<_> = symbols.iter().map(|symbol| symbol.text()).collect();
        assert_eq!(texts, [Some(TEXT)]);
    }
}
