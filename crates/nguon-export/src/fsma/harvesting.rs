//! Harvesting and cooling before initial packing, §1.1325.

use nguon_core::event::{Cooled, CoolingMethod, HarvestDrawn};
use nguon_core::ids::ChainId;

use super::row::{Maker, UNIT, tail};
use crate::facts::{Entry, Remedy};
use crate::table::Cell;

impl Maker<'_, '_> {
    /// A row of the sheet of harvesting.
    pub fn harvesting(&mut self, entry: &Entry<'_>, draw: &HarvestDrawn) -> Vec<Cell> {
        let plot = entry.chain.id();
        let farm = entry.chain.state().custodian_at(entry.signed().sequence).unwrap_or(plot);
        let lot = self.facts.lot(&draw.to);
        let variety = self.facts.place(&plot).and_then(|place| place.variety);
        let mut row = vec![
            self.recipient("1.1325(a)(1)(i)", entry, &draw.to, &farm),
            lot.product.clone().into(),
            self.variety("1.1325(a)(1)(ii)", &lot, variety.as_deref()),
            Cell::kilograms(draw.grams.get()),
            UNIT.into(),
            self.site("1.1325(a)(1)(iv)", "farm where harvested", Some(plot), &farm),
            self.field(&plot).into(),
            Cell::Day(entry.at),
        ];
        row.extend(Self::document(entry));
        row.extend(self.harvester("1.1325(a)(2)", &farm));
        let on_behalf = entry.signed().on_behalf_of.is_some().then_some("yes");
        row.extend([self.facts.lot_code(&draw.to).into(), Cell::words(on_behalf)]);
        row.extend(tail(entry));
        row
    }

    /// A row of the sheet of cooling, for a batch that was not packed yet.
    pub fn cooling(&mut self, entry: &Entry<'_>, cooled: &Cooled) -> Vec<Cell> {
        let batch = entry.chain.id();
        let lot = self.facts.lot(&batch);
        let actor = entry.actor().unwrap_or(lot.owner);
        let state = entry.chain.state().batch();
        let grams = state.map_or(0, |state| u64::try_from(state.inputs.total()).unwrap_or(0));
        let farms = self.farms("1.1325(b)(1)(vi)", &batch);
        let mut row = vec![
            self.recipient("1.1325(b)(1)(i)", entry, &batch, &lot.owner),
            lot.product.clone().into(),
            self.variety("1.1325(b)(1)(ii)", &lot, None),
            Cell::kilograms(grams),
            UNIT.into(),
            self.site("1.1325(b)(1)(iv)", "location where cooled", cooled.place, &actor),
            Cell::Day(entry.at),
            farms.into(),
        ];
        row.extend(Self::document(entry));
        row.extend([
            method(cooled.method).into(),
            celsius(cooled.measured_mc).into(),
            self.facts.lot_code(&batch).into(),
        ]);
        row.extend(tail(entry));
        row
    }

    /// The name of the field or growing area: the area's code with its issuer, and the plot in it.
    pub fn field(&self, plot: &ChainId) -> String {
        let short: String = plot.to_string().chars().take(8).collect();
        let place = self.facts.place(plot);
        let code = place.and_then(|place| Some(format!("{} {}", place.issuer?, place.code?)));
        code.map_or_else(|| format!("plot {short}"), |code| format!("{code}, plot {short}"))
    }

    /// The farms that a batch's fruit comes from.
    pub fn farms(&mut self, cite: &'static str, batch: &ChainId) -> String {
        let mut farms = Vec::new();
        for harvest in self.facts.harvests(batch) {
            let plot = harvest.chain.id();
            let farm = harvest.chain.state().custodian_at(harvest.signed().sequence).unwrap_or(plot);
            let words = self.site(cite, "farm where harvested", Some(plot), &farm).plain();
            if !farms.contains(&words) {
                farms.push(words);
            }
        }
        farms.join(" | ")
    }

    fn recipient(&mut self, cite: &'static str, entry: &Entry<'_>, batch: &ChainId, owner: &ChainId) -> Cell {
        let mut recipients = self.facts.recipients(batch, owner);
        // Who goes on with its own fruit is its own recipient.
        if recipients.is_empty()
            && self
                .facts
                .chain(batch)
                .and_then(|chain| chain.state().batch())
                .is_some_and(|state| state.draws.total() > 0)
        {
            recipients.insert(*owner);
        }
        if recipients.is_empty() {
            self.lacks(cite, "immediate subsequent recipient", entry, "to", Remedy::Append);
            return Cell::Empty;
        }
        let what = "immediate subsequent recipient";
        let words: Vec<String> = recipients.iter().map(|actor| self.seat(cite, what, actor).plain()).collect();
        words.join(" | ").into()
    }
}

const fn method(method: CoolingMethod) -> &'static str {
    match method {
        CoolingMethod::Hydrocooling => "hydrocooling",
        CoolingMethod::ForcedAir => "forced air",
        CoolingMethod::Room => "cold room",
        CoolingMethod::Ice => "ice",
        CoolingMethod::Transport => "in transport",
    }
}

/// Thousandths of a degree as degrees.
fn celsius(milli: i32) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    format!("{sign}{}", crate::facts::decimal(milli.unsigned_abs().into(), 3))
}
