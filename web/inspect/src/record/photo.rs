//! Whether a JPEG carries what a camera writes into it besides the picture. Photos are drawn anew before they are kept, which
//! leaves that behind; this makes sure.

/// Application segments that hold Exif and XMP (APP1), Photoshop's notes (APP13), and comments: where a place may stand.
const TELLING: [u8; 3] = [0xe1, 0xed, 0xfe];

/// Whether these bytes are a JPEG without Exif, XMP, notes or comments before its picture.
#[must_use]
pub fn is_plain(jpeg: &[u8]) -> bool {
    let Some(mut rest) = jpeg.strip_prefix(&[0xff, 0xd8]) else { return false };
    loop {
        match *rest {
            // The picture itself begins.
            [0xff, 0xda, ..] => return true,
            [0xff, marker, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([high, low]));
                if TELLING.contains(&marker) || length < 2 {
                    return false;
                }
                rest = match rest.get(2 + length..) {
                    Some(after) => after,
                    None => return false,
                };
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        for (marker, content) in segments {
            bytes.extend([0xff, *marker]);
            bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
            bytes.extend_from_slice(content);
        }
        bytes.extend([0xff, 0xda, 0, 8]);
        bytes
    }

    #[test]
    fn what_a_camera_writes_besides_the_picture_is_found() {
        assert!(is_plain(&jpeg(&[(0xe0, b"JFIF\0"), (0xdb, &[0; 65])])));
        assert!(!is_plain(&jpeg(&[(0xe0, b"JFIF\0"), (0xe1, b"Exif\0\0GPS")])));
        assert!(!is_plain(&jpeg(&[(0xfe, b"21.2,106.5")])));
    }

    #[test]
    fn what_is_no_jpeg_is_not_plain() {
        for bytes in
            [&b""[..], b"\x89PNG", &[0xff, 0xd8], &[0xff, 0xd8, 0xff, 0xdb, 0xff], &[0xff, 0xd8, 0xff, 0xdb, 0, 0]]
        {
            assert!(!is_plain(bytes), "{bytes:?}");
        }
    }
}
