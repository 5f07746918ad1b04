//! Many drafts, signed one after the other and kept in one transaction: all of them or none.

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_draft::{Draft, Positions, Refused};
use nguon_farm_app::bench::{Bench, NotWritten, made};
use nguon_farm_app::browser::store::Change;
use nguon_farm_app::browser::{self, net};
use nguon_farm_app::sync::{self, Work};

/// How many drafts are signed before the page may draw and answer.
const AT_ONCE: usize = 25;

/// Where drafts come from, one after the other: later ones name chains that earlier ones began.
pub trait Source {
    /// The next draft; `began` is the chain that the one before began, if it began one.
    fn next(&mut self, began: Option<ChainId>) -> Option<Draft>;

    /// How many there are in all.
    fn count(&self) -> usize;

    /// What is to be kept together with them, once all are signed.
    fn besides(&self) -> Vec<Change>;
}

/// Signs and keeps everything; tells how many are signed. How many there were.
///
/// # Errors
/// Nothing was kept, and why.
pub async fn sign_all(bench: &Bench, source: &mut dyn Source, tell: &dyn Fn(usize)) -> Result<usize, NotWritten> {
    let _held = bench.hold().await;
    let (hand, key) = (bench.hand().ok_or(NotWritten::NoKey)?, bench.key()?);
    let mut work = (*bench.work().ok_or(NotWritten::Locked)?).clone();
    let (mut signed, mut began) = (0, None);
    while let Some(draft) = source.next(began) {
        let prepared = made(&draft, &work, &hand)?;
        began = prepared.begins();
        let group = bench.sign(prepared, &key).await?;
        work.outbox.add(group, &mut work.book)?;
        signed += 1;
        if signed % AT_ONCE == 0 {
            tell(signed);
            browser::breathe().await;
        }
    }
    // All of them or none: one that cannot be made is a reason to keep nothing.
    if signed != source.count() {
        return Err(NotWritten::Refused(Refused::Field("list".to_owned())));
    }
    // Nobody else changed it meanwhile: that is what the lock is held for.
    let all = move |now: &mut Work| {
        *now = work;
        ((), Vec::new())
    };
    bench.change(source.besides(), all).await?;
    tell(signed);
    bench.send();
    Ok(signed)
}

/// As many chains are asked for at a time.
const CHAINS: usize = 6;

/// Has what the server has more of these chains than is known here taken into the book. Whether all of them are at hand then;
/// without a network, those that were.
pub async fn have(bench: &Bench, chains: &[ChainId]) -> bool {
    let origin = browser::setting("api").unwrap_or_default();
    for some in chains.chunks(CHAINS) {
        let Some(work) = bench.work() else { return false };
        let known = |chain: &ChainId| work.book.stored(chain).map_or(0, |stored| stored.ids.len());
        let asked: Vec<_> = some
            .iter()
            .map(|chain| {
                let from = known(chain);
                (*chain, from, net::begin(&format!("{origin}/v1/chains/{chain}/records?from={from}")))
            })
            .collect();
        drop(work);
        let mut came = Vec::new();
        for (chain, from, coming) in asked {
            came.push((chain, from, coming.wait().await));
        }
        let _held = bench.hold().await;
        let take = |work: &mut Work| {
            let mut changed = Vec::new();
            for (chain, from, got) in came {
                let more = if got.status == 200 { sync::records_of(&got.bytes) } else { None };
                let Some(more) = more.filter(|more| !more.is_empty()) else { continue };
                let mut records = work.book.stored(&chain).map(|stored| stored.records.clone()).unwrap_or_default();
                // More may have been acknowledged since it was asked for.
                records.truncate(from);
                records.extend(more);
                if work.outbox.fetched(&chain, records, Positions::new(), &mut work.book).is_ok() {
                    changed.push(chain);
                }
            }
            ((), changed)
        };
        if bench.change(Vec::new(), take).await.is_err() {
            return false;
        }
    }
    bench.work().is_some_and(|work| chains.iter().all(|chain| work.book.chain(chain).is_some()))
}
