//! What a camera writes into a JPEG besides the picture (Exif 2.32, TIFF 6.0): whether there is any of it, where the photo
//! was taken, and that alone written back where the person wants it. Left out: everything else, above all the phone's
//! number and the thumbnail, which may show what was cut away.

/// Application segments that hold Exif and XMP (APP1), Photoshop's notes (APP13), and comments: where a place may stand.
const TELLING: [u8; 3] = [0xe1, 0xed, 0xfe];
const EXIF: &[u8] = b"Exif\0\0";

/// The tag that points to the place in the first directory.
const POINTER: u16 = 0x8825;
/// The place's own tags.
const LATITUDE_REF: u16 = 1;
const LATITUDE: u16 = 2;
const LONGITUDE_REF: u16 = 3;
const LONGITUDE: u16 = 4;
/// Letters, and numbers as fractions of two u32.
const ASCII: u16 = 2;
const RATIONAL: u16 = 5;

/// Where a photo was taken: degrees, minutes and seconds as the camera wrote them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// `N` or `S`
    pub north: u8,
    /// Degrees, minutes, seconds, each a fraction
    pub latitude: [(u32, u32); 3],
    /// `E` or `W`
    pub east: u8,
    /// Degrees, minutes, seconds, each a fraction
    pub longitude: [(u32, u32); 3],
}

/// Whether these bytes are a JPEG without Exif, XMP, notes or comments before its picture.
#[must_use]
pub fn is_plain(jpeg: &[u8]) -> bool {
    let mut ends = false;
    let clean = segments(jpeg, |marker, _| {
        ends |= marker == 0xda;
        TELLING.contains(&marker).then_some(())
    });
    clean.is_none() && ends
}

/// Where a JPEG says that it was taken.
#[must_use]
pub fn place(jpeg: &[u8]) -> Option<Place> {
    let tiff = segments(jpeg, |marker, content| content.strip_prefix(EXIF).filter(|_| marker == 0xe1))?;
    Tiff::of(tiff)?.place()
}

/// The same picture with this place written into it. `None` if it is no JPEG.
#[must_use]
pub fn with_place(jpeg: &[u8], place: &Place) -> Option<Vec<u8>> {
    let rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    let exif = [EXIF, &tiff(place)].concat();
    let length = u16::try_from(exif.len() + 2).ok()?.to_be_bytes();
    Some([&[0xff, 0xd8, 0xff, 0xe1][..], &length, &exif, rest].concat())
}

/// Asks each segment before the picture, the picture's own beginning last, until one gives an answer.
fn segments<'a, T>(jpeg: &'a [u8], mut ask: impl FnMut(u8, &'a [u8]) -> Option<T>) -> Option<T> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let content = rest.get(4..2 + length);
        if let Some(answer) = ask(marker, content.unwrap_or_default()) {
            return Some(answer);
        }
        if marker == 0xda {
            return None;
        }
        rest = rest.get(2 + length..).filter(|_| length >= 2)?;
    }
}

/// A TIFF file within a JPEG.
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let little = match bytes.get(..4)? {
            b"II\x2a\0" => true,
            b"MM\0\x2a" => false,
            _ => return None,
        };
        Some(Self { bytes, little })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn offset(&self, at: usize) -> Option<usize> {
        usize::try_from(self.long(at)?).ok()
    }

    /// Where the entry with this tag, kind and count stands in the directory at `at`.
    fn entry(&self, at: usize, tag: u16, kind: Option<u16>) -> Option<usize> {
        let count = usize::from(self.short(at)?);
        let entries = (0..count).filter_map(|n| at.checked_add(2 + n * 12));
        let mut found = entries.filter(|&entry| self.short(entry) == Some(tag));
        found.find(|&entry| kind.is_none_or(|kind| self.short(entry + 2) == Some(kind)))
    }

    fn letter(&self, directory: usize, tag: u16, either: [u8; 2]) -> Option<u8> {
        let entry = self.entry(directory, tag, Some(ASCII))?;
        self.bytes.get(entry + 8).copied().filter(|letter| either.contains(letter))
    }

    fn angle(&self, directory: usize, tag: u16) -> Option<[(u32, u32); 3]> {
        let entry = self.entry(directory, tag, Some(RATIONAL))?;
        if self.long(entry + 4)? != 3 {
            return None;
        }
        let at = self.offset(entry + 8)?;
        let part = |n: usize| {
            let at = at.checked_add(n * 8)?;
            Some((self.long(at)?, self.long(at.checked_add(4)?)?)).filter(|(_, below)| *below > 0)
        };
        Some([part(0)?, part(1)?, part(2)?])
    }

    fn place(&self) -> Option<Place> {
        let first = self.offset(4)?;
        let directory = self.offset(self.entry(first, POINTER, None)? + 8)?;
        Some(Place {
            north: self.letter(directory, LATITUDE_REF, *b"NS")?,
            latitude: self.angle(directory, LATITUDE)?,
            east: self.letter(directory, LONGITUDE_REF, *b"EW")?,
            longitude: self.angle(directory, LONGITUDE)?,
        })
    }
}

/// A TIFF file that says this and nothing else: a directory that points to a second one, and two angles after it.
fn tiff(place: &Place) -> Vec<u8> {
    const SECOND: u32 = 8 + 2 + 12 + 4;
    const ANGLES: u32 = SECOND + 2 + 4 * 12 + 4;
    let mut made = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |made: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        made.extend(tag.to_be_bytes());
        made.extend(kind.to_be_bytes());
        made.extend(count.to_be_bytes());
        made.extend(value);
    };
    made.extend(1_u16.to_be_bytes());
    entry(&mut made, POINTER, 4, 1, SECOND.to_be_bytes());
    made.extend([0; 4]);
    made.extend(4_u16.to_be_bytes());
    entry(&mut made, LATITUDE_REF, ASCII, 2, [place.north, 0, 0, 0]);
    entry(&mut made, LATITUDE, RATIONAL, 3, ANGLES.to_be_bytes());
    entry(&mut made, LONGITUDE_REF, ASCII, 2, [place.east, 0, 0, 0]);
    entry(&mut made, LONGITUDE, RATIONAL, 3, (ANGLES + 24).to_be_bytes());
    made.extend([0; 4]);
    for (above, below) in place.latitude.iter().chain(&place.longitude) {
        made.extend(above.to_be_bytes());
        made.extend(below.to_be_bytes());
    }
    made
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        for (marker, content) in segments {
            bytes.extend([0xff, *marker]);
            bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
            bytes.extend_from_slice(content);
        }
        bytes.extend([0xff, 0xda, 0, 8, 1, 2, 3, 4, 5, 6]);
        bytes
    }

    fn chu() -> Place {
        Place {
            north: b'N',
            latitude: [(21, 1), (22, 1), (2530, 100)],
            east: b'E',
            longitude: [(106, 1), (33, 1), (4711, 100)],
        }
    }

    #[test]
    fn what_a_camera_writes_besides_the_picture_is_found() {
        assert!(is_plain(&jpeg(&[(0xe0, b"JFIF\0"), (0xdb, &[0; 65])])));
        assert!(!is_plain(&jpeg(&[(0xe0, b"JFIF\0"), (0xe1, b"Exif\0\0GPS")])));
        assert!(!is_plain(&jpeg(&[(0xfe, b"21.2,106.5")])));
        for bytes in
            [&b""[..], b"\x89PNG", &[0xff, 0xd8], &[0xff, 0xd8, 0xff, 0xdb, 0xff], &[0xff, 0xd8, 0xff, 0xdb, 0, 0]]
        {
            assert!(!is_plain(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn only_the_place_is_written_back_and_it_is_the_same_place() {
        let mut camera = tiff(&chu());
        camera.extend(b"SERIAL-4711");
        let original = jpeg(&[(0xe1, &[EXIF, &camera].concat())]);
        let found = place(&original).unwrap();
        assert_eq!(found, chu());
        let plain = jpeg(&[(0xdb, &[0; 65])]);
        let told = with_place(&plain, &found).unwrap();
        assert_eq!(place(&told), Some(chu()));
        assert!(!told.windows(6).any(|window| window == b"SERIAL"));
        assert_eq!(told.len(), plain.len() + 4 + EXIF.len() + tiff(&chu()).len());
    }

    #[test]
    fn a_place_in_the_other_byte_order_is_read_too() {
        let mut bytes = b"II\x2a\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\x04\0".to_vec();
        for (tag, kind, count, value) in
            [(1_u16, 2_u16, 2_u32, u32::from(b'S')), (2, 5, 3, 80), (3, 2, 2, u32::from(b'W')), (4, 5, 3, 80)]
        {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend([0; 4]);
        for part in [3_u32, 1, 4, 1, 5, 1] {
            bytes.extend(part.to_le_bytes());
        }
        let angle = [(3, 1), (4, 1), (5, 1)];
        let found = place(&jpeg(&[(0xe1, &[EXIF, &bytes].concat())]));
        assert_eq!(found, Some(Place { north: b'S', latitude: angle, east: b'W', longitude: angle }));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = (is_plain(&bytes), place(&bytes));
            let _ = place(&jpeg(&[(0xe1, &[EXIF, &bytes].concat())]));
            let _ = place(&jpeg(&[(0xe1, &[EXIF, b"II\x2a\0", &bytes[..]].concat())]));
        }

        #[test]
        fn every_place_survives(north in prop::sample::select(b"NS".to_vec()), east in prop::sample::select(b"EW".to_vec()),
                                parts in prop::array::uniform6((any::<u32>(), 1_u32..))) {
            let [a, b, c, d, e, f] = parts;
            let written = Place { north, latitude: [a, b, c], east, longitude: [d, e, f] };
            let told = with_place(&jpeg(&[]), &written).unwrap();
            prop_assert_eq!(place(&told), Some(written));
        }
    }
}
