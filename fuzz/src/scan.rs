//! The scanner's frames.

use nguon_scan::{Luma, Scanner, Symbol, read_picture};

/// A frame of the first two bytes' sides: what is read has places and is there once, and is read again.
pub fn luma(data: &[u8]) {
    let [width, height, pixels @ ..] = data else { return };
    let Ok(frame) = Luma::new(usize::from(*width), usize::from(*height), pixels) else {
        let needed = usize::from(*width) * usize::from(*height);
        assert!(needed == 0 || pixels.len() < needed, "a frame with enough pixels is one");
        return;
    };
    let symbols = read_picture(frame, few());
    for (i, symbol) in symbols.iter().enumerate() {
        assert!(symbol.bytes().len() <= 7_089, "no symbol holds more");
        assert!(symbols[..i].iter().all(|other| other.bytes() != symbol.bytes()), "a payload once");
        assert!(symbol.corners().iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()));
    }
    if !symbols.is_empty() {
        assert_eq!(read_picture(frame, few()), symbols);
    }
    let mut scanner = Scanner::new();
    let _: [Vec<Symbol>; 2] = std::array::from_fn(|_| scanner.read(frame, || false));
}

/// Time for some attempts: all of them take so long that nothing else would be fuzzed.
fn few() -> impl FnMut() -> bool {
    let mut left = 5;
    move || {
        left -= 1;
        left > 0
    }
}
