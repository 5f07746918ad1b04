//! From three finder patterns to a place for every module.

use crate::code::Version;
use crate::find::{Binary, Finder, Triple};
use crate::grid::place::Place;
use crate::grid::template::{Template, agreement_of_finders, square};
use crate::plane::{Plane, float, whole};
use crate::symbol::Point;

/// A symbol of some version at some place.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    pub(crate) version: Version,
    pub(crate) place: Place,
    pub(crate) template: Template,
    /// How well its known modules agree with what is seen.
    pub(crate) agreement: f32,
}

/// What the finder patterns alone say.
#[derive(Debug, Clone)]
pub(crate) struct First {
    pub(crate) triple: Triple,
    /// From centre to centre along the upper and the left edge, in modules.
    modules: (f32, f32),
    /// How much nearer to the eye the right and the lower end are.
    nearer: (f32, f32),
    /// How well the finder patterns agree with what is seen, for the likeliest size.
    pub(crate) agreement: f32,
}

impl First {
    /// None if they do not look like finder patterns after all: most threes are none, and nothing more is spent on them.
    pub(crate) fn of(plane: &Plane, binary: &Binary, triple: Triple) -> Option<Self> {
        let (across, right) = along(binary, triple.corner, triple.right);
        let (down, below) = along(binary, triple.corner, triple.below);
        let mut first = Self { triple, modules: (across, down), nearer: (right, below), agreement: 0.0 };
        let agreement = |version: Version| {
            let place = first.place(float(version.side())).filter(Place::is_plausible)?;
            Some(agreement_of_finders(version.side(), plane, &place))
        };
        first.agreement = first.versions().into_iter().filter_map(agreement).fold(0.0, f32::max);
        (first.agreement > 0.3).then_some(first)
    }

    /// What they can be the corners of, the likeliest first.
    pub(crate) fn fits(&self, plane: &Plane) -> Vec<Fit> {
        let mut fits: Vec<Fit> =
            self.versions().into_iter().filter_map(|version| Fit::begin(plane, self, version)).collect();
        fits.sort_by(|a, b| b.agreement.total_cmp(&a.agreement));
        fits
    }

    /// Sizes near to what was measured: the farther from end to end, the less sure.
    fn versions(&self) -> Vec<Version> {
        let side = (self.modules.0 + self.modules.1) / 2.0 + 7.0;
        let mut sides: Vec<usize> = (21..=177).step_by(4).collect();
        let off = |candidate: &usize| (float(*candidate) - side).abs();
        sides.sort_by(|a, b| off(a).total_cmp(&off(b)));
        let count = 2 + whole(side / 40.0);
        sides.into_iter().take(count).filter_map(Version::of_side).collect()
    }

    /// The flat symbol whose centres and foreshortening are those measured.
    fn place(&self, side: f32) -> Option<Place> {
        let Triple { corner, right, below } = self.triple;
        let [a, b, c] = [corner.centre, right.centre, below.centre];
        let between = side - 7.0;
        let pixel = |x: f32, y: f32| {
            let (u, v) = ((x - 3.5) / between, (y - 3.5) / between);
            let weights = (1.0 - u - v, u * self.nearer.0, v * self.nearer.1);
            let depth = weights.0 + weights.1 + weights.2;
            (depth > 0.05).then(|| Point {
                x: (a.x * weights.0 + b.x * weights.1 + c.x * weights.2) / depth,
                y: (a.y * weights.0 + b.y * weights.1 + c.y * weights.2) / depth,
            })
        };
        Some(Place::new(side, [pixel(0.0, 0.0)?, pixel(side, 0.0)?, pixel(side, side)?, pixel(0.0, side)?]))
    }
}

/// Modules between two centres, and the foreshortening from one to the other. A straight row of modules seen in perspective
/// has as many as its length divided by the geometric mean of the modules at its ends.
fn along(binary: &Binary, from: Finder, to: Finder) -> (f32, f32) {
    let (dx, dy) = (to.centre.x - from.centre.x, to.centre.y - from.centre.y);
    let length = dx.hypot(dy).max(1.0);
    let direction = (dx / length, dy / length);
    let back = (-direction.0, -direction.1);
    let module = |finder: Finder| {
        let (ahead, behind) = (reach(binary, finder, direction), reach(binary, finder, back));
        match (ahead, behind) {
            (Some(ahead), Some(behind)) => (ahead + behind) / 2.0,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => finder.module,
        }
    };
    let (near, far) = (module(from), module(to));
    (length / (near * far).sqrt(), (near / far).sqrt().clamp(0.5, 2.0))
}

/// The size of a module from a finder's centre outwards. Between the inner and the outer edge of its ring lie 1, to their
/// middle 3: spread of dark moves both by the same, each to its side.
fn reach(binary: &Binary, finder: Finder, direction: (f32, f32)) -> Option<f32> {
    const STEP: f32 = 0.25;
    let mut edges = [0.0_f32; 3];
    let mut steps = 0.0;
    let longest = finder.module * 8.0;
    for (edge, dark) in edges.iter_mut().zip([true, false, true]) {
        loop {
            let (x, y) = (finder.centre.x + direction.0 * steps, finder.centre.y + direction.1 * steps);
            if binary.is_dark(x, y)? != dark {
                break;
            }
            steps += STEP;
            if steps > longest {
                return None;
            }
        }
        *edge = steps;
    }
    let module = (edges[1] + edges[2]) / 6.0;
    let ratio = module / finder.module;
    (0.4..2.5).contains(&ratio).then_some(module)
}

impl Fit {
    fn begin(plane: &Plane, first: &First, version: Version) -> Option<Self> {
        let side = float(version.side());
        let place = first.place(side)?;
        if !place.is_plausible() || agreement_of_finders(version.side(), plane, &place) < 0.3 {
            return None;
        }
        let mut fit = Self { version, place, template: Template::new(version), agreement: 0.0 };
        fit.agreement = fit.template.agreement(plane, &fit.place);
        let aligned = aligned(plane, version, first, fit.place);
        if let Some(place) = aligned.filter(Place::is_plausible) {
            let agreement = fit.template.agreement(plane, &place);
            if agreement > fit.agreement {
                (fit.place, fit.agreement) = (place, agreement);
            }
        }
        Some(fit)
    }

    /// Moves corners until what is known agrees best with what is seen.
    pub(crate) fn settle(&mut self, plane: &Plane) {
        self.climb(plane, FLAT, &[0.6, 0.3, 0.15], |fit, plane| fit.template.contrast(plane, &fit.place));
        self.agreement = self.template.agreement(plane, &self.place);
    }

    /// Bends the symbol until its data modules are clearest too.
    pub(crate) fn bend(&mut self, plane: &Plane) {
        let clear = |fit: &Self, plane: &Plane| {
            fit.template.contrast(plane, &fit.place) * 0.5 + fit.template.clearness(plane, &fit.place)
        };
        self.climb(plane, BENT, &[0.8, 0.4, 0.2], clear);
        self.agreement = self.template.agreement(plane, &self.place);
    }

    fn climb(&mut self, plane: &Plane, handles: &[Handle], steps: &[f32], score: impl Fn(&Self, &Plane) -> f32) {
        let mut best = score(self, plane);
        for step in steps {
            let step = step * self.place.module();
            for _ in 0..4 {
                let before = best;
                for handle in handles {
                    for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                        // On in a direction that helps.
                        for _ in 0..4 {
                            let kept = self.place;
                            handle.pull(&mut self.place, dx, dy);
                            let found = score(self, plane);
                            if found <= best || !self.place.is_plausible() {
                                self.place = kept;
                                break;
                            }
                            best = found;
                        }
                    }
                }
                if best - before < 0.002 * best.abs() {
                    break;
                }
            }
        }
    }
}

/// What is moved together: corners as bits of the first, bends of the second.
struct Handle(u8, u8);

/// Each corner, each side, the whole.
const FLAT: &[Handle] = &[
    Handle(0b1111, 0),
    Handle(0b0011, 0),
    Handle(0b0110, 0),
    Handle(0b1100, 0),
    Handle(0b1001, 0),
    Handle(0b0001, 0),
    Handle(0b0010, 0),
    Handle(0b0100, 0),
    Handle(0b1000, 0),
];

/// A cylinder lying and standing, then each corner and each bend.
const BENT: &[Handle] = &[
    Handle(0, 0b1_0101),
    Handle(0, 0b1_1010),
    Handle(0b1111, 0),
    Handle(0b0001, 0),
    Handle(0b0010, 0),
    Handle(0b0100, 0),
    Handle(0b1000, 0),
    Handle(0, 0b0_0001),
    Handle(0, 0b0_0010),
    Handle(0, 0b0_0100),
    Handle(0, 0b0_1000),
    Handle(0, 0b1_0000),
];

impl Handle {
    fn pull(&self, place: &mut Place, dx: f32, dy: f32) {
        let corners = place.corners.iter_mut().enumerate().filter(|(i, _)| self.0 >> i & 1 == 1);
        let bends = place.bends.iter_mut().enumerate().filter(|(i, _)| self.1 >> i & 1 == 1);
        for (_, point) in corners.chain(bends) {
            point.x += dx;
            point.y += dy;
        }
        place.settle();
    }
}

/// A better place by the alignment patterns, from the near ones to the far ones: each found makes the next easier to find.
fn aligned(plane: &Plane, version: Version, first: &First, start: Place) -> Option<Place> {
    let side = float(version.side());
    let Triple { corner, right, below } = first.triple;
    let at = |x: f32, y: f32| Point { x, y };
    let far = side - 3.5;
    let mut seen = vec![
        (at(3.5, 3.5), corner.centre, 1.0),
        (at(far, 3.5), right.centre, 1.0),
        (at(3.5, far), below.centre, 1.0),
        // As good as the finder patterns' word for it, until something is seen there.
        (at(far, far), start.pixel(far, far), 0.01),
    ];
    let mut centres = version.alignment_centres();
    centres.sort_by_key(|&(x, y)| (x + y, x.abs_diff(y)));
    let mut place = start;
    let mut found = false;
    for (x, y) in centres {
        let module = at(float(x) + 0.5, float(y) + 0.5);
        if let Some(pixel) = alignment_pattern(plane, &place, module, if found { 1.5 } else { 1.5 + side / 30.0 }) {
            seen.push((module, pixel, 1.0));
            if let Some(better) = Place::nearest(side, &seen).filter(Place::is_plausible) {
                place = better;
                found = true;
            } else {
                seen.pop();
            }
        }
    }
    found.then_some(place)
}

/// Where around its place an alignment pattern is seen best.
fn alignment_pattern(plane: &Plane, place: &Place, module: Point, reach: f32) -> Option<Point> {
    const STEP: f32 = 1.0 / 3.0;
    let steps = whole(reach / STEP);
    let mut best = (0.0, None);
    let mut sum = 0.0;
    for (i, j) in square(2 * steps + 1) {
        let (dx, dy) = ((float(i) - float(steps)) * STEP, (float(j) - float(steps)) * STEP);
        let (mut light, mut dark) = (0.0, 0.0);
        for (x, y) in square(5) {
            let pixel = place.pixel(module.x + dx + float(x) - 2.0, module.y + dy + float(y) - 2.0);
            let value = plane.at(pixel.x, pixel.y);
            if x.abs_diff(2).max(y.abs_diff(2)) == 1 { light += value } else { dark += value }
        }
        // What is expected counts a little more.
        let score = light / 8.0 - dark / 17.0 - 0.5 * dx.hypot(dy);
        sum += score.abs();
        if score > best.0 {
            best = (score, Some(place.pixel(module.x + dx, module.y + dy)));
        }
    }
    // It must stand out from its surroundings.
    let mean = sum / float((2 * steps + 1) * (2 * steps + 1));
    best.1.filter(|_| best.0 > 2.0 * mean && best.0 > 6.0)
}
