//! From modules to pixels.

use crate::grid::solve::LeastSquares;
use crate::symbol::Point;

/// Where modules lie: the four corners of the symbol, seen in perspective, and how far its middles are bent away from there.
///
/// Module coordinates run from 0 to the side; module (0, 0) has its middle at (0.5, 0.5).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    side: f32,
    /// Upper left, upper right, lower right, lower left.
    pub(crate) corners: [Point; 4],
    /// Of the middles of the upper, right, lower and left edge, and of the centre.
    pub(crate) bends: [Point; 5],
    /// Of the perspective: x = (a u + b v + c) / (g u + h v + 1), y likewise with d, e, f; u and v from 0 to 1.
    perspective: [f32; 8],
    bent: bool,
}

impl Place {
    /// A flat symbol between its corners (Heckbert, 1989).
    pub(crate) fn new(side: f32, corners: [Point; 4]) -> Self {
        let mut place = Self { side, corners, bends: [Point::default(); 5], perspective: [0.0; 8], bent: false };
        place.settle();
        place
    }

    /// To be said after corners or bends were moved.
    pub(crate) fn settle(&mut self) {
        let [p0, p1, p2, p3] = self.corners;
        let (dx1, dx2, sx) = (p1.x - p2.x, p3.x - p2.x, p0.x - p1.x + p2.x - p3.x);
        let (dy1, dy2, sy) = (p1.y - p2.y, p3.y - p2.y, p0.y - p1.y + p2.y - p3.y);
        let area = dx1 * dy2 - dx2 * dy1;
        let (g, h) =
            if area.abs() < 1e-6 { (0.0, 0.0) } else { ((sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area) };
        self.perspective = [
            p1.x - p0.x + g * p1.x,
            p3.x - p0.x + h * p3.x,
            p0.x,
            p1.y - p0.y + g * p1.y,
            p3.y - p0.y + h * p3.y,
            p0.y,
            g,
            h,
        ];
        self.bent = self.bends.iter().any(|bend| bend.x != 0.0 || bend.y != 0.0);
    }

    /// The flat symbol that comes nearest to where some of its points are seen: (module coordinates, pixel, weight).
    pub(crate) fn nearest(side: f32, seen: &[(Point, Point, f32)]) -> Option<Self> {
        // In units of the symbol and of its picture, so that all unknowns are of one size.
        let middle = seen.first()?.1;
        let size = seen.iter().map(|(_, p, _)| (p.x - middle.x).hypot(p.y - middle.y)).fold(1.0, f32::max);
        let mut equations = LeastSquares::<8>::new(1e-9);
        for &(module, pixel, weight) in seen {
            let (u, v) = (f64::from(module.x / side), f64::from(module.y / side));
            let (x, y) = (f64::from((pixel.x - middle.x) / size), f64::from((pixel.y - middle.y) / size));
            let weight = f64::from(weight);
            equations.add([u, v, 1.0, 0.0, 0.0, 0.0, -x * u, -x * v], x, weight);
            equations.add([0.0, 0.0, 0.0, u, v, 1.0, -y * u, -y * v], y, weight);
        }
        let [a, b, c, d, e, f, g, h] = equations.solve()?;
        let corner = |u: f64, v: f64| {
            let depth = g * u + h * v + 1.0;
            #[expect(clippy::cast_possible_truncation, reason = "pixels need no more than a float's 24 bits")]
            let pixel = |sum: f64, middle: f32| (sum / depth) as f32 * size + middle;
            (depth > 0.05)
                .then(|| Point { x: pixel(a * u + b * v + c, middle.x), y: pixel(d * u + e * v + f, middle.y) })
        };
        Some(Self::new(side, [corner(0.0, 0.0)?, corner(1.0, 0.0)?, corner(1.0, 1.0)?, corner(0.0, 1.0)?]))
    }

    /// The pixel of a place in module coordinates.
    #[inline]
    pub(crate) fn pixel(&self, x: f32, y: f32) -> Point {
        let (u, v) = (x / self.side, y / self.side);
        let [a, b, c, d, e, f, g, h] = self.perspective;
        let depth = (g * u + h * v + 1.0).max(0.01);
        let flat = Point { x: (a * u + b * v + c) / depth, y: (d * u + e * v + f) / depth };
        if !self.bent {
            return flat;
        }
        // Parabolas through 0 at both ends and 1 in the middle, and what is left of a straight line at either end.
        let (pu, pv) = (4.0 * u * (1.0 - u), 4.0 * v * (1.0 - v));
        let (upper, lower) = ((1.0 - v) * (1.0 - 2.0 * v), v * (2.0 * v - 1.0));
        let (left, right) = ((1.0 - u) * (1.0 - 2.0 * u), u * (2.0 * u - 1.0));
        let weights = [pu * upper, right * pv, pu * lower, left * pv, pu * pv];
        self.bends
            .iter()
            .zip(weights)
            .fold(flat, |sum, (bend, weight)| Point { x: sum.x + bend.x * weight, y: sum.y + bend.y * weight })
    }

    /// Pixels a module, as a mean over the symbol.
    pub(crate) fn module(&self) -> f32 {
        let [a, b, c, d] = self.corners;
        let length = |a: Point, b: Point| (a.x - b.x).hypot(a.y - b.y);
        (length(a, b) + length(b, c) + length(c, d) + length(d, a)) / (4.0 * self.side)
    }

    /// Whether it can be a symbol's picture: convex, no side much longer than another, and no smaller than can be read.
    pub(crate) fn is_plausible(&self) -> bool {
        let [a, b, c, d] = self.corners;
        let turn = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
        let turns = [turn(a, b, c), turn(b, c, d), turn(c, d, a), turn(d, a, b)];
        let length = |a: Point, b: Point| (a.x - b.x).hypot(a.y - b.y);
        let sides = [length(a, b), length(b, c), length(c, d), length(d, a)];
        let (shortest, longest) =
            (sides.iter().copied().fold(f32::MAX, f32::min), sides.iter().copied().fold(0.0, f32::max));
        let finite = self.corners.iter().all(|p| p.x.is_finite() && p.y.is_finite());
        finite && turns.iter().all(|&turn| turn > 0.0) && longest < 5.0 * shortest && self.module() > 0.8
    }
}
