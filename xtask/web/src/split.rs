//! Takes the code of a wasm file apart, for Brotli: instructions by themselves, and what they refer to by kind. A stream of
//! one kind of thing repeats itself more than all of them in turn: an eighth less to send. `join` of `join.js`
//! puts it together again, which takes a phone some ten milliseconds; that the file can no longer be compiled while it
//! arrives costs less than the bytes did.
//!
//! The file stays a sequence of sections (WebAssembly Core Specification 2.0, section 5.5). In the place of the code section
//! stands a custom section called `code`:
//!
//! ```text
//! bytes of the code section's content when put together, number of functions,
//! number of pairs, for each pair its code and the two that it stands for, a byte each;
//! number of streams, for each stream its key and its length; the streams
//! ```
//!
//! All numbers are unsigned LEB128. Stream 0 holds the opcodes, the most frequent pairs written as bytes that are no
//! opcode of the file (a pair may hold pairs before it); stream 1 the declarations of locals; an immediate stands in the
//! stream that [`stream_of`] names, as it stood in the file. What nothing depends on is not kept: the hints about
//! alignment, which become the natural one, how locals are numbered (of one type the most used first), how long the numbers before the function bodies are
//! written, and other custom sections.

mod locals;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};

/// What a page puts its program together with: `join(apart)`, of the bytes, gives those of a wasm file.
pub const JOIN: &str = include_str!("split/join.js");

const CUSTOM: u8 = 0;
const TYPES: u8 = 1;
const FUNCTIONS: u8 = 3;
const CODE: u8 = 10;
/// A pair that comes less often is not worth its entry.
const FEWEST: u32 = 60;
/// Each saves less than the one before.
const MOST_PAIRS: usize = 64;
/// Bytes of a stream that is worth a piece of its own.
const LARGE: usize = 12_000;
const OPCODES: u16 = 0;
const LOCALS: u16 = 1;

/// What follows an opcode.
enum Immediates {
    /// So many numbers
    Numbers(u8),
    /// An alignment, which is left out, and an offset
    Memory,
    /// So many bytes as they are
    Bytes(u8),
    /// A count and as many numbers, and so many more
    List(u8),
    /// An opcode of its own, which says how many numbers follow
    Prefixed,
}

fn immediates(opcode: u8) -> Result<Immediates> {
    Ok(match opcode {
        0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x20..=0x26 | 0x3f..=0x42 | 0xd0 | 0xd2 => Immediates::Numbers(1),
        0x11 => Immediates::Numbers(2),
        0x28..=0x3e => Immediates::Memory,
        0x43 => Immediates::Bytes(4),
        0x44 => Immediates::Bytes(8),
        0x0e => Immediates::List(1),
        0x1c => Immediates::List(0),
        0xfc => Immediates::Prefixed,
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => Immediates::Numbers(0),
        // Others a page's program has no use for; join.js would have to know them too.
        _ => bail!("opcode {opcode:#04x}: see split.rs"),
    })
}

/// How many numbers follow an opcode behind the prefix 0xfc.
fn prefixed(opcode: u64) -> Result<u8> {
    Ok(match opcode {
        0..=7 => 0,
        9 | 11 | 13 | 15..=17 => 1,
        8 | 10 | 12 | 14 => 2,
        _ => bail!("opcode 0xfc {opcode}: see split.rs"),
    })
}

/// The stream for the immediates of an opcode: a constant says the most by what is done with it, an offset by whether
/// something is read there or written.
fn stream_of(opcode: u8, next: u8) -> u16 {
    match opcode {
        0x28..=0x35 => 0x28,
        0x36..=0x3e => 0x36,
        0x41 => 256 + u16::from(next),
        _ => opcode.into(),
    }
}

/// The file with its code taken apart.
///
/// # Errors
/// Bytes that are no wasm file with code in it, and instructions that no page was written for.
pub fn split(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut reader = Reader { rest: wasm };
    let mut file = reader.bytes(8)?.to_vec();
    let mut found = false;
    let (mut types, mut functions) = (Vec::new(), Vec::new());
    while !reader.rest.is_empty() {
        let id = reader.byte()?;
        let length = reader.size()?;
        let content = reader.bytes(length)?;
        if id == CODE {
            found = true;
            let name = b"code";
            let parameters: Vec<u64> =
                functions.iter().map(|kind: &usize| types.get(*kind).copied().unwrap_or(0)).collect();
            let apart = [&[4][..], name, &take_apart(content, &parameters)?].concat();
            file.push(CUSTOM);
            write(&mut file, apart.len());
            file.extend(apart);
        // The compiler's notes for other tools; and join.js takes the first custom section for the code.
        } else if id != CUSTOM {
            match id {
                TYPES => types = parameters_of_types(content)?,
                FUNCTIONS => functions = Reader { rest: content }.sizes()?,
                _ => {}
            }
            file.push(id);
            write(&mut file, length);
            file.extend(content);
        }
    }
    ensure!(found, "no code");
    Ok(file)
}

/// How many parameters the functions of each type have.
fn parameters_of_types(section: &[u8]) -> Result<Vec<u64>> {
    let mut reader = Reader { rest: section };
    let mut types = Vec::new();
    for _ in 0..reader.size()? {
        ensure!(reader.byte()? == 0x60, "a type that is no function's");
        let parameters = reader.size()?;
        reader.bytes(parameters)?;
        let results = reader.size()?;
        reader.bytes(results)?;
        types.push(u64::try_from(parameters)?);
    }
    Ok(types)
}

fn take_apart(code: &[u8], parameters: &[u64]) -> Result<Vec<u8>> {
    let mut reader = Reader { rest: code };
    let mut streams = Streams::default();
    let functions = reader.size()?;
    // As join.js writes it: the number of functions as it stands, each function's length in four bytes.
    let mut whole = code.len() - reader.rest.len();
    for function in 0..functions {
        let length = reader.size()?;
        let body = locals::renumber(reader.bytes(length)?, parameters.get(function).copied().unwrap_or(0))?;
        streams.function(&body)?;
        whole += 4 + body.len();
    }
    let pairs = streams.0.get_mut(&OPCODES).map(pair_up).unwrap_or_default();
    let mut apart = Vec::new();
    for number in [whole, functions, pairs.len()] {
        write(&mut apart, number);
    }
    apart.extend(pairs.iter().flatten());
    write(&mut apart, streams.0.len());
    for (key, stream) in &streams.0 {
        write(&mut apart, (*key).into());
        write(&mut apart, stream.len());
    }
    apart.extend(streams.0.into_values().flatten());
    Ok(apart)
}

/// Writes the pairs that come most often as one byte each, for as long as there are bytes to spare; gives the pairs.
fn pair_up(opcodes: &mut Vec<u8>) -> Vec<[u8; 3]> {
    let mut used = [false; 256];
    for opcode in &*opcodes {
        used[usize::from(*opcode)] = true;
    }
    let mut pairs = Vec::new();
    for code in (0..=u8::MAX).filter(|code| !used[usize::from(*code)]).take(MOST_PAIRS) {
        let mut counts = vec![0_u32; 1 << 16];
        for pair in opcodes.windows(2) {
            counts[usize::from(pair[0]) << 8 | usize::from(pair[1])] += 1;
        }
        // Of several as frequent the first, so that builds agree.
        let Some((pair, count)) = (0..=u16::MAX).zip(counts).min_by_key(|(_, count)| std::cmp::Reverse(*count)) else {
            break;
        };
        if count < FEWEST {
            break;
        }
        let [first, second] = pair.to_be_bytes();
        let mut paired = Vec::with_capacity(opcodes.len());
        let mut rest = opcodes.as_slice();
        while let [opcode, after @ ..] = rest {
            rest = after;
            match after {
                [next, after @ ..] if (*opcode, *next) == (first, second) => {
                    paired.push(code);
                    rest = after;
                }
                _ => paired.push(*opcode),
            }
        }
        *opcodes = paired;
        pairs.push([code, first, second]);
    }
    pairs
}

/// Where a file that was taken apart changes its nature: before each large stream, all constants being one, and behind them.
/// Empty for other files. Compressed piece by piece such a file is a hundredth smaller.
#[must_use]
pub fn seams(file: &[u8]) -> Vec<usize> {
    find_seams(file).unwrap_or_default()
}

fn find_seams(file: &[u8]) -> Option<Vec<usize>> {
    let mut reader = Reader { rest: file.strip_prefix(b"\0asm\x01\0\0\0")? };
    while *reader.rest.first()? != CUSTOM {
        reader.byte().ok()?;
        let length = reader.size().ok()?;
        reader.bytes(length).ok()?;
    }
    reader.byte().ok()?;
    reader.size().ok()?;
    reader.rest = reader.rest.strip_prefix(b"\x04code")?;
    reader.size().ok()?;
    reader.size().ok()?;
    let pairs = reader.size().ok()?;
    reader.bytes(pairs * 3).ok()?;
    let mut streams = Vec::new();
    for _ in 0..reader.size().ok()? {
        streams.push((reader.size().ok()?, reader.size().ok()?));
    }
    let mut at = file.len() - reader.rest.len();
    let mut seams = vec![at];
    let mut constants = false;
    for (key, length) in streams {
        let large = length >= LARGE && key < 256;
        if (large || key >= 256 && !constants) && seams.last() != Some(&at) {
            seams.push(at);
        }
        constants |= key >= 256;
        at += length;
        if large {
            seams.push(at);
        }
    }
    seams.push(at);
    seams.dedup();
    Some(seams)
}

#[derive(Default)]
struct Streams(BTreeMap<u16, Vec<u8>>);

impl Streams {
    fn add(&mut self, stream: u16, bytes: &[u8]) {
        self.0.entry(stream).or_default().extend(bytes);
    }

    fn function(&mut self, body: &[u8]) -> Result<()> {
        let mut reader = Reader { rest: body };
        let (groups, bytes) = reader.number()?;
        self.add(LOCALS, bytes);
        for _ in 0..groups * 2 {
            self.add(LOCALS, reader.number()?.1);
        }
        // The constant before, which waits for what is done with it.
        let mut constant: Option<&[u8]> = None;
        let mut depth = 1;
        while depth > 0 {
            let opcode = reader.byte()?;
            self.add(OPCODES, &[opcode]);
            if let Some(constant) = constant.take() {
                self.add(stream_of(0x41, opcode), constant);
            }
            depth = match opcode {
                0x02..=0x04 => depth + 1,
                0x0b => depth - 1,
                _ => depth,
            };
            let stream = stream_of(opcode, 0);
            match immediates(opcode)? {
                Immediates::Numbers(_) if opcode == 0x41 => constant = Some(reader.number()?.1),
                Immediates::Numbers(count) => self.numbers(stream, count.into(), &mut reader)?,
                Immediates::Memory => {
                    reader.number()?;
                    self.numbers(stream, 1, &mut reader)?;
                }
                Immediates::Bytes(count) => self.add(stream, reader.bytes(count.into())?),
                Immediates::List(more) => {
                    let (count, bytes) = reader.number()?;
                    self.add(stream, bytes);
                    self.numbers(stream, count + u64::from(more), &mut reader)?;
                }
                Immediates::Prefixed => {
                    let (second, bytes) = reader.number()?;
                    self.add(stream, bytes);
                    self.numbers(stream, prefixed(second)?.into(), &mut reader)?;
                }
            }
        }
        ensure!(reader.rest.is_empty(), "a function that goes on after its end");
        Ok(())
    }

    fn numbers(&mut self, stream: u16, count: u64, reader: &mut Reader<'_>) -> Result<()> {
        for _ in 0..count {
            self.add(stream, reader.number()?.1);
        }
        Ok(())
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count).context("a wasm file that ends early")?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.bytes(1)?[0])
    }

    /// A LEB128 number, and its bytes. Signed ones are read for their bytes only.
    fn number(&mut self) -> Result<(u64, &'a [u8])> {
        let length = 1 + self.rest.iter().position(|byte| *byte < 0x80).context("a number that does not end")?;
        ensure!(length <= 10, "a number of {length} bytes");
        let bytes = self.bytes(length)?;
        let value = bytes.iter().rev().fold(0_u64, |value, byte| value << 7 | u64::from(byte & 0x7f));
        Ok((value, bytes))
    }

    /// A list of numbers.
    fn sizes(&mut self) -> Result<Vec<usize>> {
        let count = self.size()?;
        (0..count).map(|_| self.size()).collect()
    }

    fn size(&mut self) -> Result<usize> {
        Ok(usize::try_from(self.number()?.0)?)
    }
}

/// Writes an unsigned LEB128 number.
fn write(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests;
