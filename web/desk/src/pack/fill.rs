//! What is packed: from which batches, how much, into how many boxes.

use nguon_core::event::Input;
use nguon_core::ids::ChainId;
use nguon_core::values::{Count, Grams};
use nguon_draft::{Draft, Into, Packing};
use nguon_farm_app::tasks::amount;

use super::{Fault, Field};

/// A batch that can be packed from, and what is typed beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The batch
    pub chain: ChainId,
    /// Grams left of it
    pub remaining: u64,
    /// Whether it was chosen
    pub chosen: bool,
    /// Kilograms of it, as typed
    pub kilograms: String,
}

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filling {
    /// Batches
    pub sources: Vec<Source>,
    /// How many boxes, as typed
    pub boxes: String,
    /// Kilograms of a box, as typed
    pub per_box: String,
}

impl Filling {
    /// Chooses a batch, all that is left of it; or takes it back.
    pub fn choose(&mut self, at: usize, chosen: bool) {
        if let Some(source) = self.sources.get_mut(at) {
            source.chosen = chosen;
            source.kilograms = if chosen { typed_kilograms(source.remaining) } else { String::new() };
        }
    }

    /// What is chosen so far, as far as it can be read: grams.
    #[must_use]
    pub fn chosen(&self) -> u64 {
        let chosen = self.sources.iter().filter(|source| source.chosen);
        chosen.filter_map(|source| amount::more_than_nothing(&source.kilograms).ok()).fold(0, u64::saturating_add)
    }

    /// How many whole boxes what is chosen fills.
    #[must_use]
    pub fn fills(&self) -> Option<u64> {
        let per_box = amount::more_than_nothing(&self.per_box).ok()?;
        self.chosen().checked_div(per_box).filter(|boxes| *boxes > 0)
    }

    /// Keeps the chosen ones when batches change.
    pub fn renew(&mut self, batches: impl Iterator<Item = (ChainId, u64)>) {
        let known = std::mem::take(&mut self.sources);
        let of = |(chain, remaining)| {
            let before = known.iter().find(|source| source.chain == chain && source.chosen);
            let (chosen, kilograms) = before.map_or((false, String::new()), |source| (true, source.kilograms.clone()));
            Source { chain, remaining, chosen, kilograms }
        };
        self.sources = batches.map(of).collect();
    }

    /// The draft that packs it into a lot, or the first field to be mended.
    ///
    /// # Errors
    /// Which field, and what is wrong with it.
    pub fn draft(&self, lot: ChainId, place: Option<ChainId>) -> Result<Draft, (Field, Fault)> {
        let mut inputs = Vec::new();
        for (at, source) in self.sources.iter().enumerate().filter(|(_, source)| source.chosen) {
            let field = Field::Source(at);
            let grams = amount::more_than_nothing(&source.kilograms).map_err(|_| (field, Fault::NotANumber))?;
            if grams > source.remaining {
                return Err((field, Fault::More(source.remaining)));
            }
            inputs
                .push(Input { from: source.chain, grams: Grams::new(grams).map_err(|_| (field, Fault::NotANumber))? });
        }
        if inputs.is_empty() {
            return Err((Field::Source(0), Fault::NothingChosen));
        }
        let count = amount::whole(&self.boxes).ok().filter(|boxes| *boxes > 0).and_then(|boxes| Count::new(boxes).ok());
        let boxes = count.ok_or((Field::Boxes, Fault::NotANumber))?;
        let grams = amount::more_than_nothing(&self.per_box).ok().and_then(|grams| Grams::new(grams).ok());
        let grams_per_box = grams.ok_or((Field::PerBox, Fault::NotANumber))?;
        let (held, chosen) = (boxes.get().saturating_mul(grams_per_box.get()), self.chosen());
        if held > chosen {
            return Err((Field::Boxes, Fault::MoreThanChosen(chosen)));
        }
        Ok(Draft::Packed(Packing {
            into: Into::Existing(lot),
            inputs,
            boxes,
            grams_per_box,
            grade: None,
            place,
            document: None,
            at: None,
            again: false,
            parcel: None,
            photos: Vec::new(),
        }))
    }
}

/// Kilograms as they are typed: a decimal comma, no mark between thousands.
#[must_use]
pub fn typed_kilograms(grams: u64) -> String {
    let rest = format!("{:03}", grams % 1000);
    let rest = rest.trim_end_matches('0');
    let whole = grams / 1000;
    if rest.is_empty() { whole.to_string() } else { format!("{whole},{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(n: u8) -> ChainId {
        ChainId::from_bytes([n; 32])
    }

    fn filling() -> Filling {
        let mut filling = Filling { boxes: "80".into(), per_box: "2,5".into(), ..Filling::default() };
        filling.renew([(batch(1), 150_500), (batch(2), 60_000)].into_iter());
        filling
    }

    #[test]
    fn what_is_chosen_is_taken_whole_unless_less_is_typed() {
        let mut filling = filling();
        filling.choose(0, true);
        assert_eq!(filling.sources[0].kilograms, "150,5");
        assert_eq!(filling.fills(), Some(60));
        filling.choose(1, true);
        filling.sources[1].kilograms = "50".into();
        let Ok(Draft::Packed(packing)) = filling.draft(batch(9), None) else { panic!("a draft") };
        let inputs: Vec<u64> = packing.inputs.iter().map(|input| input.grams.get()).collect();
        assert_eq!((inputs, packing.boxes.get(), packing.grams_per_box.get()), (vec![150_500, 50_000], 80, 2_500));
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        let mut filling = filling();
        let fault = |filling: &Filling| filling.draft(batch(9), None).unwrap_err();
        assert_eq!(fault(&filling), (Field::Source(0), Fault::NothingChosen));
        filling.choose(1, true);
        filling.sources[1].kilograms = "60,1".into();
        assert_eq!(fault(&filling), (Field::Source(1), Fault::More(60_000)));
        filling.sources[1].kilograms = "x".into();
        assert_eq!(fault(&filling), (Field::Source(1), Fault::NotANumber));
        filling.sources[1].kilograms = "60".into();
        assert_eq!(fault(&filling), (Field::Boxes, Fault::MoreThanChosen(60_000)));
        filling.boxes = "24".into();
        assert!(filling.draft(batch(9), None).is_ok());
        filling.per_box = String::new();
        assert_eq!(fault(&filling), (Field::PerBox, Fault::NotANumber));
    }

    #[test]
    fn a_choice_outlives_news_of_the_batches() {
        let mut filling = filling();
        filling.choose(1, true);
        filling.renew([(batch(2), 40_000), (batch(3), 1_000)].into_iter());
        assert!(filling.sources[0].chosen && !filling.sources[1].chosen);
        assert_eq!(filling.sources[0].remaining, 40_000);
    }
}
