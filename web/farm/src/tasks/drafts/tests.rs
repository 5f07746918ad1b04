//! Forms filled in, made into drafts, signed, and taken by the code that servers ask: against the practice world's ledger.

use ed25519_dalek::Signer as _;
use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::Roots;
use nguon_core::values::Time;
use nguon_draft::{Book, Hand, Outbox, Positions, Refused, prepare};
use proptest::prelude::*;

use super::*;
use crate::practice::{Seed, World};
use crate::tasks::day::Day;
use crate::tasks::known::{self, Here};
use crate::tasks::samples::NOW;
use crate::tasks::sheet::{Action, Step};

/// A phone with its own book and outbox, and the ledger on the other side.
struct Phone {
    key: SigningKey,
    me: ChainId,
    book: Book,
    outbox: Outbox,
    world: World,
    drawn: u8,
}

impl Phone {
    fn new() -> Self {
        let seed = Seed { bytes: [3; 32], began: NOW };
        let (mut world, key) = (World::new(seed).unwrap(), SigningKey::from_bytes(&[5; 32]));
        let me = world.enrol(PublicKeyBytes::from(&key), None, Time::new(NOW).unwrap()).unwrap();
        let mut book = Book::new(Roots::new(seed.trust().unwrap()));
        for id in world.ids().to_vec() {
            book.take(&id, world.ledger().records(&id).to_vec(), Positions::new()).unwrap();
        }
        Self { key, me, book, outbox: Outbox::default(), world, drawn: 0 }
    }

    fn facts(&self, others: bool) -> Facts {
        let shelf = Shelf { book: &self.book, outbox: &self.outbox };
        let here = Here { me: self.me, now: NOW, others };
        known::facts(shelf, here, Vec::new(), &|chain| chain.to_string())
    }

    /// Signs it, keeps it, and has the ledger take it: what the device lets pass, the ledger does too.
    fn keep(&mut self, draft: &Draft) -> Result<Vec<Record>, Refused> {
        let hand = Hand::new(self.me, PublicKeyBytes::from(&self.key), Time::new(NOW).unwrap());
        let drawn = &mut self.drawn;
        let mut entropy = || {
            *drawn += 1;
            [*drawn; 16]
        };
        let prepared = prepare(draft, &self.book, &hand, self.outbox.journal(), &mut entropy)?;
        let signatures: Vec<_> = prepared.to_be_signed().iter().map(|bytes| self.key.sign(bytes).to_bytes()).collect();
        let entry = self.outbox.add(prepared.seal(&signatures)?, &mut self.book)?;
        let records = self.outbox.entry(entry).unwrap().signed_records();
        self.world.admit_all(&records).unwrap_or_else(|(at, _)| panic!("the ledger refuses record {at}"));
        Ok(records.iter().map(|signed| Record::from_payload(signed.payload()).unwrap()).collect())
    }

    fn weighed(&self, weight: &str) -> (Sheet, Facts) {
        let (mut sheet, facts) = (Sheet::new(Step::Weigh), self.facts(false));
        sheet.act(Action::Plot(facts.plots[0].id), &facts);
        sheet.set(Field::Weight, weight);
        (sheet, facts)
    }

    fn sprayed(&self, phi: &str, days_ago: i64) -> (Sheet, Facts) {
        let (mut sheet, facts) = (Sheet::new(Step::Check), self.facts(false));
        sheet.act(Action::Plot(facts.plots[0].id), &facts);
        spray::fill(&mut sheet, &facts);
        for (field, text) in [
            (Field::Product, "Abamectin 3.6EC"),
            (Field::Ingredients, "abamectin"),
            (Field::Dose, "60"),
            (Field::Phi, phi),
        ] {
            sheet.set(field, text);
        }
        sheet.set(Field::Day, Day::of(NOW).earlier(days_ago).to_field());
        (sheet, facts)
    }
}

fn grams(event: &Event) -> u64 {
    let correct::Kind::Weight(grams) = correct::kind(event) else { panic!("a weight") };
    grams
}

#[test]
fn a_harvest_is_taken_and_the_next_of_the_day_joins_it_while_it_still_waits_here() {
    let mut phone = Phone::new();
    let (sheet, facts) = phone.weighed("24,5");
    let first = phone.keep(&harvested(&sheet, &facts).unwrap()).unwrap();
    assert_eq!(first.len(), 3, "opened, drawn, put in");
    let (sheet, facts) = phone.weighed("10");
    assert_eq!(facts.batches[0].left, 24_500, "what waits on this device counts");
    let second = phone.keep(&harvested(&sheet, &facts).unwrap()).unwrap();
    assert_eq!(second.len(), 2, "no further batch");
    assert_eq!(correctable(&second, phone.me).unwrap().0, facts.plots[0].id);
}

#[test]
fn what_was_sprayed_is_offered_again_and_forbids_a_harvest_with_its_name() {
    let mut phone = Phone::new();
    let (sheet, facts) = phone.sprayed("7", 0);
    phone.keep(&applied(&sheet, &facts).unwrap()).unwrap();
    let (sheet, facts) = phone.weighed("24,5");
    assert_eq!(facts.used[0].product.name, "Abamectin 3.6EC");
    assert_eq!(facts.plots[0].wait.as_ref().unwrap().product, "Abamectin 3.6EC");
    assert!(matches!(harvest::warnings(&sheet, &facts)[..], [harvest::Warning::TooEarly { .. }]));
    assert!(phone.keep(&harvested(&sheet, &facts).unwrap()).is_err(), "and the core says the same");
}

#[test]
fn the_share_that_is_left_is_what_the_core_lets_be_taken() {
    let mut phone = Phone::new();
    let left = phone.facts(false).plots[0].season.as_ref().unwrap().left.unwrap();
    let (sheet, facts) = phone.weighed(&say::typed(left + 1));
    assert!(harvest::warnings(&sheet, &facts).contains(&harvest::Warning::AboveShare(left)));
    assert!(phone.keep(&harvested(&sheet, &facts).unwrap()).is_err());
    let (sheet, facts) = phone.weighed(&say::typed(left));
    assert!(!harvest::warnings(&sheet, &facts).iter().any(harvest::Warning::is_refusal));
    phone.keep(&harvested(&sheet, &facts).unwrap()).unwrap();
}

#[test]
fn a_spray_corrected_is_told_rightly_whether_it_counts_at_once() {
    for (phi, days_ago, counts) in [("14", 1, true), ("3", 1, false), ("14", 2, false)] {
        let mut phone = Phone::new();
        let (sheet, facts) = phone.sprayed("7", 1);
        let records = phone.keep(&applied(&sheet, &facts).unwrap()).unwrap();
        let (chain, sequence) = correctable(&records, phone.me).unwrap();
        let was = records[0].event.clone();
        let (mut sheet, facts) = phone.sprayed(phi, days_ago);
        sheet.set(Field::Reason, "typing");
        let now = correct::check(&sheet, &was, NOW, &facts).unwrap();
        assert_eq!(correct::at_once(&was, &now), counts, "{phi}, {days_ago} days ago");
        for draft in corrected(&sheet, chain, sequence, &was, &now, None) {
            phone.keep(&draft).unwrap();
        }
        let state = phone.book.chain(&chain).unwrap();
        assert_eq!(state.correction_of(sequence).is_some(), counts, "{phi}, {days_ago} days ago");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn both_halves_of_a_harvest_are_corrected_in_an_order_that_is_taken(
        before in 1_u64..900_000, after in 1_u64..900_000, of_plot in any::<bool>(),
    ) {
        prop_assume!(before != after);
        let mut phone = Phone::new();
        let (sheet, facts) = phone.weighed(&say::typed(before));
        let records = phone.keep(&harvested(&sheet, &facts).unwrap()).unwrap();
        let draw = records.iter().find(|record| matches!(record.event, Event::HarvestDrawn(_))).unwrap();
        let input = records.iter().find(|record| matches!(record.event, Event::Harvested(_))).unwrap();
        let chosen = if of_plot { draw } else { input };
        let (mut sheet, facts) = phone.weighed("");
        sheet.set(Field::Value, say::typed(after));
        sheet.set(Field::Reason, "weighing");
        let now = correct::check(&sheet, &chosen.event, NOW, &facts).unwrap();
        let chain = chosen.chain.unwrap();
        let shelf = Shelf { book: &phone.book, outbox: &phone.outbox };
        let drafts = corrected(&sheet, chain, chosen.sequence, &chosen.event, &now, Some(shelf));
        prop_assert_eq!(drafts.len(), 2);
        for draft in &drafts {
            phone.keep(draft).unwrap();
        }
        // What came into the batch counts at once where it is less; what the farmer is told of it is what the core says.
        let batch = phone.book.chain(&input.chain.unwrap()).unwrap();
        let counts = batch.correction_of(input.sequence).is_some();
        prop_assert_eq!(counts, after < before);
        let mut lowered = input.event.clone();
        correct::set_grams(&mut lowered, nguon_core::values::Grams::new(after).unwrap());
        prop_assert_eq!(correct::at_once(&input.event, &lowered), counts);
        prop_assert_eq!(grams(&input.event), before);
    }
}
