//! Of our own pictures of each kind at least so many are read: a sample of them, always the same. `cargo xtask bench scan`
//! has more of them, beside other readers.

use std::collections::BTreeSet;

use nguon_scan::{Luma, Scanner, read_picture};
use nguon_scenes::{Category, Film, picture};

const PICTURES: u32 = 3;

/// How many of the first three of a kind are read.
const FLOORS: [(Category, usize); 16] = [
    (Category::Rotated, 3),
    (Category::Tilted, 3),
    (Category::Curved, 2),
    (Category::Folded, 1),
    (Category::Defocused, 2),
    (Category::Moved, 3),
    (Category::Glare, 2),
    (Category::LowLight, 3),
    (Category::Noisy, 3),
    (Category::Wet, 1),
    (Category::Dirty, 3),
    (Category::Covered, 3),
    (Category::Small, 3),
    (Category::Far, 2),
    (Category::Several, 3),
    (Category::Inverted, 3),
];

#[test]
fn every_kind_has_its_floor() {
    let mut short = Vec::new();
    for (category, floor) in FLOORS {
        let read = (0..PICTURES).filter(|&number| is_read(category, number)).count();
        println!("{}: {read} of {PICTURES}", category.name());
        if read < floor {
            short.push((category, read, floor));
        }
    }
    assert!(short.is_empty(), "read, and to be read at least: {short:?}");
}

/// Whether everything in it is read, and nothing that is not there.
fn is_read(category: Category, number: u32) -> bool {
    let picture = picture(category, number);
    let frame = Luma::new(picture.width, picture.height, &picture.pixels).unwrap();
    let texts: BTreeSet<String> =
        read_picture(frame, || true).iter().filter_map(|symbol| symbol.text()).map(str::to_owned).collect();
    let payloads: BTreeSet<String> = picture.payloads.into_iter().collect();
    assert!(texts.is_subset(&payloads), "{}_{number}: {texts:?}", category.name());
    texts == payloads
}

/// A hand brings a label nearer, shaking, in dim light; each frame gets two attempts.
#[test]
fn a_film_is_read_within_two_seconds() {
    for number in 0..2 {
        let film = Film::new(number);
        let mut scanner = Scanner::new();
        let read = (0..60).find(|&frame| {
            let picture = film.frame(frame);
            let luma = Luma::new(picture.width, picture.height, &picture.pixels).unwrap();
            let mut attempts = 0;
            let symbols = scanner.read(luma, || {
                attempts += 1;
                attempts < 2
            });
            symbols.iter().any(|symbol| symbol.text() == picture.payloads.first().map(String::as_str))
        });
        println!("film {number}: {read:?}");
        assert!(read.is_some(), "film {number}");
    }
}
