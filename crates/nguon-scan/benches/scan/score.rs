//! How many of some pictures each reader reads, and how long that takes it.

use std::time::{Duration, Instant};

use nguon_scenes::Picture;

use crate::readers::Reader;

/// Of one reader: symbols read, symbols there were, payloads that were nowhere, time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub read: u32,
    pub of: u32,
    pub wrong: u32,
    pub pictures: u32,
    pub time: Duration,
}

impl Score {
    /// Reads a picture. `same` says whether a text is what was to be read.
    pub fn add(&mut self, reader: Reader, picture: &Picture, same: impl Fn(&str, &str) -> bool) {
        let started = Instant::now();
        let texts = reader.read(picture);
        self.time += started.elapsed();
        self.pictures += 1;
        for payload in &picture.payloads {
            self.of += 1;
            self.read += u32::from(texts.iter().any(|text| same(text, payload)));
        }
        let strange = |text: &&String| !picture.payloads.iter().any(|payload| same(text, payload));
        self.wrong += u32::try_from(texts.iter().filter(strange).count()).expect("few");
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            read: self.read + other.read,
            of: self.of + other.of,
            wrong: self.wrong + other.wrong,
            pictures: self.pictures + other.pictures,
            time: self.time + other.time,
        }
    }

    pub fn percent(&self) -> f64 {
        f64::from(self.read) * 100.0 / f64::from(self.of.max(1))
    }

    pub fn milliseconds(&self) -> f64 {
        self.time.as_secs_f64() * 1e3 / f64::from(self.pictures.max(1))
    }
}

/// The rate of ours held against the best of the others, and all rates and times.
pub fn report(name: &str, scores: &[(Reader, Score)]) {
    let rate = |wanted: fn(Reader) -> bool| {
        scores.iter().filter(|(reader, _)| wanted(*reader)).map(|(_, score)| score.percent()).fold(0.0, f64::max)
    };
    let (ours, best) = (rate(|reader| reader == Reader::Ours), rate(|reader| !reader.is_ours()));
    crate::figures::at_least(name, ours, "% read", best);
    for (reader, score) in scores {
        let reader = reader.name();
        crate::figures::report(&format!("{name}.{reader}"), score.percent(), "% read");
        crate::figures::report(&format!("{name}.{reader}_ms"), score.milliseconds(), "ms");
        if score.wrong > 0 {
            crate::figures::report(&format!("{name}.{reader}_wrong"), f64::from(score.wrong), "payloads");
        }
    }
}
