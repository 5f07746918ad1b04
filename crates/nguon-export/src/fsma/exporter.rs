//! From sources, one after another, to the rows of a file.

use std::collections::{BTreeMap, HashSet};

use nguon_core::event::{DrawReason, Event};
use nguon_core::ids::{ChainId, StatementId};

use super::columns::{
    COOLING, HARVESTING, INITIAL_PACKING, LOCATIONS, LOTS, MISSING, RECEIVING, SHIPPING, TRANSFORMATION,
};
use super::location::Site;
use super::moving::draw_of;
use super::row::{LookedAt, Maker, packaging};
use crate::facts::{Entry, Facts, Language, Missing, When};
use crate::table::{Cell, TableError, Tables};

/// Writes lots into tables. A record that several lots come from is written once.
#[derive(Debug)]
pub struct Exporter<T> {
    tables: T,
    written: HashSet<StatementId>,
    locations: BTreeMap<ChainId, Site>,
    reported: HashSet<Missing>,
    looked_at: LookedAt,
    summary: Summary,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lots.
    pub lots: u64,
    /// Critical tracking events: records that gave at least one row.
    pub events: u64,
    /// What is missing, in the order of the lots, each once.
    pub missing: Vec<Missing>,
}

impl<T: Tables> Exporter<T> {
    /// Writes to these tables, which have [`super::SHEETS`].
    pub fn new(tables: T) -> Self {
        let (written, locations, reported) = (HashSet::new(), BTreeMap::new(), HashSet::new());
        Self { tables, written, locations, reported, looked_at: LookedAt::new(), summary: Summary::default() }
    }

    /// What was written so far.
    #[must_use]
    pub const fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Adds a lot with all it came from.
    pub fn add(&mut self, facts: &Facts<'_>) -> Result<(), TableError> {
        let mut maker = Maker::new(facts, std::mem::take(&mut self.looked_at));
        let batch = facts.batch();
        self.tables.row(LOTS, &lot_row(&maker, &batch))?;
        for harvest in facts.harvests(&batch) {
            if let Event::HarvestDrawn(draw) = harvest.event {
                self.event(&harvest, HARVESTING, |_| vec![maker.harvesting(&harvest, draw)])?;
            }
        }
        for at in facts.upstream(&batch) {
            self.batch(&mut maker, &at)?;
        }
        let code = facts.lot_code(&batch);
        self.looked_at = maker.looked_at;
        for missing in maker.missing {
            if self.reported.insert(missing.clone()) {
                self.tables.row(MISSING, &missing_row(&code, &missing))?;
                self.summary.missing.push(missing);
            }
        }
        for (chain, (site, _)) in maker.locations {
            self.locations.entry(chain).or_insert(site);
        }
        self.summary.lots += 1;
        Ok(())
    }

    /// Writes the locations, and gives the tables back to be closed.
    pub fn finish(mut self) -> Result<(T, Summary), TableError> {
        for site in std::mem::take(&mut self.locations).into_values() {
            self.tables.row(LOCATIONS, &site.row())?;
        }
        Ok((self.tables, self.summary))
    }

    fn batch(&mut self, maker: &mut Maker<'_, '_>, batch: &ChainId) -> Result<(), TableError> {
        let facts = maker.facts;
        let is_packed = facts.is_packed(batch);
        let entries: Vec<Entry<'_>> = facts.entries_of(batch).collect();
        let carried: HashSet<u64> = entries
            .iter()
            .filter_map(|entry| match entry.event {
                Event::Shipped(shipped) => Some(shipped.draw),
                _ => None,
            })
            .collect();
        for entry in &entries {
            match entry.event {
                Event::Cooled(cooled) if !is_packed => {
                    self.event(entry, COOLING, |_| vec![maker.cooling(entry, cooled)])?;
                }
                Event::Packed(_) | Event::Repacked(_) => {
                    let Some(packed) = packaging(entry.event) else { continue };
                    // What was packed before is transformed, whatever the record calls it.
                    let sources = entry.event.inputs().iter();
                    let (again, first): (Vec<bool>, Vec<bool>) =
                        sources.map(|input| facts.is_packed(&input.from)).partition(|packed| *packed);
                    if first.is_empty() && !again.is_empty() || matches!(entry.event, Event::Repacked(_)) {
                        self.event(entry, TRANSFORMATION, |_| maker.transformation(entry, &packed))?;
                    } else {
                        self.event(entry, INITIAL_PACKING, |_| maker.initial_packing(entry, &packed))?;
                    }
                }
                Event::Shipped(shipped) if is_packed => {
                    if let Some(drawn) = draw_of(&entries, shipped.draw) {
                        self.event(entry, SHIPPING, |_| vec![maker.shipping(entry, Some(shipped), drawn)])?;
                    }
                }
                Event::Drawn(drawn) if is_packed && !carried.contains(&entry.signed().sequence) => {
                    if matches!(drawn.why, DrawReason::Handover | DrawReason::Consignment) {
                        self.event(entry, SHIPPING, |_| vec![maker.shipping(entry, None, drawn)])?;
                    }
                }
                Event::Received(received) => self.event(entry, RECEIVING, |_| maker.receiving(entry, received))?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a record's rows, unless they stand there already.
    fn event(
        &mut self,
        entry: &Entry<'_>,
        sheet: usize,
        rows: impl FnOnce(&Entry<'_>) -> Vec<Vec<Cell>>,
    ) -> Result<(), TableError> {
        if !self.written.insert(entry.id()) {
            return Ok(());
        }
        let rows = rows(entry);
        self.summary.events += u64::from(!rows.is_empty());
        rows.iter().try_for_each(|row| self.tables.row(sheet, row))
    }
}

fn lot_row(maker: &Maker<'_, '_>, batch: &ChainId) -> Vec<Cell> {
    let stamp = maker.facts.stamp();
    let utc = |time| When::new(time, nguon_core::values::UtcOffset::UTC).to_string();
    vec![
        maker.facts.lot_code(batch).into(),
        batch.to_string().into(),
        maker.product_of(batch).into(),
        stamp.outcome.as_str().into(),
        stamp.sentence(Language::En).into(),
        Cell::words(stamp.as_of.map(utc)),
        utc(stamp.judged_at).into(),
        Cell::count(stamp.signatures as u64),
        stamp.findings.join(", ").into(),
    ]
}

fn missing_row(code: &str, missing: &Missing) -> Vec<Cell> {
    vec![
        code.into(),
        missing.element.as_str().into(),
        missing.at.chain.to_string().into(),
        Cell::count(missing.at.sequence),
        missing.field.as_str().into(),
        missing.remedy.words(Language::En).into(),
    ]
}
