//! Which level and which mask (ISO/IEC 18004 §7.9 and annex C).

use crate::code::Modules;
use crate::code::version::Level;

/// What the format information says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) level: Level,
    /// 0 to 7.
    pub(crate) mask: u32,
}

/// The format whose two copies are most alike to what is seen, if they are more alike than a rate of 3 bits of 15 wrong.
pub(crate) fn read(modules: &Modules) -> Option<Format> {
    let seen = bits(modules);
    let total: f32 = seen.iter().map(|look| look.abs()).sum();
    let likeness = |word: u32| -> f32 {
        (0..).zip(&seen).map(|(bit, look)| if word >> bit & 1 == 1 { *look } else { -*look }).sum()
    };
    let data = (0..32_u32).max_by(|&a, &b| likeness(word(a)).total_cmp(&likeness(word(b))))?;
    if likeness(word(data)) < 0.5 * total {
        return None;
    }
    let level = match data >> 3 {
        0 => Level::M,
        1 => Level::L,
        2 => Level::H,
        _ => Level::Q,
    };
    Some(Format { level, mask: data & 7 })
}

/// The 15 bits of some format, its mask applied.
fn word(data: u32) -> u32 {
    let check = (0..10).fold(data, |check, _| (check << 1) ^ ((check >> 9 & 1) * 0x537));
    (data << 10 | check & 0x3ff) ^ 0x5412
}

/// Both copies together, the lowest bit first.
fn bits(modules: &Modules) -> [f32; 15] {
    let side = modules.side;
    let mut seen = [0.0; 15];
    for (i, look) in seen.iter_mut().enumerate() {
        let first = match i {
            0..=5 => (8, i),
            6 | 7 => (8, i + 1),
            8 => (7, 8),
            _ => (14 - i, 8),
        };
        let second = if i < 8 { (side - 1 - i, 8) } else { (8, side - 15 + i) };
        *look = modules.look(first.0, first.1) + modules.look(second.0, second.1);
    }
    seen
}
