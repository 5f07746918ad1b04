//! Asks the server, and believes its proofs only.

use nguon_core::event::LabelsIssued;
use nguon_core::ids::{ChainId, RootHash};
use nguon_core::serial::scans::{Day, ScanCounts};
use nguon_core::serial::{Answer, Why, check};
use nguon_core::values::{Count, Time};
use nguon_gs1::Serial;
use nguon_verify_app::browser as page;
use nguon_verify_app::model::Labels;

use crate::browser;

/// What is known of a serial number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Being asked
    Asking,
    /// Issued; with the server's counts, if it gave any
    Issued(Option<ScanCounts>),
    /// Not among the labels issued
    NeverIssued,
    /// Neither is shown
    NotProven(Why),
    /// Nothing came
    NotReachable,
}

/// Asks for the proof and judges it, then for the counts of a serial that was issued.
pub async fn ask(labels: Labels, serial: String) -> Found {
    let Some((batch, issued)) = committed(&labels) else { return Found::NotProven(Why::Broken) };
    let Ok(parsed) = serial.parse::<Serial>() else { return Found::NotProven(Why::Broken) };
    let api = page::setting("api").unwrap_or_default();
    let of = [&batch.to_string(), "/", &page::encode(parsed.as_str())].concat();
    let Some(proof) = page::get(&[&api, "/v1/serials/", &of].concat()).await.filter(|answer| answer.status == 200)
    else {
        return Found::NotReachable;
    };
    match check(&batch, &issued, &parsed, &proof.bytes) {
        Answer::Issued => Found::Issued(counts(&[&api, "/v1/scans/", &of].concat(), &of).await),
        Answer::NeverIssued => Found::NeverIssued,
        Answer::NotProven(why) => Found::NotProven(why),
    }
}

/// The core's words for what the page found in the lot's records.
fn committed(labels: &Labels) -> Option<(ChainId, Vec<LabelsIssued>)> {
    let bytes = |bytes: &[u8]| <[u8; 32]>::try_from(bytes).ok();
    let lists = labels.lists.iter().map(|(count, root)| {
        Some(LabelsIssued { count: Count::new(*count).ok()?, root: RootHash::from_bytes(bytes(&root.0)?) })
    });
    Some((ChainId::from_bytes(bytes(&labels.batch.0)?), lists.collect::<Option<_>>()?))
}

/// Counts this scan, once a day, and says what was counted.
async fn counts(url: &str, of: &str) -> Option<ScanCounts> {
    let memory = ["scanned:", of].concat();
    let today = Day::of(Time::new(page::now()).ok()?).to_string();
    let answer = if is_new_today(page::recall(&memory).as_deref(), &today) {
        let answer = browser::post(url).await;
        if answer.is_some() {
            page::remember(&memory, &today);
        }
        answer?
    } else {
        page::get(url).await.filter(|answer| answer.status == 200)?.bytes
    };
    ScanCounts::from_bytes(&answer).ok()
}

/// Whether a scan is another one: a page opened again on the same day is not.
#[must_use]
pub fn is_new_today(remembered: Option<&str>, today: &str) -> bool {
    remembered != Some(today)
}

#[cfg(test)]
mod tests {
    use nguon_core::serial::SerialList;
    use nguon_verify_app::codec::Bytes;

    use super::*;

    #[test]
    fn what_the_page_tells_of_the_labels_is_what_a_proof_is_held_against() {
        let batch = ChainId::from_bytes([7; 32]);
        let serials = ["2H7QK4M9XWD3T8VC".parse().unwrap(), "B5N1ZR6YFJ0GPE2S".parse().unwrap()];
        let list = SerialList::of(&batch, &serials).unwrap().labels().unwrap();
        let root = Bytes(list.root.as_bytes().to_vec());
        let labels = Labels { batch: Bytes(batch.as_bytes().to_vec()), lists: vec![(list.count.get(), root)] };
        assert_eq!(committed(&labels), Some((batch, vec![list])));
        assert_eq!(committed(&Labels { batch: Bytes(vec![7; 31]), lists: vec![] }), None);
    }

    #[test]
    fn a_page_opened_twice_a_day_is_one_scan() {
        assert!(is_new_today(None, "2026-06-14") && is_new_today(Some("2026-06-13"), "2026-06-14"));
        assert!(!is_new_today(Some("2026-06-14"), "2026-06-14"));
    }
}
