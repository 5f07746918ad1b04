//! From a square of modules to its payload (ISO/IEC 18004, clauses 7.3 to 7.10 read backwards).

mod codewords;
mod format;
mod payload;
mod reed_solomon;
mod version;

pub(crate) use payload::Payload;
pub(crate) use version::Version;

/// The modules of a symbol as they look: above 0 for dark, below for light, the further the surer.
#[derive(Debug, Clone)]
pub(crate) struct Modules {
    side: usize,
    looks: Vec<f32>,
}

impl Modules {
    /// `looks` row by row; what is missing looks like nothing.
    pub(crate) fn new(version: Version, mut looks: Vec<f32>) -> Self {
        let side = version.side();
        looks.resize(side * side, 0.0);
        Self { side, looks }
    }

    fn look(&self, x: usize, y: usize) -> f32 {
        self.looks.get(y * self.side + x).copied().unwrap_or(0.0)
    }

    /// The same seen in a mirror.
    fn mirrored(&self) -> Self {
        let looks = (0..self.side * self.side).map(|i| self.look(i / self.side, i % self.side)).collect();
        Self { side: self.side, looks }
    }

    /// What the symbol says, if its error correction vouches for it; seen in a mirror too.
    pub(crate) fn decode(&self, version: Version) -> Option<Payload> {
        self.decode_upright(version).or_else(|| self.mirrored().decode_upright(version))
    }

    fn decode_upright(&self, version: Version) -> Option<Payload> {
        let format = format::read(self)?;
        let data = codewords::read(self, version, format)?;
        payload::parse(&data, version)
    }
}
