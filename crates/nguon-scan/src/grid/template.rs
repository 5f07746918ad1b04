//! The modules whose colour is known before anything is read: finder, timing and alignment patterns and the quiet zone.

use crate::code::Version;
use crate::grid::place::Place;
use crate::plane::{Plane, float};
use crate::symbol::Point;

/// A module of known colour, by its middle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) dark: bool,
    pub(crate) weight: f32,
}

/// All of a version.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) known: Vec<Known>,
    /// Data modules: not all of a large symbol.
    data: Vec<Point>,
}

impl Template {
    pub(crate) fn new(version: Version) -> Self {
        let side = version.side();
        let mut known = finders(side);
        let mut add = |x: usize, y: usize, dark: bool, weight: f32| known.push(module(x, y, dark, weight));
        for i in 8..side - 8 {
            add(i, 6, i % 2 == 0, 1.0);
            add(6, i, i % 2 == 0, 1.0);
        }
        for (cx, cy) in version.alignment_centres() {
            for (x, y) in square(5) {
                let ring = x.abs_diff(2).max(y.abs_diff(2));
                add(cx + x - 2, cy + y - 2, ring != 1, 1.0);
            }
        }
        let far = float(side);
        for i in 0..side {
            let i = float(i) + 0.5;
            let quiet = |x, y| Known { x, y, dark: false, weight: 0.5 };
            known.extend([quiet(i, -0.5), quiet(i, far + 0.5), quiet(-0.5, i), quiet(far + 0.5, i)]);
        }
        let reserved = version.reserved();
        let every = (side * side / 1_500).max(1);
        let data = square(side)
            .zip(reserved)
            .filter(|(_, reserved)| !reserved)
            .step_by(every)
            .map(|((x, y), _)| Point { x: float(x) + 0.5, y: float(y) + 0.5 })
            .collect();
        Self { known, data }
    }

    /// How much lighter what should be light is than what should be dark.
    pub(crate) fn contrast(&self, plane: &Plane, place: &Place) -> f32 {
        let (mut light, mut lights, mut dark, mut darks) = (0.0, 0.0, 0.0, 0.0);
        for module in &self.known {
            let pixel = place.pixel(module.x, module.y);
            let value = plane.at(pixel.x, pixel.y) * module.weight;
            if module.dark {
                dark += value;
                darks += module.weight;
            } else {
                light += value;
                lights += module.weight;
            }
        }
        light / lights - dark / darks
    }

    /// How well what is seen agrees with what is known, from -1 to 1, whatever the light.
    pub(crate) fn agreement(&self, plane: &Plane, place: &Place) -> f32 {
        agreement(&self.known, plane, place)
    }

    /// How clearly data modules are dark or light, each compared with its surroundings: grids that lie off see edges.
    pub(crate) fn clearness(&self, plane: &Plane, place: &Place) -> f32 {
        let radius = place.module() * 3.5;
        let mut sum = 0.0;
        for module in &self.data {
            let pixel = place.pixel(module.x, module.y);
            sum += (plane.at(pixel.x, pixel.y) - plane.mean_around(pixel.x, pixel.y, radius)).abs();
        }
        sum / float(self.data.len().max(1))
    }
}

/// How well the finder patterns alone agree, of a symbol of some side.
pub(crate) fn agreement_of_finders(side: usize, plane: &Plane, place: &Place) -> f32 {
    agreement(&finders(side), plane, place)
}

fn module(x: usize, y: usize, dark: bool, weight: f32) -> Known {
    Known { x: float(x) + 0.5, y: float(y) + 0.5, dark, weight }
}

/// The finder patterns, with the separators on their inner sides.
fn finders(side: usize) -> Vec<Known> {
    let mut known = Vec::with_capacity(3 * 64);
    for (left, top) in [(0, 0), (side - 8, 0), (0, side - 8)] {
        for (x, y) in square(8) {
            let (px, py) = (if left == 0 { x } else { 7 - x }, if top == 0 { y } else { 7 - y });
            let ring = px.abs_diff(3).max(py.abs_diff(3));
            known.push(module(left + x, top + y, px < 7 && py < 7 && ring != 2, 1.0));
        }
    }
    known
}

fn agreement(known: &[Known], plane: &Plane, place: &Place) -> f32 {
    let (mut values, mut squares, mut products, mut signs, mut count) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for module in known {
        let pixel = place.pixel(module.x, module.y);
        let value = plane.at(pixel.x, pixel.y);
        let sign = if module.dark { -1.0 } else { 1.0 };
        values += value;
        squares += value * value;
        products += value * sign;
        signs += sign;
        count += 1.0;
    }
    let covariance = products - values * signs / count;
    let spread = (squares - values * values / count) * (count - signs * signs / count);
    if spread > 1.0 { covariance / spread.sqrt() } else { 0.0 }
}

/// All places of a square, row by row.
pub(crate) fn square(side: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..side * side).map(move |i| (i % side, i / side))
}
