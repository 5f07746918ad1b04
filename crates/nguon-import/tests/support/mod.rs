//! What the tests share.
#![allow(dead_code, missing_docs)] // each test file uses a part

#[path = "../../examples/make_files.rs"]
pub mod files;

use nguon_core::ids::ChainId;
use nguon_import::finding::Place;
use nguon_import::plan::{Plan, Planned};
use nguon_import::preview::{Area, Options, Preview, preview};
use nguon_import::read;
use nguon_import::register::{KnownPlot, Register};

/// The chain of a test's growing area.
pub fn chain(byte: u8) -> ChainId {
    ChainId::from_bytes([byte; 32])
}

pub fn areas() -> Vec<Area> {
    let area = |(code, byte): (&&str, u8)| Area {
        code: code.parse().unwrap(),
        chain: chain(byte),
        grams_left: None,
        square_metres_left: None,
    };
    files::AREAS.iter().zip(1..).map(area).collect()
}

pub fn options() -> Options {
    Options { areas: Some(areas()), ..Options::default() }
}

/// Previews a file of text that stands under the usual headings.
pub fn seen(rows: &str) -> Preview {
    let text = format!("Họ tên;SĐT;Thôn;Xã;MSVT;Thửa;Diện tích (ha);Giống;Sản lượng;Khóa\n{rows}");
    preview(&read(text.as_bytes()).unwrap(), &options()).unwrap()
}

/// The marks as `B2 finding`, what is bad first.
pub fn marks(preview: &Preview) -> Vec<String> {
    let place = |place: &Place| match place {
        Place::File => "file".to_owned(),
        Place::Sheet(name) => format!("sheet {name}"),
        Place::Cell(at) => at.to_string(),
    };
    preview.marks.iter().map(|mark| format!("{} {:?} {:?}", place(&mark.at), mark.read, mark.finding)).collect()
}

/// Carries a plan out as far as a register is concerned: every chain gets an id.
pub fn carry_out(plan: &Plan, preview: &Preview, register: &mut Register, season: Option<&str>) {
    let mut next = u64::try_from(register.households.len()).unwrap() * 1_000 + 1_000_000;
    let mut fresh = || {
        next += 1;
        let mut id = [9; 32];
        id[..8].copy_from_slice(&next.to_be_bytes());
        ChainId::from_bytes(id)
    };
    let (mut actors, mut plots) = (plan.actors.clone(), plan.plots.clone());
    for step in &plan.steps {
        match step {
            Planned::Enrol { household } => {
                let id = fresh();
                actors.insert(*household, id);
                register.learn(id, &preview.households[*household]);
            }
            Planned::RegisterPlot { household, plot, area } => {
                let id = fresh();
                plots.insert((*household, *plot), id);
                let known = register.households.get_mut(&actors[household]).unwrap();
                known.plots.insert(id, KnownPlot::new(&preview.households[*household].plots, *plot, *area).unwrap());
            }
            Planned::OpenSeason { household, plot } => {
                let known = register.households.get_mut(&actors[household]).unwrap();
                let season = season.unwrap().parse().unwrap();
                known.plots.get_mut(&plots[&(*household, *plot)]).unwrap().seasons.insert(season, None);
            }
            Planned::Allot { shares, .. } => {
                for (household, plot, grams) in shares {
                    let known = register.households.get_mut(&actors[household]).unwrap();
                    let season = season.unwrap().parse().unwrap();
                    known.plots.get_mut(&plots[&(*household, *plot)]).unwrap().seasons.insert(season, Some(*grams));
                }
            }
            Planned::AddKey { household } => {
                register.households.get_mut(&actors[household]).unwrap().signs = true;
            }
        }
    }
}
