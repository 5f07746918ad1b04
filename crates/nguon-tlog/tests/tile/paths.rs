//! Paths are those of the specification, and each file has exactly one.

use nguon_tlog::tile::{EntryBundle, FULL_WIDTH, Tile, TileError};
use proptest::prelude::*;

#[test]
fn paths_are_written_as_the_specification_says() {
    let path = |level, index, width| Tile::new(level, index, width).unwrap().path();
    assert_eq!(path(0, 0, 256), "tile/0/000");
    assert_eq!(path(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(0, 1_067, 5), "tile/0/x001/067.p/5");
    assert_eq!(path(1, 999, 255), "tile/1/999.p/255");
    assert_eq!(path(63, 1_000_000, 1), "tile/63/x001/x000/000.p/1");
    assert_eq!(path(0, u64::MAX, 256), "tile/0/x018/x446/x744/x073/x709/x551/615");
    assert_eq!(EntryBundle::new(1_234_067, 256).unwrap().path(), "tile/entries/x001/x234/067");
    assert_eq!(EntryBundle::new(0, 44).unwrap().path(), "tile/entries/000.p/44");
}

#[test]
fn a_tile_has_1_to_256_hashes_and_a_level_up_to_63() {
    for (level, width) in [(0, 0), (0, 257), (0, u16::MAX), (64, 1), (u8::MAX, 256)] {
        assert!(matches!(Tile::new(level, 0, width), Err(TileError::Name(_))));
    }
    assert!(matches!(EntryBundle::new(0, 0), Err(TileError::Name(_))));
    assert!(matches!(EntryBundle::new(0, 257), Err(TileError::Name(_))));
}

#[test]
fn other_spellings_and_other_files_are_refused() {
    let places = [
        "",
        "0",
        "00",
        "0000",
        "+00",
        "-01",
        " 00",
        "00a",
        "x000",
        "x000/067",
        "x001",
        "001/067",
        "x001/x067",
        "x01/067",
        "x0001/067",
        "xx01/067",
        "X001/067",
        "x001//067",
        "x001/067/",
        "/000",
        "000/",
        "000.p",
        "000.p/",
        "000.p/0",
        "000.p/05",
        "000.p/+5",
        "000.p/256",
        "000.p/99999999999999999999",
        "000.p/5/",
        "000.p/5.p/5",
        "000.P/5",
        "../000",
        "x018/x446/x744/x073/x709/x551/616",
        "x999/x999/x999/x999/x999/x999/x999/999",
    ];
    for place in places {
        for path in [format!("tile/0/{place}"), format!("tile/entries/{place}")] {
            assert!(Tile::parse(&path).is_err(), "{path}");
            assert!(EntryBundle::parse(&path).is_err(), "{path}");
        }
    }
    for path in
        ["tile/64/000", "tile/00/000", "tile/+1/000", "tile//000", "/tile/0/000", "tile/0", "tiles/0/000", "tile"]
    {
        assert_eq!(Tile::parse(path), Err(TileError::Name(path.to_owned())));
    }
    assert!(Tile::parse("tile/entries/000").is_err());
    assert!(EntryBundle::parse("tile/0/000").is_err());
}

#[test]
fn widths_are_those_of_the_specifications_log_of_70000() {
    let size = 70_000;
    let widths =
        |level| (0..).map_while(move |index| Tile::of(level, index, size)).map(|tile| tile.width()).collect::<Vec<_>>();
    assert_eq!(widths(0), [vec![FULL_WIDTH; 273], vec![112]].concat());
    assert_eq!(widths(1), [FULL_WIDTH, 17]);
    assert_eq!(widths(2), [1]);
    assert_eq!(widths(3), []);
    assert_eq!(Tile::last_of(0, size), Tile::new(0, 273, 112).ok());
    assert_eq!(Tile::last_of(1, size), Tile::new(1, 1, 17).ok());
    assert_eq!(EntryBundle::of(273, size), EntryBundle::new(273, 112).ok());
    assert_eq!(EntryBundle::of(274, size), None);

    assert_eq!(Tile::last_of(0, 256), Tile::new(0, 0, 256).ok());
    assert_eq!(Tile::last_of(1, 256), Tile::new(1, 0, 1).ok());
    assert_eq!(Tile::last_of(0, 0), None);
    assert_eq!(Tile::of(63, 0, u64::MAX), None);
    assert_eq!(Tile::of(0, u64::MAX, u64::MAX), None);
}

proptest! {
    #[test]
    fn every_tile_is_read_back_from_its_path(level in 0_u8..64, index: u64, width in 1_u16..=256) {
        // Indexes of every number of digits.
        for index in (0..64).map(|bits| index >> bits) {
            let tile = Tile::new(level, index, width).unwrap();
            prop_assert_eq!(Tile::parse(&tile.path()), Ok(tile));
            prop_assert_eq!(tile.path().parse(), Ok(tile));
            let bundle = EntryBundle::new(index, width).unwrap();
            prop_assert_eq!(EntryBundle::parse(&bundle.path()), Ok(bundle));
            prop_assert_eq!(bundle.to_string().parse(), Ok(bundle));
        }
    }

    #[test]
    fn what_is_read_is_written_the_same(path in "tile/([0-9]{1,2}|entries)/(x[0-9]{3}/){0,3}[0-9]{3}(\\.p/[0-9]{1,3})?") {
        if let Ok(tile) = Tile::parse(&path) {
            prop_assert_eq!(tile.path(), path.clone());
        }
        if let Ok(bundle) = EntryBundle::parse(&path) {
            prop_assert_eq!(bundle.path(), path);
        }
    }
}
