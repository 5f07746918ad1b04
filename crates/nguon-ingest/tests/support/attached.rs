//! Small whole files of each sort that may be attached, with words in them.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

/// A picture of one pixel, with a comment.
pub fn jpeg(words: &[u8]) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8, 0xff, 0xfe];
    file.extend_from_slice(&u16::try_from(words.len() + 2).unwrap().to_be_bytes());
    file.extend_from_slice(words);
    file.extend_from_slice(&[0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    file.extend_from_slice(&[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x54, 0xff, 0xd9]);
    file
}

/// A picture of one pixel, with text. Its checksums are left at 0.
pub fn png(words: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    for (name, data) in [(b"IHDR", &header[..]), (b"tEXt", words), (b"IDAT", &[0; 4]), (b"IEND", &[])] {
        file.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        file.extend_from_slice(name);
        file.extend_from_slice(data);
        file.extend_from_slice(&[0; 4]);
    }
    file
}

/// A picture, with words beside it.
pub fn webp(words: &[u8]) -> Vec<u8> {
    let mut chunks = b"WEBP".to_vec();
    for (name, data) in [(b"VP8L", &[0x2f, 0, 0, 0, 0][..]), (b"XMP ", words)] {
        chunks.extend_from_slice(name);
        chunks.extend_from_slice(&u32::try_from(data.len()).unwrap().to_le_bytes());
        chunks.extend_from_slice(data);
        if data.len() % 2 == 1 {
            chunks.push(0);
        }
    }
    let mut file = b"RIFF".to_vec();
    file.extend_from_slice(&u32::try_from(chunks.len()).unwrap().to_le_bytes());
    file.extend_from_slice(&chunks);
    file
}

/// An empty document, with a comment.
pub fn pdf(words: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n% ".to_vec();
    file.extend_from_slice(words);
    let at = file.len() + 1;
    file.extend_from_slice(
        format!("\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1>>\nstartxref\n{at}\n%%EOF\n").as_bytes(),
    );
    file
}
