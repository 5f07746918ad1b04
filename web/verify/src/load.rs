//! From an address or a file to a report: fetch, verify in small steps, hold against what others have seen, tell.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use nguon_core::cbor;
use nguon_core::ids::RootHash;
use nguon_core::verify::{Seen, newest_at, seen_by};
use nguon_gs1::LabelCode;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::browser::{Answer, Asked};
use crate::check::{Checked, Checker, Run, claimed_lot};
use crate::lang::Lang;
use crate::model::{Action, Lot, Proven};
use crate::{browser, codec, communes, link, messages};

/// Longer than this the browser is not kept from drawing and answering.
const BREATH: f64 = 40.0;
/// More often than this nobody wants to be told how far it is: to draw it takes a slow telephone as long as ten signatures.
const TELLING: f64 = 200.0;
/// Bytes above which a worker verifies a bundle: some hundred signatures, longer than a worker takes to start.
const LARGE: usize = 96 * 1024;
/// Records verified between two looks at the clock.
const PORTION: usize = 8;
/// Milliseconds that a witness may take: the verdict waits for it.
const PATIENCE: u32 = 3_000;
/// Witnesses asked. One honest one that answers is enough.
const ASKED: usize = 3;
/// Under these names the browser remembers the newest checkpoint seen, and the newest list of recalls.
const SEEN: &str = "seen";
const RECALLS: &str = "recalls";

/// Fetches and verifies the bundle of a code, reporting each step.
pub async fn load(code: LabelCode, tell: Callback<Action>) {
    let url = api() + &link::bundle_path(&code);
    // Before the bundle is there: the trust root's signatures are checked, and the engine compiles what checks them, while
    // nothing else is to be done.
    let checker = checker(Some(&code), browser::online());
    match answer(checker.as_ref(), &url).await {
        Some(given) if given.status == 200 => {
            // On their way while the signatures are checked.
            spawn_local(communes(tell.clone()));
            let large = given.staged || given.bytes.len() > LARGE;
            let given = match if large { hand_over(&given, &url, &tell).await } else { Handed::NotTaken } {
                Handed::Done => return,
                Handed::NotTaken => Some(given),
                // What the worker has taken of the stages is lost with it.
                Handed::Lost => browser::get(&url).await.filter(|again| again.status == 200),
            };
            match given {
                Some(given) => verify(checker, given, Some(&url), &tell).await,
                None => tell.emit(Action::NotReachable),
            }
        }
        Some(given) if matches!(given.status, 404 | 410) => {
            let believed =
                checker.is_some_and(|checker| !checker.is_logged() || checker.proves_absence(&given.bytes, &code));
            tell.emit(if believed { Action::NoSuchLot } else { Action::Unproven });
        }
        _ => tell.emit(Action::NotReachable),
    }
}

/// Asks for a bundle. While the network is waited for, what was kept of this lot or of another is gone through and nothing
/// told of it: the engine compiles what the answer will need.
async fn answer(checker: Option<&Checker>, url: &str) -> Option<Answer> {
    let mut coming = pin!(browser::begin(url, 0).wait());
    let kept = browser::kept(url).await.filter(|kept| kept.len() <= LARGE);
    if let Some((checker, kept)) = checker.zip(kept) {
        let mut run = Some(checker.run(kept));
        while let Some(mut going) = run.take() {
            browser::breathe().await;
            if let Poll::Ready(come) = poll_fn(|context| Poll::Ready(coming.as_mut().poll(context))).await {
                return come;
            }
            if going.step(PORTION).is_some() { run = Some(going) } else { drop(going.report()) }
        }
    }
    coming.await
}

/// Verifies the file chosen in a field, against the label in the address if there is one.
pub async fn open(field: &str, code: Option<LabelCode>, tell: Callback<Action>) {
    let Some(bundle) = browser::chosen_file(field).await else { return };
    let unlabelled = || Lot { gtin: String::new(), lot: String::new(), serial: None };
    let lot = code.as_ref().map(link::lot).or_else(|| claimed_lot(&bundle));
    tell.emit(Action::Opened(lot.unwrap_or_else(unlabelled)));
    spawn_local(communes(tell.clone()));
    // A file may hold a bundle as it came in stages.
    let staged = cbor::first_item(&bundle).is_some_and(|(_, rest)| !rest.is_empty());
    let given = Answer { status: 200, bytes: bundle, staged };
    if given.bytes.len() <= LARGE || !matches!(hand_over(&given, "", &tell).await, Handed::Done) {
        verify(checker(code.as_ref(), browser::online()), given, None, &tell).await;
    }
}

/// What became of a bundle that a worker was to verify.
enum Handed {
    Done,
    NotTaken,
    Lost,
}

/// Has a worker verify what was given, so that the page draws and answers meanwhile. Not every browser inside another app
/// has workers.
async fn hand_over(given: &Answer, url: &str, tell: &Callback<Action>) -> Handed {
    if !browser::hire(given, url).await {
        return Handed::NotTaken;
    }
    loop {
        let message = browser::heard().await;
        let Some(action) = message.and_then(|message| codec::from_bytes(&message)) else { return Handed::Lost };
        let goes_on = matches!(action, Action::Progress { .. });
        tell.emit(action);
        if !goes_on {
            return Handed::Done;
        }
    }
}

/// In the worker: verifies what it was hired for.
pub fn work(given: Answer, url: String) {
    spawn_local(async move {
        let (path, fragment) = browser::address();
        let code = link::code_of_address(&path, &fragment);
        let tell = Callback::from(|action: Action| browser::say(&codec::to_bytes(&action)));
        let checker = checker(code.as_ref(), browser::online());
        verify(checker, given, Some(&*url).filter(|url| !url.is_empty()), &tell).await;
    });
}

fn api() -> String {
    browser::setting("api").unwrap_or_default()
}

fn checker(code: Option<&LabelCode>, online: bool) -> Option<Checker> {
    let root = browser::setting_bytes("root").unwrap_or_default();
    Checker::new(&root, code, browser::now(), online)
}

/// `again`: where a newer bundle can be had.
async fn verify(checker: Option<Checker>, mut given: Answer, mut again: Option<&str>, tell: &Callback<Action>) {
    let Some(checker) = checker else {
        // A page packaged without a sound trust root can say nothing at all of a lot.
        browser::broken("no trust root in this page");
        return;
    };
    loop {
        let mut stages = Stages { come: given.bytes, read: 0, broken: false };
        let first = if given.staged { stages.next().await } else { None };
        let mut run = match first {
            Some(first) => checker.staged(first),
            None => checker.run(stages.rest()),
        };
        let others = Others::ask(&run);
        let mut told = Told {
            tell,
            proven: run.proven(),
            most: 0,
            breath: browser::milliseconds(),
            told: browser::milliseconds(),
        };
        while given.staged
            && let Some(item) = stages.next().await
        {
            let progress = run.feed(&item);
            told.progress(progress).await;
        }
        if stages.broken {
            return tell.emit(Action::NotReachable);
        }
        while let Some(progress) = run.step(PORTION) {
            told.progress(progress).await;
        }
        let is_behind = others.hold(&mut run).await;
        // The log may have gone on while the bundle travelled: once more, and then it is told to be old.
        if let Some(url) = again.take().filter(|_| is_behind)
            && let Some(newer) = browser::get(url).await.filter(|answer| answer.status == 200)
        {
            drop(run);
            given = newer;
            continue;
        }
        let Checked { report, checkpoint, bundle } = run.report();
        if let Some(seen) = checkpoint {
            remember(&seen);
        }
        browser::keep_proof(&bundle);
        return tell.emit(Action::Finished(Rc::new(report)));
    }
}

/// A CBOR sequence that is still coming.
struct Stages {
    come: Vec<u8>,
    read: usize,
    broken: bool,
}

impl Stages {
    /// The next item, once it is there.
    async fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some((item, _)) = cbor::first_item(&self.come[self.read..]) {
                self.read += item.len();
                return Some(item.to_vec());
            }
            match browser::more().await {
                Some(more) if !more.is_empty() => {
                    self.come.drain(..self.read);
                    self.read = 0;
                    self.come.extend(more);
                }
                // What is left over is no item, and the verifier says so.
                Some(_) => return Some(self.rest()).filter(|rest| !rest.is_empty()),
                None => {
                    self.broken = true;
                    return None;
                }
            }
        }
    }

    fn rest(&mut self) -> Vec<u8> {
        let rest = self.come.split_off(self.read);
        self.come.truncate(self.read);
        rest
    }
}

/// Tells how far it is, now and then.
struct Told<'a> {
    tell: &'a Callback<Action>,
    proven: Option<Proven>,
    /// What was told before: the verifier counts anew once all stages are there, much faster then.
    most: usize,
    /// When the browser last had time for others.
    breath: f64,
    /// When it was told last.
    told: f64,
}

impl Told<'_> {
    async fn progress(&mut self, (done, total): (usize, usize)) {
        self.most = self.most.max(done);
        let now = browser::milliseconds();
        if now - self.breath > BREATH {
            if now - self.told > TELLING {
                self.tell.emit(Action::Progress { done: self.most, total, proven: self.proven });
                self.told = now;
            }
            browser::breathe().await;
            self.breath = browser::milliseconds();
        }
    }
}

/// What others have seen, asked for while signatures are checked.
struct Others {
    /// With which witness of the trust root each is.
    witnesses: Vec<(usize, Asked)>,
    remembered: Option<(Seen, Option<Asked>)>,
    recalls: Option<Asked>,
}

impl Others {
    fn ask(run: &Run<'_>) -> Self {
        let mut others = Self { witnesses: Vec::new(), remembered: None, recalls: None };
        let (Some(ours), Some(policy)) = (run.checkpoint(), &run.roots().newest().payload().log) else { return others };
        let addresses = policy.witnesses.iter().enumerate();
        let addresses = addresses.filter_map(|(at, witness)| Some((at, newest_at(witness, policy.origin.as_str())?)));
        others.witnesses = addresses.take(ASKED).map(|(at, url)| (at, browser::begin(&url, PATIENCE))).collect();
        others.remembered = remembered().map(|seen| {
            let (old, new) = (seen.size.min(ours.size), seen.size.max(ours.size));
            let url = [&*api(), "/v1/log/consistency/", &old.to_string(), "/", &new.to_string()].concat();
            // Without it there is no verdict: it may take as long as anything.
            (seen, (old != new).then(|| browser::begin(&url, 0)))
        });
        others.recalls = Some(browser::begin(&(api() + "/v1/recalls"), PATIENCE));
        others
    }

    /// Holds the bundle against all of it; whether somebody has seen more.
    async fn hold(self, run: &mut Run<'_>) -> bool {
        let Some(ours) = run.checkpoint() else { return false };
        let mut newest = ours.size;
        for (at, asked) in self.witnesses {
            let note = asked.wait().await.filter(|answer| answer.status == 200);
            let note = note.and_then(|answer| String::from_utf8(answer.bytes).ok());
            let seen = note.and_then(|note| {
                let policy = run.roots().newest().payload().log.as_ref()?;
                seen_by(policy.witnesses.get(at)?, &note, run.roots())
            });
            // What is older than the bundle needs a proof to be of use; its cosigners have seen one.
            if let Some(seen) = seen.filter(|seen| seen.size >= ours.size) {
                run.hold_against(&seen, None);
                newest = newest.max(seen.size);
            }
        }
        if let Some((seen, asked)) = self.remembered {
            let proof = match asked {
                Some(asked) => asked.wait().await.filter(|answer| answer.status == 200).map(|answer| answer.bytes),
                None => None,
            };
            run.hold_against(&seen, proof.as_deref());
            newest = newest.max(seen.size);
        }
        let list = match self.recalls {
            Some(asked) => asked.wait().await.filter(|answer| answer.status == 200).map(|answer| answer.bytes),
            None => None,
        };
        let kept = browser::recall_bytes(RECALLS).and_then(|kept| run.list_recalls(kept));
        if let Some(list) = list
            && run.list_recalls(list.clone()).is_some_and(|issued| kept.is_none_or(|kept| kept <= issued))
        {
            browser::remember_bytes(RECALLS, &list);
        }
        newest > ours.size
    }
}

fn remembered() -> Option<Seen> {
    let text = browser::recall(SEEN)?;
    let (size, root) = text.split_once(' ')?;
    Some(Seen { size: size.parse().ok()?, root: root.parse::<RootHash>().ok()? })
}

/// Remembers a checkpoint, unless a newer one was seen.
fn remember(seen: &Seen) {
    if remembered().is_none_or(|before| before.size <= seen.size) {
        browser::remember(SEEN, &[&*seen.size.to_string(), " ", &seen.root.to_string()].concat());
    }
}

/// Has a language here; says whether it is.
pub async fn language(lang: Lang) -> bool {
    if messages::is_here(lang) {
        return true;
    }
    let text = browser::later(&lang.file()).await;
    text.is_some_and(|text| messages::learn(lang, text))
}

/// Has the names of communes here, which a report can do without for a moment.
pub async fn communes(tell: Callback<Action>) {
    if let Some(text) = browser::later(communes::FILE).await {
        communes::learn(text);
        tell.emit(Action::PlacesKnown);
    }
}
