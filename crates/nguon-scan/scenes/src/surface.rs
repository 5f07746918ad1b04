//! The box a label sticks to: flat, round, or over an edge. Paper bends in one direction only, so that a profile says it all.

/// A surface by its profile: a chain of points (x, z) in millimetres that is drawn out along y. On it, `s` is the length
/// along the profile from its middle, and `t` is y.
#[derive(Debug, Clone)]
pub(crate) struct Surface {
    /// Points and the length at which each lies.
    profile: Vec<(f32, f32, f32)>,
}

/// A ray: from a place in a direction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) from: [f32; 3],
    pub(crate) to: [f32; 3],
}

/// Where a ray meets the surface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) s: f32,
    pub(crate) t: f32,
    /// How much of the light from the front falls there: the cosine of the angle.
    pub(crate) facing: f32,
}

/// Millimetres from the middle at which a box ends.
const HALF: f32 = 90.0;

impl Surface {
    pub(crate) fn flat() -> Self {
        Self::along([(-HALF, 0.0), (HALF, 0.0)])
    }

    /// Around a cylinder of some radius, its nearest line in the middle.
    pub(crate) fn round(radius: f32) -> Self {
        let steps: i16 = 40;
        let points = (-steps..=steps).map(|i| {
            let angle = f32::from(i) / f32::from(steps) * 1.5;
            (radius * angle.sin(), radius * (1.0 - angle.cos()))
        });
        Self::along(points)
    }

    /// Over an edge of some radius at `at` millimetres from the middle, beyond which the box falls back by `angle`.
    pub(crate) fn edge(at: f32, angle: f32, radius: f32) -> Self {
        let mut points = vec![(-HALF, 0.0), (at, 0.0)];
        let steps: i16 = 8;
        for i in 1..=steps {
            let turned = f32::from(i) / f32::from(steps) * angle;
            points.push((at + radius * turned.sin(), radius * (1.0 - turned.cos())));
        }
        let (x, z) = points.last().copied().unwrap_or_default();
        points.push((x + HALF * angle.cos(), z + HALF * angle.sin()));
        let mut surface = Self::along(points);
        // Lengths count from the middle of the flat part's coordinates, not from the middle of the chain.
        let shift = surface.profile.first().map_or(0.0, |first| -HALF - first.2);
        surface.profile.iter_mut().for_each(|point| point.2 += shift);
        surface
    }

    fn along(points: impl IntoIterator<Item = (f32, f32)>) -> Self {
        let mut profile: Vec<(f32, f32, f32)> = Vec::new();
        for (x, z) in points {
            let length = profile.last().map_or(0.0, |&(px, pz, length)| length + (x - px).hypot(z - pz));
            profile.push((x, z, length));
        }
        let middle = profile.last().map_or(0.0, |last| last.2 / 2.0);
        profile.iter_mut().for_each(|point| point.2 -= middle);
        Self { profile }
    }

    /// The nearest place at which a ray meets the surface.
    pub(crate) fn hit(&self, ray: Ray) -> Option<Hit> {
        let Ray { from: [fx, fy, fz], to: [dx, dy, dz] } = ray;
        let mut nearest: Option<(f32, Hit)> = None;
        for pair in self.profile.windows(2) {
            let [(ax, az, a), (bx, bz, b)] = *pair else { continue };
            let (ex, ez) = (bx - ax, bz - az);
            let across = dx * ez - dz * ex;
            if across.abs() < 1e-9 {
                continue;
            }
            let (rx, rz) = (ax - fx, az - fz);
            let far = (rx * ez - rz * ex) / across;
            let share = (rx * dz - rz * dx) / across;
            if far <= 0.0 || !(0.0..=1.0).contains(&share) || nearest.is_some_and(|(before, _)| before <= far) {
                continue;
            }
            let length = (dx * dx + dy * dy + dz * dz).sqrt() * ex.hypot(ez);
            let hit = Hit { s: a + (b - a) * share, t: fy + dy * far, facing: across.abs() / length };
            nearest = Some((far, hit));
        }
        nearest.map(|(_, hit)| hit).filter(|hit| hit.t.abs() < HALF)
    }
}
