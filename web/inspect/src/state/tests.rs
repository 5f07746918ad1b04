use super::*;
use crate::check::Kind as Found;
use crate::check::list;
use crate::trace::line::Lines;
use crate::trace::samples::{chain, season};

fn state() -> State {
    State::new(Tab::Trace, Lang::Vi, true, true)
}

fn ask(run: u32) -> Action {
    let (code, title) = ("x".to_owned(), "x".to_owned());
    Action::Ask(Asked { run, code, kind: Kind::Any, title, direction: Direction::Both })
}

fn lines(households: usize) -> Vec<Line> {
    Lines::default().take(season(households).as_bytes()).into_iter().map(Result::unwrap).collect()
}

#[test]
fn what_comes_late_for_an_earlier_question_is_not_shown() {
    let mut state = state();
    state.act(ask(1));
    state.act(ask(2));
    state.act(Action::Lines(1, lines(2), 0));
    state.act(Action::Traced(1, Ending::Whole));
    assert!(state.trace.graph.nodes.is_empty() && state.trace.is_coming());
    state.act(Action::Lines(2, lines(2), 0));
    assert_eq!(state.trace.view.cells.len(), state.trace.graph.nodes.len());
}

#[test]
fn nodes_appear_as_their_lines_come_and_the_keyboard_stays_where_it_is() {
    let mut state = state();
    state.act(ask(1));
    for line in lines(5) {
        state.act(Action::Lines(1, vec![line], 0));
    }
    let shop = state.trace.view.cells.iter().position(|cell| cell.node() == Some(chain("shop", 1))).unwrap();
    state.act(Action::Focused(Focus::Cell(shop)));
    // Two more shops and one more household change every number.
    let more = lines(41).into_iter().filter(|line| line.node.is_some()).collect();
    state.act(Action::Lines(1, more, 0));
    let Focus::Cell(cell) = state.trace.focused() else { panic!("on a node") };
    assert_eq!(state.trace.view.cells[cell].node(), Some(chain("shop", 1)));
}

#[test]
fn a_proof_of_another_node_is_not_taken_for_this_one() {
    let mut state = state();
    state.act(Action::Proving(chain("packed", 0)));
    state.act(Action::Proved(chain("shop", 0), Conclusion::bare(Found::Valid)));
    assert_eq!(state.trace.proof, Some((chain("packed", 0), None)));
}

#[test]
fn a_new_list_is_not_mixed_with_what_an_old_one_finds() {
    let mut state = state();
    state.act(Action::Listed(1, list::read("(01)09521234543213(10)A")));
    state.act(Action::Listed(2, list::read("(01)09521234543213(10)B")));
    state.act(Action::Concluded(1, 0, Conclusion::bare(Found::Recalled)));
    assert!(state.check.is_running());
    state.act(Action::Concluded(2, 0, Conclusion::bare(Found::Valid)));
    assert!(!state.check.is_running());
}

#[test]
fn what_is_picked_from_a_trace_opens_the_form() {
    let mut state = state();
    let picked = Picked { chain: chain("plot", 0), title: "Thửa 1".into(), owner: chain("farm", 0) };
    state.act(Action::Picked(picked.clone()));
    assert_eq!((state.tab, &state.recording.picked), (Tab::Record, &Some(picked)));
    state.act(Action::Saved);
    assert_eq!((state.recording.picked, state.recording.saved), (None, true));
}

#[test]
fn an_address_leads_to_its_part() {
    assert_eq!(Tab::of_fragment(&fragment_of("(01)1", Kind::ProductLot, Direction::Back)), Tab::Trace);
    assert_eq!(Tab::of_fragment("#record"), Tab::Record);
    assert_eq!(Tab::of_fragment("#nonsense"), Tab::Trace);
}
