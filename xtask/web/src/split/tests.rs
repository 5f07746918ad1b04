use super::*;

/// `(func (local i32) (if (i32.const 200) (then (i32.store offset=5 align=1 (local.get 0) (i32.const 7)))) )` as a module whose
/// section of types and functions, and of data, stand for whatever else a file has.
fn file(body: &[u8]) -> Vec<u8> {
    let mut code = vec![2];
    for _ in 0..2 {
        write(&mut code, body.len());
        code.extend(body);
    }
    let mut file = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0".to_vec();
    file.push(CODE);
    write(&mut file, code.len());
    file.extend(code);
    file.extend(b"\x0b\x01\0");
    file
}

const BODY: &[u8] =
    b"\x01\x01\x7f\x41\xc8\x01\x04\x40\x20\0\x41\x07\x36\0\x05\x0b\x02\x40\x02\x40\x41\x01\x0e\x01\0\x01\x0b\x0b\xfc\x0b\0\x0b";

#[test]
fn each_kind_has_a_stream_and_everything_else_stays_where_it_is() {
    let mut file = file(BODY);
    file.splice(8..8, *b"\0\x06\x05notes");
    let apart = split(&file).unwrap();
    assert!(apart.starts_with(b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0\0"));
    assert!(apart.ends_with(b"\x0b\x01\0"));
    let mut reader = Reader { rest: &apart[20..] };
    let length = reader.size().unwrap();
    let mut reader = Reader { rest: reader.bytes(length).unwrap() };
    assert_eq!(reader.bytes(5).unwrap(), b"\x04code");
    let number = |reader: &mut Reader<'_>| reader.size().unwrap();
    assert_eq!(number(&mut reader), 1 + 2 * (4 + BODY.len()), "as join.js writes it");
    assert_eq!(number(&mut reader), 2);
    assert_eq!(number(&mut reader), 0, "no pair comes often enough");
    let keys: Vec<_> = (0..number(&mut reader)).map(|_| (number(&mut reader), number(&mut reader))).collect();
    let mut streams = keys.into_iter().map(|(key, length)| (key, reader.bytes(length).unwrap()));
    let mut expect = |key: usize, once: &[u8]| assert_eq!(streams.next(), Some((key, &*[once, once].concat())));
    expect(0, b"\x41\x04\x20\x41\x36\x0b\x02\x02\x41\x0e\x0b\x0b\xfc\x0b");
    expect(1, b"\x01\x01\x7f");
    expect(0x02, b"\x40\x40");
    expect(0x04, b"\x40");
    expect(0x0e, b"\x01\0\x01");
    expect(0x20, b"\0");
    expect(0x36, b"\x05");
    expect(0xfc, b"\x0b\0");
    expect(256 + 0x04, b"\xc8\x01");
    expect(256 + 0x0e, b"\x01");
    expect(256 + 0x36, b"\x07");
    assert_eq!(streams.next(), None);
}

#[test]
fn what_join_js_cannot_put_together_is_not_taken_apart() {
    assert!(split(b"").is_err() && split(b"\0asm\x01\0\0\0").is_err());
    for body in [&b"\0\xfd\0\x0b"[..], b"\0\xfc\x20\x0b", b"\0\x06\x40\x0b\x0b", b"\0\x0b\x0b", b"\0\x01"] {
        assert!(split(&file(body)).is_err(), "{body:?}");
    }
}

#[test]
fn a_file_cut_anywhere_is_an_error_and_no_panic() {
    let whole = file(BODY);
    for cut in 0..whole.len() - 3 {
        assert!(split(&whole[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn frequent_pairs_are_one_byte_and_can_be_spelled_out() {
    let plain: Vec<u8> = (0_u8..7).cycle().take(2_000).flat_map(|n| [0x20, 0x41, 0x6a, 0x36, n + 0x45]).collect();
    let mut paired = plain.clone();
    let pairs = pair_up(&mut paired);
    assert!(!pairs.is_empty() && paired.len() < plain.len() / 3);
    for [code, first, second] in pairs.into_iter().rev() {
        assert!(!plain.contains(&code));
        let spell = |op: u8| if op == code { vec![first, second] } else { vec![op] };
        paired = paired.into_iter().flat_map(spell).collect();
    }
    assert_eq!(paired, plain);
}

#[test]
fn seams_lie_in_the_file_and_in_their_order() {
    let apart = split(&file(BODY)).unwrap();
    let seams = seams(&apart);
    assert!(seams.windows(2).all(|pair| pair[0] < pair[1]) && seams.last().is_some_and(|last| *last < apart.len()));
    assert_eq!(apart[seams[seams.len() - 1]..], *b"\x0b\x01\0", "what follows the code");
    assert!(super::seams(b"body { color: red }").is_empty());
    for cut in 0..apart.len() {
        assert!(super::seams(&apart[..cut]).iter().all(|seam| *seam <= apart.len()));
    }
}
