//! The list: bundles fetched a few ahead of the one that is being verified.

use std::cell::Cell;
use std::collections::VecDeque;

use nguon_core::ids::ChainId;
use yew::Callback;

use super::proof::Prover;
use crate::browser;
use crate::browser::net::Asked;
use crate::check::list::{self, State};
use crate::check::{Conclusion, Kind};
use crate::code::Code;
use crate::state::{Action, PORTION};

/// Bundles on their way at a time, the one in work included.
const AHEAD: usize = 5;

thread_local! {
    static RUN: Cell<u32> = const { Cell::new(0) };
}

fn next_run() -> u32 {
    RUN.with(|run| {
        run.set(run.get() + 1);
        run.get()
    })
}

/// Checks every line that was pasted.
pub async fn check(text: String, act: Callback<Action>) {
    let run = next_run();
    let rows = list::read(&text);
    let to_do = rows.iter().enumerate().filter(|(_, row)| row.state == State::Waiting);
    let mut to_do: VecDeque<(usize, Code)> = to_do.filter_map(|(n, row)| Some((n, row.code.clone()?))).collect();
    let portions = rows.len() / PORTION;
    act.emit(Action::Listed(run, rows));
    conclude_all(&mut to_do, run, &act).await;
    // While it goes on, the worst are drawn; now the rest, a portion at a time, so that the page answers meanwhile.
    for _ in 0..portions {
        browser::breathe().await;
        act.emit(Action::Drawn(run));
    }
}

/// Concludes row after row, in the order they were pasted.
async fn conclude_all(to_do: &mut VecDeque<(usize, Code)>, run: u32, act: &Callback<Action>) {
    if to_do.is_empty() {
        return;
    }
    let Some(mut prover) = Prover::new().await else {
        to_do.iter().for_each(|(n, _)| act.emit(Action::Concluded(run, *n, Conclusion::bare(Kind::NeedsNewerApp))));
        return;
    };
    let mut under_way: VecDeque<(usize, Code, Option<Asked>)> = VecDeque::new();
    loop {
        while under_way.len() < AHEAD
            && let Some((n, code)) = to_do.pop_front()
        {
            let asked = Prover::fetch(&code);
            under_way.push_back((n, code, asked));
        }
        let Some((n, code, asked)) = under_way.pop_front() else { return };
        let found = match asked {
            Some(asked) => {
                let got = asked.wait().await;
                let tell = |done, total| act.emit(Action::Checking(run, n, done, total));
                prover.prove(&code, got, tell).await
            }
            None => Conclusion::bare(Kind::Unreadable),
        };
        // The inspector pasted another list.
        if RUN.with(Cell::get) != run {
            return;
        }
        act.emit(Action::Concluded(run, n, found));
    }
}

/// Checks one batch of a trace by its own bundle.
pub async fn prove(chain: ChainId, act: Callback<Action>) {
    act.emit(Action::Proving(chain));
    let code = Code::Chain(chain);
    let found = match (Prover::new().await, Prover::fetch(&code)) {
        (Some(mut prover), Some(asked)) => {
            let got = asked.wait().await;
            prover.prove(&code, got, |_, _| {}).await
        }
        _ => Conclusion::bare(Kind::NeedsNewerApp),
    };
    act.emit(Action::Proved(chain, found));
}
