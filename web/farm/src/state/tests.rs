//! What the app shows, by what happened.

use nguon_core::SigningKey;
use nguon_core::event::Role;
use nguon_core::ids::{ChainId, PublicKeyBytes};

use super::*;
use crate::keys::{DeviceKey, Keeping};

fn state() -> State {
    State::new(Page::Today, Lang::Vi, true, false)
}

fn person(keeping: Keeping, standing: Standing) -> Person {
    let public = PublicKeyBytes::from(&SigningKey::from_bytes(&[3; 32]));
    let mut person = Person::new([1; 8], "Bảy".into());
    person.rekey(DeviceKey { public, keeping });
    person.standing = standing;
    person
}

fn enrolment() -> Enrolment {
    Enrolment { actor: ChainId::from_bytes([7; 32]), role: Role::Farm, by: "HTX".into() }
}

fn with(person: Person) -> State {
    let mut state = state();
    let id = person.id.clone();
    state.act(Action::People(vec![person], Some(id)));
    state.act(Action::Writer(Writer::Here));
    state
}

#[test]
fn nothing_can_be_written_where_nothing_can_be_kept() {
    let mut state = with(person(Keeping::Held, Standing::Enrolled(enrolment())));
    assert_eq!(state.stage(), Stage::Ready);
    state.act(Action::Writer(Writer::Refused));
    assert_eq!(state.stage(), Stage::NoStorage);
    state.act(Action::Writer(Writer::Elsewhere));
    assert_eq!(state.stage(), Stage::Elsewhere);
}

#[test]
fn the_first_run_leads_from_nobody_to_ready() {
    let mut state = state();
    assert_eq!(state.stage(), Stage::Opening);
    state.act(Action::Writer(Writer::Here));
    state.act(Action::People(Vec::new(), None));
    assert_eq!(state.stage(), Stage::Nobody);
    assert_eq!(with(person(Keeping::Held, Standing::Unknown)).stage(), Stage::NotEnrolled);
    assert_eq!(with(person(Keeping::Held, Standing::Enrolled(enrolment()))).stage(), Stage::Ready);
}

#[test]
fn a_shared_phone_opens_for_who_has_the_pin_and_closes_when_another_takes_it() {
    let mut state = with(person(Keeping::Pin, Standing::Enrolled(enrolment())));
    assert_eq!(state.stage(), Stage::Locked);
    state.act(Action::SecretFault(Some(SecretFault::Wrong)));
    state.act(Action::Unlocked);
    assert_eq!((state.stage(), state.secret_fault), (Stage::Ready, None));
    let mut other = person(Keeping::Pin, Standing::Enrolled(enrolment()));
    other.id = "other".into();
    let people: Vec<Person> = state.people.iter().flatten().cloned().chain([other]).collect();
    state.act(Action::People(people, Some("other".into())));
    assert_eq!(state.stage(), Stage::Locked);
}

#[test]
fn a_revoked_key_signs_nothing_and_a_new_one_waits_for_the_co_op() {
    let gone = Revoked { reason: None, at: 0 };
    let mut person = person(Keeping::Held, Standing::Revoked(enrolment(), gone));
    assert_eq!(with(person.clone()).stage(), Stage::Revoked);
    let public = PublicKeyBytes::from(&SigningKey::from_bytes(&[4; 32]));
    person.rekey(DeviceKey { public, keeping: Keeping::Held });
    person.forget_revocation();
    assert_eq!(with(person).stage(), Stage::NotEnrolled);
}

#[test]
fn a_clock_is_wrong_only_by_more_than_a_time_zone_can_explain() {
    let clock = |ahead| Sending { ahead: Some(ahead), ..Sending::default() }.wrong_clock();
    assert_eq!(clock(90), None);
    assert_eq!(clock(-3600), None);
    assert_eq!(clock(365 * 86_400), Some(365 * 86_400));
    assert_eq!(clock(-86_400), Some(-86_400));
    assert_eq!(Sending::default().wrong_clock(), None);
}

#[test]
fn leaving_a_page_forgets_what_was_said_on_it() {
    let mut state = with(person(Keeping::Pin, Standing::Unknown));
    state.act(Action::SecretFault(Some(SecretFault::Wrong)));
    state.act(Action::Show(Page::People));
    assert_eq!((state.page.clone(), state.secret_fault), (Page::People, None));
}
