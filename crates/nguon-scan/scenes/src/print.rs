//! What is on the box: cardboard, stickers, and on each a symbol and some text.

use nguon_label::Label;

use crate::dice::{Dice, noise};

/// A label stuck onto a box.
#[derive(Debug, Clone)]
pub(crate) struct Sticker {
    pub(crate) label: Label,
    /// Its middle on the surface.
    pub(crate) at: (f32, f32),
    /// How far it is turned.
    pub(crate) turned: f32,
    /// The width of a module in millimetres.
    pub(crate) module: f32,
    /// Light on dark.
    pub(crate) inverted: bool,
    pub(crate) seed: u64,
}

/// How much light printed paper gives back: black, white, and the cardboard around it.
const BLACK: f32 = 0.06;
const WHITE: f32 = 0.82;
const CARDBOARD: f32 = 0.3;

/// A link as our sample season has them, of the usual length.
pub(crate) fn label(dice: &mut Dice) -> Label {
    let letters = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let code = |dice: &mut Dice, count: usize| -> String {
        (0..count)
            .filter_map(|_| usize::try_from(dice.below(32)).ok().and_then(|i| letters.get(i)))
            .map(|&letter| char::from(letter))
            .collect()
    };
    let lot = format!("VT-2026-{:04}", dice.below(10_000));
    // 16 bytes in base64url: the last letter holds two bits.
    let commitment = code(dice, 21) + ["A", "Q", "g", "w"][usize::try_from(dice.below(4)).unwrap_or(0)];
    let serial = if dice.below(3) == 0 { String::new() } else { format!("/21/{}", code(dice, 13)) };
    let host = ["nguon.example", "traicay.example", "n.example"][usize::try_from(dice.below(3)).unwrap_or(0)];
    let link = format!("https://{host}/01/09529876000019/10/{lot}{serial}#{commitment}");
    let label = link.parse().ok().and_then(|link| Label::new(link).ok());
    label.expect("a link of ours fits a symbol")
}

impl Sticker {
    /// Half of the side of the symbol, quiet zone included.
    pub(crate) fn half(&self) -> f32 {
        self.modules() * self.module / 2.0
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 185")]
    fn modules(&self) -> f32 {
        self.label.modules() as f32
    }

    /// How much light a place on the surface gives back, if it is on this sticker.
    fn light(&self, s: f32, t: f32) -> Option<f32> {
        let (x, y) = (s - self.at.0, t - self.at.1);
        let (sin, cos) = self.turned.sin_cos();
        let (x, y) = (x * cos + y * sin, y * cos - x * sin);
        let half = self.half();
        let margin = 1.0;
        if x.abs() > half + margin || y < -half - margin || y > half + 9.0 {
            return None;
        }
        let (paper, ink) = if self.inverted { (BLACK, WHITE) } else { (WHITE, BLACK) };
        if x.abs() < half && y.abs() < half {
            let (column, row) = ((x + half) / self.module, (y + half) / self.module);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the symbol")]
            let dark = self.label.is_dark(column as u32, row as u32);
            return Some(if dark { ink } else { paper });
        }
        // Two lines of text: bars of different lengths and gaps.
        let line = (y - half - 2.0) / 3.0;
        let written = line >= 0.0 && line.fract() < 0.6 && x.abs() < half;
        let stroke = noise(x * 2.2, line.floor() * 7.0, self.seed) > -0.1;
        Some(if written && stroke { ink } else { paper })
    }
}

/// How much light a place on a box gives back, before anything got onto it.
pub(crate) fn light(stickers: &[Sticker], s: f32, t: f32, seed: u64) -> f32 {
    if let Some(light) = stickers.iter().find_map(|sticker| sticker.light(s, t)) {
        return light;
    }
    // Corrugated, with fibres, and print of its own: a frame and some bars.
    let fibres = noise(s * 1.5, t * 9.0, seed) * 0.03 + noise(s * 0.2, t * 0.2, seed ^ 1) * 0.04;
    let printed =
        (t.abs() - 62.0).abs() < 1.5 || (s.abs() - 70.0).abs() < 1.5 || (t > 64.0 && noise(s * 0.8, 1.0, seed) > 0.2);
    if printed { 0.1 + fibres } else { CARDBOARD + fibres }
}
