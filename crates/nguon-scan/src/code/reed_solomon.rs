//! Reed–Solomon codes over GF(256) (ISO/IEC 18004 §7.5.2): errors and erasures, after Berlekamp and Massey with Blahut's start.

/// How many check codewords there are, and how many of them are for detection only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) check: usize,
    pub(crate) kept: usize,
}

/// Powers of 2 modulo x⁸ + x⁴ + x³ + x² + 1, twice over, so that a sum of two logarithms is an index.
static POWERS: [u8; 512] = powers();
static LOGARITHMS: [u8; 256] = logarithms();

const fn powers() -> [u8; 512] {
    let mut powers = [0; 512];
    let mut value: u8 = 1;
    let mut i = 0;
    while i < 512 {
        powers[i] = value;
        value = (value << 1) ^ ((value >> 7) * 0x1d);
        i += 1;
    }
    powers
}

const fn logarithms() -> [u8; 256] {
    let powers = powers();
    let mut logarithms = [0; 256];
    let mut i: u8 = 0;
    while i < 255 {
        logarithms[powers[i as usize] as usize] = i;
        i += 1;
    }
    logarithms
}

/// 2 to some power.
fn power(exponent: usize) -> u8 {
    POWERS[exponent % 255]
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        0
    } else {
        POWERS[usize::from(LOGARITHMS[usize::from(a)]) + usize::from(LOGARITHMS[usize::from(b)])]
    }
}

fn inverse(a: u8) -> u8 {
    POWERS[255 - usize::from(LOGARITHMS[usize::from(a)])]
}

/// A polynomial's value, lowest coefficient first.
fn value(polynomial: &[u8], x: u8) -> u8 {
    polynomial.iter().rev().fold(0, |sum, &coefficient| times(sum, x) ^ coefficient)
}

pub(crate) fn syndromes(codeword: &[u8], check: usize) -> Vec<u8> {
    (0..check).map(|i| codeword.iter().fold(0, |sum, &byte| times(sum, power(i)) ^ byte)).collect()
}

/// The codeword that `received` was, if `lost` positions and the errors it takes leave `room.kept` check codewords unused.
///
/// `syndromes` are those of `received`.
pub(crate) fn correct(received: &[u8], syndromes: &[u8], lost: &[usize], room: Room) -> Option<Vec<u8>> {
    let (length, check) = (received.len(), room.check);
    if length > 255 || lost.len() + room.kept > check {
        return None;
    }
    if syndromes.iter().all(|&s| s == 0) {
        return Some(received.to_vec());
    }
    let locator = locator(syndromes, &lost_locator(lost, length)?, lost.len());
    let degree = locator.iter().rposition(|&c| c != 0)?;
    let errors = degree.checked_sub(lost.len())?;
    if 2 * errors + lost.len() + room.kept > check {
        return None;
    }
    let mut corrected = received.to_vec();
    let evaluator: Vec<u8> = (0..check)
        .map(|i| syndromes.iter().take(i + 1).rev().zip(&locator).fold(0, |sum, (&s, &l)| sum ^ times(s, l)))
        .collect();
    // In a field of characteristic 2 the even terms of a derivative vanish.
    let derivative: Vec<u8> =
        locator.iter().skip(1).enumerate().map(|(i, &c)| if i % 2 == 0 { c } else { 0 }).collect();
    let mut found = 0;
    for (position, byte) in corrected.iter_mut().enumerate() {
        let exponent = length - 1 - position;
        let reciprocal = power(255 - exponent % 255);
        if value(&locator, reciprocal) != 0 {
            continue;
        }
        let slope = value(&derivative, reciprocal);
        if slope == 0 {
            return None;
        }
        *byte ^= times(power(exponent), times(value(&evaluator, reciprocal), inverse(slope)));
        found += 1;
    }
    let done = found == degree && self::syndromes(&corrected, check).iter().all(|&s| s == 0);
    done.then_some(corrected)
}

/// The polynomial whose roots say where codewords were lost.
fn lost_locator(lost: &[usize], length: usize) -> Option<Vec<u8>> {
    let mut locator = vec![1];
    for &position in lost {
        let root = power(length.checked_sub(position + 1)?);
        locator.push(0);
        for i in (1..locator.len()).rev() {
            let lower = locator.get(i - 1).copied()?;
            *locator.get_mut(i)? ^= times(root, lower);
        }
    }
    Some(locator)
}

/// Errors and losses in one polynomial: the shortest recurrence of the syndromes that begins with the losses.
fn locator(syndromes: &[u8], lost: &[u8], losses: usize) -> Vec<u8> {
    let room = syndromes.len() + 2;
    let mut locator = lost.to_vec();
    locator.resize(room, 0);
    let mut before = locator.clone();
    let mut length = losses;
    for r in losses..syndromes.len() {
        let discrepancy = syndromes.iter().take(r + 1).rev().zip(&locator).fold(0, |sum, (&s, &l)| sum ^ times(s, l));
        before.rotate_right(1);
        if let Some(lowest) = before.first_mut() {
            *lowest = 0;
        }
        if discrepancy == 0 {
            continue;
        }
        let next: Vec<u8> = locator.iter().zip(&before).map(|(&l, &b)| l ^ times(discrepancy, b)).collect();
        if 2 * length <= r + losses {
            length = r + 1 + losses - length;
            before = locator.iter().map(|&l| times(l, inverse(discrepancy))).collect();
        }
        locator = next;
    }
    locator
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(data: &[u8], check: usize) -> Vec<u8> {
        let mut generator = vec![1_u8];
        for i in 0..check {
            generator.push(0);
            for j in (1..generator.len()).rev() {
                generator[j] ^= times(power(i), generator[j - 1]);
            }
        }
        let mut rest = data.to_vec();
        rest.extend(vec![0; check]);
        for i in 0..data.len() {
            let factor = rest[i];
            for (j, &g) in generator.iter().enumerate() {
                rest[i + j] ^= times(g, factor);
            }
        }
        [data, &rest[data.len()..]].concat()
    }

    /// Every split of the room between losses and errors is used to its last.
    #[test]
    fn corrects_what_the_check_codewords_are_for_and_no_more() {
        let data: Vec<u8> = (0..43).map(|i| i * 5 + 1).collect();
        let room = Room { check: 24, kept: 0 };
        let codeword = encode(&data, room.check);
        for losses in 0..=24_usize {
            let errors = (24 - losses) / 2;
            let mut received = codeword.clone();
            (0..losses + errors).for_each(|i| received[i * 2 + 1] ^= 0x5a);
            let lost: Vec<usize> = (0..losses).map(|i| i * 2 + 1).collect();
            assert_eq!(
                correct(&received, &syndromes(&received, room.check), &lost, room),
                Some(codeword.clone()),
                "{losses} lost, {errors} wrong"
            );
            received[0] ^= 1;
            received[2] ^= 7;
            assert_ne!(correct(&received, &syndromes(&received, room.check), &lost, room), Some(codeword.clone()));
        }
    }

    #[test]
    fn what_is_kept_for_detection_is_not_used() {
        let codeword = encode(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 7);
        let mut received = codeword.clone();
        received[0] ^= 9;
        received[4] ^= 9;
        assert_eq!(correct(&received, &syndromes(&received, 7), &[], Room { check: 7, kept: 3 }), Some(codeword));
        received[6] ^= 9;
        assert_eq!(correct(&received, &syndromes(&received, 7), &[], Room { check: 7, kept: 3 }), None);
    }
}
