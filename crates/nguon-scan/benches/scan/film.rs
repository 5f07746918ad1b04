//! `scan.film`: frames until a label is read that a hand brings nearer to the camera, in a shop that is not bright. A frame
//! has two attempts, and each reader gets all frames.

use nguon_scan::{Luma, Scanner};
use nguon_scenes::{FRAMES_A_SECOND, Film};

use crate::figures::report;
use crate::readers::Reader;

const FILMS: u32 = 20;

pub fn measure() {
    let mut ours = Vec::new();
    let mut rxings = Vec::new();
    for number in 0..FILMS {
        let film = Film::new(number);
        let mut scanner = Scanner::new();
        let (mut by_us, mut by_rxing) = (None, None);
        for number in 0..3 * FRAMES_A_SECOND {
            let picture = film.frame(number);
            let frame = Luma::new(picture.width, picture.height, &picture.pixels).expect("a frame");
            let mut attempts = 0;
            let two = || {
                attempts += 1;
                attempts < 2
            };
            if by_us.is_none() && !scanner.read(frame, two).is_empty() {
                by_us = Some(number);
            }
            if by_rxing.is_none() && !Reader::Rxing.read(&picture).is_empty() {
                by_rxing = Some(number);
            }
            if by_us.is_some() && by_rxing.is_some() {
                break;
            }
        }
        ours.push(by_us.unwrap_or(3 * FRAMES_A_SECOND));
        rxings.push(by_rxing.unwrap_or(3 * FRAMES_A_SECOND));
    }
    for (name, mut frames) in [("ours", ours), ("rxing", rxings)] {
        frames.sort_unstable();
        let last = usize::try_from(FILMS).expect("few") - 1;
        report(&format!("scan.film.{name}_median"), f64::from(frames[last / 2]), "frames");
        report(&format!("scan.film.{name}_worst"), f64::from(frames[last]), "frames");
    }
}
