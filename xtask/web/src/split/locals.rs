//! Numbers a function's locals anew: of one type the most used first, so that small numbers come often.

use std::cmp::Reverse;

use anyhow::{Context as _, Result};

use super::{Immediates, Reader, immediates, prefixed, write};

/// Whether an opcode names a local: `local.get`, `local.set`, `local.tee`.
const fn names_local(opcode: u8) -> bool {
    matches!(opcode, 0x20..=0x22)
}

/// A function's body with its locals, which follow the parameters, numbered anew.
///
/// # Errors
/// As [`super::split`].
pub fn renumber(body: &[u8], parameters: u64) -> Result<Vec<u8>> {
    let mut reader = Reader { rest: body };
    let mut groups: Vec<(u64, u64)> = Vec::new();
    for _ in 0..reader.number()?.0 {
        groups.push((reader.number()?.0, reader.number()?.0));
    }
    let declared = body.len() - reader.rest.len();
    let mut uses: Vec<u64> = vec![0; usize::try_from(groups.iter().map(|(count, _)| count).sum::<u64>())?];
    walk(&body[declared..], |opcode, number, _| {
        if let Some(local) = number.checked_sub(parameters).filter(|_| names_local(opcode)) {
            let local = usize::try_from(local)?;
            *uses.get_mut(local).context("a local that is not declared")? += 1;
        }
        Ok(())
    })?;
    let mut places = vec![0; uses.len()];
    let mut from = 0;
    for (count, _) in groups {
        let until = from + usize::try_from(count)?;
        let mut order: Vec<usize> = (from..until).collect();
        order.sort_by_key(|local| Reverse(uses[*local]));
        for (place, local) in (from..).zip(order) {
            places[local] = place;
        }
        from = until;
    }
    let mut renumbered = body[..declared].to_vec();
    walk(&body[declared..], |opcode, number, bytes| {
        match number.checked_sub(parameters).filter(|_| names_local(opcode)) {
            Some(local) => {
                renumbered.push(opcode);
                write(&mut renumbered, usize::try_from(parameters)? + places[usize::try_from(local)?]);
            }
            None => renumbered.extend(bytes),
        }
        Ok(())
    })?;
    Ok(renumbered)
}

/// Shows each instruction: its opcode, the first number after it, and its bytes.
fn walk(code: &[u8], mut show: impl FnMut(u8, u64, &[u8]) -> Result<()>) -> Result<()> {
    let mut reader = Reader { rest: code };
    while !reader.rest.is_empty() {
        let begin = reader.rest;
        let opcode = reader.byte()?;
        let mut first = 0;
        let mut numbers = 0;
        match immediates(opcode)? {
            Immediates::Numbers(count) => numbers = count.into(),
            Immediates::Memory => numbers = 2,
            Immediates::Bytes(count) => {
                reader.bytes(count.into())?;
            }
            Immediates::List(more) => numbers = reader.number()?.0 + u64::from(more),
            Immediates::Prefixed => numbers = prefixed(reader.number()?.0)?.into(),
        }
        for at in 0..numbers {
            let (number, _) = reader.number()?;
            if at == 0 {
                first = number;
            }
        }
        show(opcode, first, &begin[..begin.len() - reader.rest.len()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_most_comes_first_among_its_type() {
        // Two parameters, two i32 and one i64; 3 is used twice, 2 once, 4 once.
        let body = b"\x02\x02\x7f\x01\x7e\x20\0\x21\x02\x20\x03\x22\x03\x20\x04\x0b";
        let expected = b"\x02\x02\x7f\x01\x7e\x20\0\x21\x03\x20\x02\x22\x02\x20\x04\x0b";
        assert_eq!(renumber(body, 2).unwrap(), expected);
    }

    #[test]
    fn a_local_nobody_declared_is_an_error() {
        assert!(renumber(b"\0\x20\x02\x0b", 2).is_err());
        assert!(renumber(b"\0\x20\x01\x0b", 2).is_ok());
    }
}
