//! What a file is, by its content.

use nguon_ingest::media::Kind;

use crate::attached;

fn whole(kind: Kind) -> Vec<u8> {
    let words = b"words of a length that is odd";
    match kind {
        Kind::Jpeg => attached::jpeg(words),
        Kind::Png => attached::png(words),
        Kind::WebP => attached::webp(words),
        Kind::Pdf => attached::pdf(words),
    }
}

#[test]
fn a_whole_file_is_of_its_sort_and_no_other() {
    for kind in Kind::ALL {
        let file = whole(kind);
        assert_eq!(Kind::of_content(&file), Some(kind));
        assert_eq!(Kind::of_media_type(kind.media_type()), Some(kind));
        for other in Kind::ALL {
            assert_eq!(other.may_begin(&file), other == kind, "{kind} as {other}");
        }
    }
}

#[test]
fn a_file_cut_short_is_none() {
    for kind in Kind::ALL {
        let file = whole(kind);
        // A document may end without its last line's end.
        let shortest = file.len() - usize::from(kind == Kind::Pdf);
        for cut in 0..shortest {
            assert_eq!(Kind::of_content(&file[..cut]), None, "{kind} cut at {cut}");
            assert!(kind.may_begin(&file[..cut]), "{kind} cut at {cut}");
        }
    }
}

#[test]
fn a_file_whose_beginning_is_changed_is_none() {
    for kind in Kind::ALL {
        // A JPEG's fourth byte is the name of any marker.
        for at in 0..3 {
            let mut file = whole(kind);
            file[at] ^= 0x20;
            assert_eq!(Kind::of_content(&file), None, "{kind} changed at {at}");
            assert!(!kind.may_begin(&file));
        }
    }
}

#[test]
fn whatever_the_bytes_are_there_is_an_answer() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for kind in Kind::ALL {
        for _ in 0..20_000 {
            let mut file = whole(kind);
            for _ in 0..3 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let at = usize::try_from(state >> 16).unwrap() % file.len();
                file[at] = state.to_le_bytes()[0];
            }
            // No panic, and whatever else it may be now, it is no page.
            let found = Kind::of_content(&file);
            assert!(found.is_none_or(|found| found.may_begin(&file)));
        }
    }
}

#[test]
fn a_picture_without_a_size_is_none() {
    for kind in [Kind::Jpeg, Kind::Png] {
        let mut file = whole(kind);
        let frame: &[u8] = if kind == Kind::Jpeg { &[8, 0, 1, 0, 1] } else { &[0, 0, 0, 1, 0, 0, 0, 1, 8] };
        let at = file.windows(frame.len()).position(|found| found == frame).unwrap();
        file[at..at + frame.len()].fill(0);
        assert_eq!(Kind::of_content(&file), None, "{kind}");
    }
}
