//! A trace: asked for, and told line by line as it comes.

use std::cell::Cell;

use serde::Deserialize;
use yew::Callback;

use super::api;
use crate::browser;
use crate::browser::net::{self, Next};
use crate::code::{ChainWord, Code, Direction, Kind};
use crate::state::{Action, Asked, Ending, fragment_of};
use crate::trace::line::Lines;

/// Drawing takes time as well: between two pictures so many milliseconds at least.
const PICTURE: f64 = 150.0;

thread_local! {
    static RUN: Cell<u32> = const { Cell::new(0) };
}

/// The number of the next question.
fn next_run() -> u32 {
    RUN.with(|run| {
        run.set(run.get() + 1);
        run.get()
    })
}

/// Asks for what a code names.
pub async fn ask(text: String, kind: Kind, direction: Direction, act: Callback<Action>) {
    let run = next_run();
    let code = match Code::read(&text, kind) {
        Ok(code) => code,
        Err(fault) => return act.emit(Action::Mistyped(fault)),
    };
    browser::go(&fragment_of(&text, kind, direction));
    act.emit(Action::Ask(Asked { run, code: text, kind, title: code.title(), direction }));
    let word = match &code {
        Code::Chain(chain) => match kind_of(&chain.to_string()).await {
            Ok(word) => Some(word),
            Err(ending) => return act.emit(Action::Traced(run, ending)),
        },
        _ => None,
    };
    let ending = follow(&(api() + &code.trace_path(direction, word)), run, &act).await;
    act.emit(Action::Traced(run, ending));
}

/// Who holds what of one actor's.
pub async fn holdings(actor: nguon_core::ids::ChainId, name: String, act: Callback<Action>) {
    let run = next_run();
    let asked = Asked { run, code: actor.to_string(), kind: Kind::Any, title: name, direction: Direction::Both };
    act.emit(Action::Ask(asked));
    let ending = follow(&format!("{}/v1/holdings/actor/{actor}", api()), run, &act).await;
    act.emit(Action::Traced(run, ending));
}

/// What a chain is about.
async fn kind_of(chain: &str) -> Result<ChainWord, Ending> {
    #[derive(Deserialize)]
    struct Head {
        kind: ChainWord,
    }
    let got = net::get(&format!("{}/v1/chains/{chain}", api())).await;
    match got.status {
        200 => serde_json::from_slice::<Head>(&got.bytes).map(|head| head.kind).map_err(|_| Ending::Torn),
        status => Err(ending_of(status)),
    }
}

const fn ending_of(status: u16) -> Ending {
    match status {
        0 => Ending::NotReachable,
        404 | 410 => Ending::NotFound,
        other => Ending::Refused(other),
    }
}

async fn follow(url: &str, run: u32, act: &Callback<Action>) -> Ending {
    let stream = net::open(url).await;
    if stream.status != 200 {
        return ending_of(stream.status);
    }
    let (mut lines, mut waiting, mut unreadable, mut whole) = (Lines::default(), Vec::new(), 0, false);
    let mut drawn = browser::milliseconds();
    loop {
        let next = stream.next().await;
        if RUN.with(Cell::get) != run {
            stream.stop();
            return Ending::Torn;
        }
        let over = !matches!(next, Next::Bytes(_));
        if let Next::Bytes(bytes) = next {
            for line in lines.take(&bytes) {
                match line {
                    Ok(line) => {
                        whole |= line.end.is_some();
                        waiting.push(line);
                    }
                    Err(_) => unreadable += 1,
                }
            }
        }
        if over || browser::milliseconds() - drawn > PICTURE {
            act.emit(Action::Lines(run, std::mem::take(&mut waiting), std::mem::take(&mut unreadable)));
            browser::breathe().await;
            drawn = browser::milliseconds();
        }
        if over {
            return if whole && !lines.is_torn() { Ending::Whole } else { Ending::Torn };
        }
    }
}
