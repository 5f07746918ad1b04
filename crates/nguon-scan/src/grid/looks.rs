//! How dark each module looks, compared with those around it.

use crate::code::Modules;
use crate::grid::equaliser;
use crate::grid::fit::Fit;
use crate::grid::template::square;
use crate::plane::{Plane, float};

/// Brightness of every module and of a ring of two around the symbol.
#[derive(Debug)]
pub(crate) struct Brightness {
    pub(crate) side: usize,
    values: Vec<f32>,
}

/// Modules of the ring on each side.
pub(crate) const RING: usize = 2;

impl Brightness {
    pub(crate) fn new(plane: &Plane, fit: &Fit) -> Self {
        let side = fit.version.side();
        let whole = side + 2 * RING;
        // Small modules have one pixel of their own; of large ones the middle is averaged.
        let offsets: &[(f32, f32)] = if fit.place.module() < 2.5 {
            &[(0.0, 0.0)]
        } else {
            &[(0.0, 0.0), (-0.22, -0.22), (0.22, -0.22), (-0.22, 0.22), (0.22, 0.22)]
        };
        let values = square(whole)
            .map(|(x, y)| {
                let (x, y) = (float(x) + 0.5 - float(RING), float(y) + 0.5 - float(RING));
                let sum: f32 = offsets
                    .iter()
                    .map(|(dx, dy)| {
                        let pixel = fit.place.pixel(x + dx, y + dy);
                        plane.at(pixel.x, pixel.y)
                    })
                    .sum();
                sum / float(offsets.len())
            })
            .collect();
        Self { side, values }
    }

    /// Of a module, whose coordinates are those of the symbol plus [`RING`].
    pub(crate) fn of(&self, x: usize, y: usize) -> f32 {
        self.values.get(y * (self.side + 2 * RING) + x).copied().unwrap_or(0.0)
    }

    /// Each module compared with the middle between what is dark and what is light around it, in units of half their distance.
    pub(crate) fn compared(&self) -> Vec<f32> {
        const REACH: usize = 4;
        let side = self.side;
        let flat: Vec<f32> = square(side).map(|(x, y)| self.of(x + RING, y + RING)).collect();
        let mean = |values: &[f32]| values.iter().sum::<f32>() / float(values.len().max(1));
        let overall = mean(&flat);
        let apart = mean(&flat.iter().map(|value| (value - overall).abs()).collect::<Vec<_>>()).max(0.5);
        let around = |values: &[(f32, f32)]| Table::new(side, values);
        let ones: Vec<(f32, f32)> = flat.iter().map(|&value| (value, 1.0)).collect();
        let first = around(&ones);
        let middle: Vec<f32> = square(side).map(|(x, y)| first.mean(x, y, REACH, overall)).collect();
        let class = |light: bool| -> Vec<(f32, f32)> {
            let of = |(value, middle): (&f32, &f32)| if (value > middle) == light { (*value, 1.0) } else { (0.0, 0.0) };
            flat.iter().zip(&middle).map(of).collect()
        };
        let (lights, darks) = (around(&class(true)), around(&class(false)));
        square(side)
            .zip(flat.iter().zip(&middle))
            .map(|((x, y), (value, middle))| {
                let (light, dark) = (lights.mean(x, y, REACH, *middle), darks.mean(x, y, REACH, *middle));
                let half = ((light - dark) / 2.0).max(apart * 0.5);
                ((light + dark) / 2.0 - value) / half
            })
            .collect()
    }
}

/// Sums over squares of modules.
struct Table {
    side: usize,
    sums: Vec<(f32, f32)>,
}

impl Table {
    fn new(side: usize, values: &[(f32, f32)]) -> Self {
        let mut sums = vec![(0.0, 0.0); (side + 1) * (side + 1)];
        let mut values = values.iter();
        for y in 1..=side {
            let mut row = (0.0, 0.0);
            for x in 1..=side {
                let value = values.next().copied().unwrap_or_default();
                row = (row.0 + value.0, row.1 + value.1);
                let above = sums.get((y - 1) * (side + 1) + x).copied().unwrap_or_default();
                if let Some(sum) = sums.get_mut(y * (side + 1) + x) {
                    *sum = (above.0 + row.0, above.1 + row.1);
                }
            }
        }
        Self { side, sums }
    }

    fn mean(&self, x: usize, y: usize, reach: usize, without: f32) -> f32 {
        let (left, top) = (x.saturating_sub(reach), y.saturating_sub(reach));
        let (right, bottom) = ((x + reach + 1).min(self.side), (y + reach + 1).min(self.side));
        let sum = |x: usize, y: usize| self.sums.get(y * (self.side + 1) + x).copied().unwrap_or_default();
        let (a, b, c, d) = (sum(right, bottom), sum(left, bottom), sum(right, top), sum(left, top));
        let (total, count) = (a.0 - b.0 - c.0 + d.0, a.1 - b.1 - c.1 + d.1);
        if count < 0.5 { without } else { total / count }
    }
}

/// Modules as they look by themselves.
pub(crate) fn plain(brightness: &Brightness, fit: &Fit) -> Modules {
    Modules::new(fit.version, brightness.compared())
}

/// Modules as they look when what blurs them is taken back.
pub(crate) fn equalised(brightness: &Brightness, fit: &Fit) -> Option<Modules> {
    equaliser::looks(brightness, fit).map(|looks| Modules::new(fit.version, looks))
}
