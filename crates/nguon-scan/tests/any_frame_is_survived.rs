//! Whatever the camera or a picture brings: nothing panics, and attempts end when there is no more time.

#![allow(clippy::cast_possible_truncation, reason = "casts of floats saturate")]

mod support;

use nguon_scan::{Error, Luma, Scanner, read_picture};
use proptest::prelude::*;
use qrcode::EcLevel;
use support::{Frame, Modules};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn of_any_size_and_pixels(width in 1..200_usize, height in 1..200_usize, seed in any::<u64>(), coarse in 1..12_usize) {
        // Noise of some grain: fine noise alone has no finder pattern.
        let value = |x: usize, y: usize| {
            let place = (x / coarse * 7_919 + y / coarse) as u64;
            (place.wrapping_add(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8
        };
        let pixels: Vec<u8> = (0..width * height).map(|i| value(i % width, i / width)).collect();
        let frame = Luma::new(width, height, &pixels).unwrap();
        read_picture(frame, || true);
        let mut scanner = Scanner::new();
        (0..4).for_each(|_| drop(scanner.read(frame, || false)));
    }

    /// Parts of symbols, pushed over the edges and overlapping: shapes that look right and are not.
    #[test]
    fn of_broken_symbols(
        cuts in proptest::collection::vec((0..400_usize, 0..400_usize, 1..200_usize, 1..200_usize, any::<u8>()), 0..6),
        middles in proptest::collection::vec((0.0..400.0_f32, 0.0..400.0_f32, 0.9..12.0_f32, 0.0..6.3_f32), 1..5),
    ) {
        let mut frame = Frame::light(400, 400);
        let modules = Modules::encode(b"https://nguon.example/01/09529876000019/10/A", EcLevel::M);
        for (x, y, module, turned) in middles {
            frame.draw(&modules, (x, y), module, turned);
        }
        for (left, top, width, height, value) in cuts {
            for y in top..(top + height).min(400) {
                frame.pixels[y * 400 + left..y * 400 + (left + width).min(400)].fill(value);
            }
        }
        frame.read();
    }

    #[test]
    fn sides_and_bytes_that_do_not_go_together_are_refused(
        width in 0..300_usize, height in 0..300_usize, stride in 0..300_usize, length in 0..90_000_usize,
    ) {
        let pixels = vec![0; length];
        let fits = width > 0 && height > 0 && stride >= width && (height - 1) * stride + width <= length;
        prop_assert_eq!(Luma::with_stride(width, height, stride, &pixels).is_ok(), fits);
    }
}

#[test]
fn a_frame_says_what_is_wrong_with_it() {
    let error = |width, height, stride, length: usize| {
        Luma::with_stride(width, height, stride, &vec![0; length]).unwrap_err().to_string()
    };
    assert_eq!(Luma::new(0, 5, &[]).unwrap_err(), Error::Empty { width: 0, height: 5 });
    assert_eq!(error(0, 5, 0, 0), "the frame has no pixels: it is 0 × 5");
    assert_eq!(
        error(9_000, 2, 9_000, 0),
        "the frame is 9000 × 2: a side has at most 8192 pixels; make it smaller first"
    );
    assert_eq!(error(4, 2, 3, 8), "a row of 4 pixels does not fit into a stride of 3");
    assert_eq!(error(4, 2, 4, 7), "the frame needs 8 bytes, and has 7");
}

#[test]
fn rows_lie_a_stride_apart() {
    let modules = Modules::encode(b"stride", EcLevel::M).framed(5.0);
    let stride = modules.width + 13;
    let mut pixels = Vec::new();
    for row in modules.pixels.chunks(modules.width) {
        pixels.extend_from_slice(row);
        pixels.resize(pixels.len() + 13, 99);
    }
    let frame = Luma::with_stride(modules.width, modules.height, stride, &pixels).unwrap();
    let symbols = read_picture(frame, || true);
    assert_eq!(symbols.len(), 1);
    assert_eq!(symbols[0].text(), Some("stride"));
}

/// The first attempt is made; then nothing is done that was not allowed.
#[test]
fn attempts_end_when_there_is_no_more_time() {
    let pixels = vec![200; 640 * 480];
    let frame = Luma::new(640, 480, &pixels).unwrap();
    for allowed in 0..5 {
        let mut asked = 0;
        let go_on = || {
            asked += 1;
            asked <= allowed
        };
        read_picture(frame, go_on);
        assert_eq!(asked, allowed + 1);
    }
}
