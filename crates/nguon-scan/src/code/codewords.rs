//! Data codewords out of modules: unmasked, in reading order, shared out among blocks, corrected.

use crate::code::Modules;
use crate::code::format::Format;
use crate::code::reed_solomon::{Room, correct, syndromes};
use crate::code::version::{Blocks, Version};

/// A codeword and how sure its least sure module is.
type Codeword = (u8, f32);

/// The data codewords, if every block could be corrected.
pub(crate) fn read(modules: &Modules, version: Version, format: Format) -> Option<Vec<u8>> {
    let layout = version.blocks(format.level);
    let all = in_reading_order(modules, version, format.mask, layout.codewords);
    let mut data = Vec::new();
    for block in shared_out(&all, layout) {
        let corrected = correct_block(&block, layout, version)?;
        data.extend_from_slice(corrected.get(..block.len().checked_sub(layout.check)?)?);
    }
    Some(data)
}

/// Upwards and downwards in columns of two, from the lower right corner (§7.7.3).
fn in_reading_order(modules: &Modules, version: Version, mask: u32, count: usize) -> Vec<Codeword> {
    let side = version.side();
    let reserved = version.reserved();
    let mut codewords = Vec::with_capacity(count);
    let (mut byte, mut sure, mut bits) = (0_u8, f32::MAX, 0);
    let mut right = side - 1;
    loop {
        if right == 6 {
            right = 5;
        }
        let upwards = (right + 1) & 2 == 0;
        for i in 0..side {
            let y = if upwards { side - 1 - i } else { i };
            for x in [right, right - 1] {
                if reserved.get(y * side + x).copied().unwrap_or(true) {
                    continue;
                }
                let look = modules.look(x, y);
                byte = byte << 1 | u8::from((look > 0.0) != masked(mask, x, y));
                sure = sure.min(look.abs());
                bits += 1;
                if bits == 8 {
                    codewords.push((byte, sure));
                    (byte, sure, bits) = (0, f32::MAX, 0);
                }
            }
        }
        if right < 2 {
            break;
        }
        right -= 2;
    }
    codewords.truncate(count);
    codewords
}

/// Whether a mask inverts a module (§7.8.2).
fn masked(mask: u32, x: usize, y: usize) -> bool {
    let is_zero = match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    };
    is_zero == 0
}

/// Blocks take codewords in turn: data first, where the later blocks may have one more, then check codewords (§7.6).
fn shared_out(all: &[Codeword], layout: Blocks) -> Vec<Vec<Codeword>> {
    let short = layout.count - layout.codewords % layout.count;
    let data = layout.codewords / layout.count - layout.check;
    let mut blocks = vec![Vec::with_capacity(data + layout.check + 1); layout.count];
    let mut codewords = all.iter().copied();
    for i in 0..data + 1 + layout.check {
        for (number, block) in blocks.iter_mut().enumerate() {
            if i == data && number < short {
                continue;
            }
            block.extend(codewords.next());
        }
    }
    blocks
}

/// What was least sure is taken as lost, a few more codewords each time: a lost codeword costs half of what a wrong one does.
fn correct_block(block: &[Codeword], layout: Blocks, version: Version) -> Option<Vec<u8>> {
    let bytes: Vec<u8> = block.iter().map(|(byte, _)| *byte).collect();
    let syndromes = syndromes(&bytes, layout.check);
    let mut by_sureness: Vec<usize> = (0..block.len()).collect();
    let sure = |at: &usize| block.get(*at).map_or(0.0, |(_, sure)| *sure);
    by_sureness.sort_by(|a, b| sure(a).total_cmp(&sure(b)));
    // The smallest symbols keep some of their check codewords for detection only (table 9, note b).
    let kept = match (version.number(), layout.check) {
        (1, 7) => 3,
        (1, 10) | (2, 10) => 2,
        (1, _) | (3, 15) => 1,
        _ => 0,
    };
    if let Some(corrected) = correct(&bytes, &syndromes, &[], Room { check: layout.check, kept }) {
        return Some(corrected);
    }
    // Whoever chooses what is lost must leave enough to notice a wrong choice.
    let room = Room { check: layout.check, kept: kept.max(4) };
    let most = layout.check.saturating_sub(room.kept);
    (1..=most / 2).find_map(|half| correct(&bytes, &syndromes, by_sureness.get(..half * 2)?, room))
}
