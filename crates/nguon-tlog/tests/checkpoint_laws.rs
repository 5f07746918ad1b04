//! A checkpoint has one text, and a text that is not a checkpoint's is refused.

use nguon_tlog::checkpoint::{Checkpoint, CheckpointError};
use nguon_tlog::hash::Hash;
use proptest::prelude::*;

const ROOT: &str = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

#[test]
fn the_example_of_tlog_checkpoint_is_read() {
    let text = format!("example.com/behind-the-sofa\n20852163\n{ROOT}\n");
    let checkpoint = Checkpoint::parse(&text).unwrap();
    assert_eq!(checkpoint.origin, "example.com/behind-the-sofa");
    assert_eq!(checkpoint.size, 20_852_163);
    assert_eq!(checkpoint.root.as_bytes()[..4], [0x0a, 0xc5, 0x18, 0x6a]);
    assert_eq!(checkpoint.extensions, Vec::<String>::new());
    assert_eq!(checkpoint.to_text(), text);
}

#[test]
fn extension_lines_are_kept_as_they_stand() {
    let text = format!("log\n0\n{ROOT}\nmột dòng \n— another\n");
    let checkpoint = Checkpoint::parse(&text).unwrap();
    assert_eq!(checkpoint.extensions, ["một dòng ", "— another"]);
    assert_eq!(checkpoint.to_text(), text);
}

#[test]
fn texts_of_another_form_are_refused() {
    for (text, error) in [
        (String::new(), CheckpointError::Lines),
        ("\n".to_owned(), CheckpointError::Lines),
        ("log\n7\n".to_owned(), CheckpointError::Lines),
        (format!("log\n7\n{ROOT}"), CheckpointError::Lines),
        (format!("\n7\n{ROOT}\n"), CheckpointError::Origin),
        (format!("log\n7\n{ROOT}\n\n"), CheckpointError::Extension),
        (format!("log\n7\n{ROOT}\n\nmore\n"), CheckpointError::Extension),
        (format!("log\n7\n{ROOT} \n"), CheckpointError::Root),
        (format!("log\n7\n{}\n", ROOT.trim_end_matches('=')), CheckpointError::Root),
        (format!("log\n7\n{}\n", ROOT.replace("2I=", "2J=")), CheckpointError::Root),
        ("log\n7\nAAAA\n".to_owned(), CheckpointError::Root),
        ("log\n7\n\n".to_owned(), CheckpointError::Root),
    ] {
        assert_eq!(Checkpoint::parse(&text), Err(error), "{text:?}");
    }
}

#[test]
fn sizes_have_one_spelling() {
    let read = |size: &str| Checkpoint::parse(&format!("log\n{size}\n{ROOT}\n")).map(|checkpoint| checkpoint.size);
    for size in
        ["", "00", "07", "+7", "-7", " 7", "7 ", "7a", "0x7", "٧", "18446744073709551616", "99999999999999999999"]
    {
        assert_eq!(read(size), Err(CheckpointError::Size), "{size:?}");
    }
    for size in [0, 7, 10, u64::MAX] {
        assert_eq!(read(&size.to_string()), Ok(size));
    }
}

proptest! {
    #[test]
    fn checkpoints_round_trip(
        origin in "[!-~à-ỹ]{1,30}",
        size: u64,
        root: [u8; 32],
        extensions in prop::collection::vec("[ -~]{1,20}", 0..3),
    ) {
        let checkpoint = Checkpoint { origin, size, root: Hash::from_bytes(root), extensions };
        prop_assert_eq!(Checkpoint::parse(&checkpoint.to_text()), Ok(checkpoint));
    }

    #[test]
    fn hostile_texts_neither_panic_nor_have_two_spellings(
        text in "([a-c]|\n|0|[0-9]{1,22}\n|[A-D]{43}=\n|\\PC){0,12}",
    ) {
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert_eq!(checkpoint.to_text(), text);
        }
    }
}
