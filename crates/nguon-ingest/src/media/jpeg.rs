//! JPEG: markers and their lengths up to the first scan (ITU-T T.81, B.1), a frame with a size among them, and an end.

pub(super) const MAGIC: &[u8] = &[0xff, 0xd8, 0xff];

const START_OF_SCAN: u8 = 0xda;
const END: [u8; 2] = [0xff, 0xd9];

pub(super) fn is_sound(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && to_scan(bytes).is_some_and(|scan| scan.windows(2).any(|pair| pair == END))
}

/// What follows the head of the first scan; `None` if there is no frame with a size before it.
fn to_scan(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(2..)?;
    let mut has_frame = false;
    loop {
        let (0xff, after) = rest.split_first().map(|(first, after)| (*first, after))? else { return None };
        // Any number of fill bytes may precede a marker.
        let (marker, after) = after.split_first()?;
        if *marker == 0xff {
            rest = after;
            continue;
        }
        // Markers without a length have no place here; 00 is no marker.
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd9) {
            return None;
        }
        let (length, _) = after.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (segment, following) = after.split_at_checked(length).filter(|_| length >= 2)?;
        match marker {
            // Frames: C0 to CF, but for tables (C4, CC) and the reserved C8.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let size = segment.get(3..7)?;
                // A height of 0 is told later (DNL); a width never is.
                has_frame = size.get(2..)? != [0, 0];
            }
            &START_OF_SCAN => return has_frame.then_some(following),
            _ => {}
        }
        rest = following;
    }
}
