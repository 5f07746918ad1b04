use proptest::prelude::*;

use super::*;

const OURS: &str = "https://nguon.example/01/09529876000019/10/A";
const OTHER: &str = "https://nguon.example/01/09529876000019/10/B";
const WIFI: &str = "WIFI:S:quan;;";

fn shut() -> State {
    State::new(Host::new("nguon.example"))
}

fn looking() -> State {
    shut().after(Action::Open).after(Action::Opened(Camera::default()))
}

fn frame(texts: &[&str]) -> Action {
    Action::Frame(texts.iter().map(|text| text.as_bytes().to_vec()).collect())
}

fn watch(state: State, frames: &[&[&str]]) -> State {
    frames.iter().fold(state, |state, texts| state.after(frame(texts)))
}

#[test]
fn one_label_of_this_page_leads_to_its_lot() {
    let state = watch(looking(), &[&[], &[OURS], &[], &[OURS], &[]]);
    assert_eq!(state.leads_to().map(OwnPath::as_str), Some("/01/09529876000019/10/A"));
    assert!(!state.wants_camera());
}

#[test]
fn of_several_codes_in_view_one_is_chosen_even_if_one_was_read_later() {
    let state = watch(looking(), &[&[WIFI], &[], &[OTHER], &[OURS]]);
    assert_eq!(state.leads_to(), None);
    let Stage::Found { findings, chosen: None } = &state.stage else { panic!("{state:?}") };
    assert_eq!(findings.iter().filter(|finding| finding.leads_to().is_some()).count(), 2);
    assert!(findings.last().is_some_and(|finding| finding.offers().is_none()), "this page's come first");
    assert!(state.clone().after(Action::Chosen(Some(0))).leads_to().is_some());
    let wifi = state.after(Action::Chosen(Some(2)));
    assert!(wifi.leads_to().is_none() && wifi.finding().is_some());
}

#[test]
fn nothing_found_for_long_is_answered_with_advice() {
    let words = crate::messages::of(nguon_verify_app::lang::Lang::Vi);
    let mut state = looking();
    assert_eq!(state.says(words), words.scan_looking);
    for _ in 0..FRAMES_UNTIL_ADVICE {
        state = state.after(frame(&[]));
    }
    assert_eq!(state.says(words), words.scan_advice);
}

#[test]
fn a_hidden_page_does_not_look() {
    let state = looking().after(Action::Ended(Why::Hidden));
    assert_eq!(state.stage, Stage::Paused);
    assert!(!state.wants_camera());
    assert!(state.after(Action::Open).wants_camera());
}

#[test]
fn who_comes_back_finds_the_scanner_shut() {
    let gone = watch(looking(), &[&[OURS], &[], &[], &[]]);
    assert!(gone.leads_to().is_some());
    assert_eq!(gone.after(Action::Ended(Why::Hidden)).stage, Stage::Shut);
    let foreign = watch(looking(), &[&[WIFI], &[], &[], &[]]);
    assert_eq!(foreign.clone().after(Action::Ended(Why::Hidden)), foreign);
}

#[test]
fn a_worker_that_fails_is_tried_again_and_then_given_up() {
    let failed = || Action::Failed(Trouble::Stopped);
    let state = looking().after(failed()).after(failed());
    assert!(state.wants_camera());
    let well = state.clone().after(frame(&[])).after(failed()).after(failed());
    assert!(well.wants_camera(), "a frame that was read forgives");
    assert_eq!(state.after(failed()).stage, Stage::Trouble(Trouble::Stopped));
}

#[test]
fn every_way_of_having_no_camera_has_its_sentence() {
    let words = crate::messages::of(nguon_verify_app::lang::Lang::Vi);
    for (name, trouble) in [
        ("NotAllowedError", Trouble::Refused),
        ("NotFoundError", Trouble::Missing),
        ("OverconstrainedError", Trouble::Missing),
        ("NotReadableError", Trouble::Busy),
        ("Missing", Trouble::NotLoaded),
        ("", Trouble::Stopped),
    ] {
        assert_eq!(Trouble::of_exception(name), trouble, "{name}");
        let state = shut().after(Action::Open).after(Action::Failed(trouble));
        assert_eq!(state.stage, Stage::Trouble(trouble));
        assert!(!trouble.sentence(words).is_empty());
    }
}

#[test]
fn a_picture_is_read_or_said_to_hold_no_code() {
    let reading = || shut().after(Action::Picture);
    assert_eq!(reading().after(Action::PictureRead(vec![])).stage, Stage::Trouble(Trouble::NoCode));
    assert!(reading().after(Action::PictureRead(vec![OURS.into()])).leads_to().is_some());
}

fn action() -> impl Strategy<Value = Action> {
    let payloads = || {
        proptest::collection::vec(
            prop_oneof![
                Just(OURS),
                Just(OTHER),
                Just(WIFI),
                Just("javascript:alert(1)"),
                Just("https://ngu0n.example/")
            ],
            0..3,
        )
        .prop_map(|texts| texts.into_iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>())
    };
    prop_oneof![
        Just(Action::Open),
        Just(Action::Opened(Camera::default())),
        any::<bool>().prop_map(Action::Lit),
        payloads().prop_map(Action::Frame),
        prop_oneof![Just(Why::Hidden), Just(Why::Ended), Just(Why::Closed)].prop_map(Action::Ended),
        Just(Action::Picture),
        payloads().prop_map(Action::PictureRead),
        Just(Action::Pasted(WIFI.into())),
        prop_oneof![Just(Trouble::Stopped), Just(Trouble::Refused)].prop_map(Action::Failed),
        proptest::option::of(0_usize..4).prop_map(Action::Chosen),
        Just(Action::Close),
    ]
}

proptest! {
    /// Whatever happens in whatever order: the page is left for a lot of its own only, and never while the camera runs.
    #[test]
    fn no_order_of_events_leads_elsewhere(actions in proptest::collection::vec(action(), 0..40)) {
        let mut state = shut();
        for action in actions {
            state = state.after(action);
            if let Some(path) = state.leads_to() {
                prop_assert!(path.as_str().starts_with("/01/09529876000019/10/"));
                prop_assert!(!state.wants_camera());
            }
        }
        prop_assert_eq!(state.after(Action::Close).stage, Stage::Shut);
    }
}
