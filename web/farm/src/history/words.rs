//! Entries, advice and warnings in words.

use nguon_core::event::Event;
use nguon_core::values::Grams;
use nguon_draft::draft::{Draft, Into};
use nguon_draft::outbox::Trouble;
use nguon_draft::{Advice, Book, Warning};

use crate::format::{day, first_whole_day, kilograms, moment};
use crate::lang::Lang;
use crate::messages::fill;
use crate::names::name_of;
use crate::tasks::Task;

/// The task that an entry came of, where it came of one.
#[must_use]
pub const fn tasks_of(draft: &Draft) -> Option<Task> {
    match draft {
        Draft::Applied(_) => Some(Task::Log(None)),
        Draft::Harvested(_) => Some(Task::Harvest(None)),
        Draft::WeighedIn(_) => Some(Task::WeighIn),
        Draft::HandedOver(_) => Some(Task::Give),
        Draft::Received(_) => Some(Task::Receive),
        Draft::Lost(_) | Draft::Disposed(_) => Some(Task::Gone),
        Draft::Cooled(_) => Some(Task::Cool),
        _ => None,
    }
}

/// What an entry is.
#[must_use]
pub fn title(lang: Lang, draft: &Draft) -> &'static str {
    let m = lang.messages();
    match draft {
        Draft::Opened(_) => m.entry_opened(),
        Draft::Packed(_) => m.entry_packed(),
        Draft::Sold(_) => m.entry_sold(),
        Draft::Labels { .. } => m.entry_labels(),
        Draft::Corrected(_) => m.entry_corrected(),
        Draft::Approved { .. } => m.entry_approved(),
        Draft::Begins(_) | Draft::Appends { .. } => m.entry_other(),
        Draft::Applied(applied) if applied.phi_days.get() == 0 && applied.ingredients.is_empty() => m.entry_fed(),
        Draft::Applied(_) => m.entry_sprayed(),
        _ => tasks_of(draft).map_or(m.entry_other(), |task| crate::tasks::name(lang, &task)),
    }
}

fn sum<'a>(all: impl Iterator<Item = &'a Grams>) -> u64 {
    all.map(|grams| grams.get()).fold(0, u64::saturating_add)
}

/// What an entry says, in a line.
#[must_use]
pub fn detail(lang: Lang, draft: &Draft, book: &Book) -> String {
    let m = lang.messages();
    let kg = |grams: u64| kilograms(lang, grams);
    match draft {
        Draft::Applied(one) => {
            let days = one.phi_days.get().to_string();
            let wait = if one.phi_days.get() > 0 { fill(m.detail_phi(), &[("days", &days)]) } else { String::new() };
            [one.product.to_string(), name_of(book, &one.plot), wait]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ")
        }
        Draft::Harvested(one) | Draft::WeighedIn(one) => {
            let grams = sum(one.shares.iter().flat_map(|share| &share.crates));
            let crates = one.shares.iter().map(|share| share.crates.len()).sum::<usize>().to_string();
            let plots: Vec<String> = one.shares.iter().map(|share| name_of(book, &share.plot)).collect();
            format!("{} · {} · {}", kg(grams), fill(m.detail_crates(), &[("count", &crates)]), plots.join(", "))
        }
        Draft::Opened(one) => one.variety.as_ref().unwrap_or(&one.product).to_string(),
        Draft::HandedOver(one) => format!("{} · {}", kg(one.grams.get()), name_of(book, &one.from)),
        Draft::Received(one) => {
            let into = match &one.into {
                Into::Existing(batch) => name_of(book, batch),
                Into::New(batch) => batch.product.to_string(),
            };
            format!("{} · {into}", kg(sum(one.inputs.iter().map(|input| &input.grams))))
        }
        Draft::Packed(one) => {
            let grams = one.boxes.get().saturating_mul(one.grams_per_box.get());
            fill(m.detail_boxes(), &[("count", &one.boxes.get().to_string()), ("mass", &kg(grams))])
        }
        Draft::Lost(one) => format!("{} · {}", kg(one.grams.get()), name_of(book, &one.batch)),
        Draft::Disposed(one) => format!("{} · {}", kg(one.grams.get()), name_of(book, &one.batch)),
        Draft::Sold(one) => format!("{} · {}", kg(one.grams.get()), name_of(book, &one.batch)),
        Draft::Cooled(one) => name_of(book, &one.batch),
        Draft::Labels { batch, count, .. } => format!("{} · {}", count.get(), name_of(book, batch)),
        Draft::Corrected(one) => event(lang, &one.event.event),
        Draft::Approved { chain, .. } | Draft::Appends { chain, .. } => name_of(book, chain),
        Draft::Begins(_) => String::new(),
    }
}

/// The figure in an event.
fn event(lang: Lang, event: &Event) -> String {
    let kg = |grams: &Grams| kilograms(lang, grams.get());
    match event {
        Event::InputApplied(one) => {
            let days = one.phi_days.get().to_string();
            format!("{} · {}", one.product, fill(lang.messages().detail_phi(), &[("days", &days)]))
        }
        Event::HarvestDrawn(one) => kg(&one.grams),
        Event::Drawn(one) => kg(&one.grams),
        Event::Lost(one) => kg(&one.grams),
        Event::Disposed(one) => kg(&one.grams),
        Event::Sold(one) => kg(&one.grams),
        other => kilograms(lang, sum(other.inputs().iter().map(|input| &input.grams))),
    }
}

/// What can be done about a refusal.
#[must_use]
pub fn advice(lang: Lang, trouble: &Trouble) -> String {
    let m = lang.messages();
    match trouble.advice() {
        Advice::Less(Some(left)) => {
            let by_mass = !matches!(trouble.code.as_str(), "above_boxes" | "boxes_above_inputs" | "above_area");
            let left = if by_mass { kilograms(lang, left) } else { left.to_string() };
            fill(m.advice_less_left(), &[("left", &left)])
        }
        Advice::Less(None) => m.advice_less().to_owned(),
        // The first whole day, as every page says it: nobody looks at the clock before picking.
        Advice::NotBefore(Some(from)) => fill(m.advice_not_before_day(), &[("day", &first_whole_day(lang, from))]),
        Advice::NotBefore(None) => m.advice_not_before().to_owned(),
        Advice::OtherName => m.advice_other_name().to_owned(),
        Advice::AskGiver => m.advice_ask_giver().to_owned(),
        Advice::CheckTime => m.advice_check_time().to_owned(),
        Advice::NewKey => m.advice_new_key().to_owned(),
        Advice::AskRegistrar => m.advice_ask_registrar().to_owned(),
        Advice::AskAuthority => m.advice_ask_authority().to_owned(),
        Advice::EarlierFirst => m.advice_earlier_first().to_owned(),
        Advice::Unlock => m.advice_unlock().to_owned(),
        Advice::TellOperator => m.advice_tell_operator().to_owned(),
        Advice::Update if trouble.code == "bad_signature" => m.advice_other_deployment().to_owned(),
        Advice::Update => m.advice_update().to_owned(),
        // The rule's own name, so that whoever is called can look it up.
        _ => fill(m.advice_look(), &[("code", &trouble.code)]),
    }
}

/// What is said before something is signed.
#[must_use]
pub fn warning(lang: Lang, warning: &Warning) -> String {
    let m = lang.messages();
    match warning {
        Warning::Clock { known, .. } => fill(m.warn_clock(), &[("day", &moment(lang, known.get()))]),
        Warning::Claim { counts, .. } => fill(m.warn_claim(), &[("day", &day(lang, counts.get()))]),
        Warning::Unchecked(_) => m.warn_unchecked().to_owned(),
        Warning::EarliestHarvest { from, .. } => {
            fill(m.warn_earliest(), &[("day", &first_whole_day(lang, from.get()))])
        }
        Warning::NeedsApproval { .. } => m.warn_approval().to_owned(),
        _ => m.warn_unchecked().to_owned(),
    }
}
