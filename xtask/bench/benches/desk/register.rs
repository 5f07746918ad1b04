//! `desk.push_5000` and `desk.households_5000`: enrolment of all, as the desk sends it, and the register as it asks for it.

use std::time::Instant;

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::ledger::Pen;
use serde_json::Value;
use xtask_bench::best::number;
use xtask_bench::figures::{Wanted, report};
use xtask_bench::root::{key, time};

use crate::HOUSEHOLDS;
use crate::served::{self, Got, Scribe, Served};

/// Records of a group, all or nothing.
const GROUP: usize = 200;
/// Groups of a request.
const REQUEST: usize = 20;
const ROUNDS: usize = 5;

pub fn measure(wanted: &Wanted) {
    let served = Served::start();
    let mut scribe = Scribe::new(served.trust.clone());
    let (coop, area) = served::coop(&mut scribe);
    served.register(&std::mem::take(&mut scribe.written));
    enrol(&mut scribe, coop, area);
    let records = std::mem::take(&mut scribe.written);
    let groups: Vec<&[Vec<u8>]> = records.chunks(GROUP).collect();
    let started = Instant::now();
    for (at, request) in (0_usize..).zip(groups.chunks(REQUEST)) {
        let last = (at + 1) * REQUEST >= groups.len();
        let body: Vec<u8> = request.iter().flat_map(|group| encode(group)).collect();
        let path = if last { "/v1/groups?wait=60" } else { "/v1/groups?wait=0" };
        check(&served.post(path, "application/cbor-seq", &body), request.len(), last);
    }
    if wanted.has("desk.push_5000") {
        eprintln!("desk: {} records", records.len());
        report("desk.push_5000", started.elapsed().as_secs_f64() * 1e3, "ms", None);
        report("desk.push_5000.rate", number(records.len()) / started.elapsed().as_secs_f64(), "records/s", None);
    }
    if wanted.has("desk.households_5000") {
        let path = format!("/v1/registrars/{coop}/households");
        let (mut best, mut bytes) = (f64::MAX, 0);
        for _ in 0..ROUNDS {
            let started = Instant::now();
            let got = served.get(&path);
            best = best.min(started.elapsed().as_secs_f64() * 1e3);
            bytes = got.body.len();
            let last = got.body.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty()).unwrap_or_default();
            let end: Value = serde_json::from_slice(last).expect("a last line");
            assert_eq!(end["end"]["households"].as_u64(), u64::try_from(HOUSEHOLDS).ok(), "{end}");
        }
        report("desk.households_5000", best, "ms", None);
        report("desk.households_5000.bytes", number(bytes), "bytes", None);
    }
}

/// Each household with a plot, its season and its share.
fn enrol(scribe: &mut Scribe, coop: ChainId, area: ChainId) {
    let by = key(3);
    let pen = Pen::new(coop, &by, time(served::now() - 35 * 86_400));
    let mut plots = Vec::new();
    for n in 0..HOUSEHOLDS {
        let household = scribe.begin(&pen, served::enrolled(Role::Farm, &format!("Hộ mẫu {n}"), None));
        plots.extend(served::plots(scribe, coop, area, household, 1));
    }
    served::allot(scribe, coop, area, &plots);
}

/// An array of byte strings (RFC 8949).
fn encode(group: &[Vec<u8>]) -> Vec<u8> {
    let head = |major: u8, length: usize| -> Vec<u8> {
        match length {
            0..=23 => vec![major << 5 | u8::try_from(length).unwrap_or_default()],
            24..=255 => vec![major << 5 | 24, u8::try_from(length).unwrap_or_default()],
            _ => {
                let length = u16::try_from(length).expect("a short record").to_be_bytes();
                vec![major << 5 | 25, length[0], length[1]]
            }
        }
    };
    let mut bytes = head(4, group.len());
    for record in group {
        bytes.extend(head(2, record.len()));
        bytes.extend(record);
    }
    bytes
}

fn check(got: &Got, groups: usize, published: bool) {
    let text = String::from_utf8_lossy(&got.body);
    assert_eq!(got.status, 200, "{text}");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line")).collect();
    let fine = lines.iter().filter(|line| matches!(line["status"].as_u64(), Some(200 | 202)));
    assert_eq!(fine.count(), groups, "{:?}", lines.iter().find(|line| line["problem"].is_object()));
    let logged =
        |line: &Value| line["results"].as_array().is_none_or(|all| all.iter().all(|one| one["receipt"].is_object()));
    assert!(!published || lines.iter().all(logged), "not all of it is in a published checkpoint");
}
