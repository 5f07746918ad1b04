//! What a recall will sign and reach, before it is signed.

use serde_json::{Value, json};

use super::ProductLot;
use super::plan::{Case, Fate, Limit};
use super::reach::Reached;
use crate::command::trace::{Drawing, node_line};
use crate::command::verify::recall_word;
use crate::moment;
use crate::quantity::kilograms_grouped;
use crate::session::Session;

/// For people.
pub fn tell(session: &Session, drawing: &Drawing, args: &ProductLot, cases: &[Case], reached: &[Reached]) -> String {
    let words = session.lang.words();
    let kilograms = |grams| kilograms_grouped(grams, session.lang);
    let mut text =
        format!("Plots that used lot {}: {}. Reason: {}\n\n", args.lot, cases.len(), recall_word(words, args.reason));
    for case in cases {
        let plot =
            drawing.node(&case.plot).map_or_else(|| drawing.name(&case.plot), |node| node_line(session, drawing, node));
        let applied: Vec<String> = case.applied.iter().map(|at| moment::day(*at, session.offset)).collect();
        let picked: u64 = case.picked.iter().map(|pick| pick.grams).sum();
        text.push_str(&format!(
            "  {plot}\n    applied {}; picked since: {} (batches: {})\n    {}\n",
            applied.join(", "),
            kilograms(picked),
            case.picked.len(),
            fate(drawing, case)
        ));
    }
    text.push_str("\nBatches that it reaches:\n");
    for one in reached {
        let batch =
            drawing.node(&one.batch).map_or_else(|| drawing.name(&one.batch), |node| node_line(session, drawing, node));
        let way = if one.steps == 1 { "from the plots".to_owned() } else { format!("{} steps on", one.steps) };
        text.push_str(&format!("  {} {way}: {batch}\n", kilograms(one.grams)));
    }
    if reached.is_empty() {
        text.push_str("  none yet\n");
    }
    text
}

fn fate(drawing: &Drawing, case: &Case) -> String {
    match &case.fate {
        Fate::Stands(sequence) => format!("a recall stands already: record {sequence}"),
        Fate::NotOurs => "not yours to recall: an authority must, or its custodian".into(),
        Fate::Sign { on_behalf_of } => {
            let for_whom =
                on_behalf_of.map(|household| format!(" for {}", drawing.actor(&household))).unwrap_or_default();
            match &case.limit {
                Limit::All => format!("to be signed{for_whom}: everything until released"),
                Limit::Harvests(batches) => format!(
                    "to be signed{for_whom}: what went to {} (what is picked later only with --all-until-released)",
                    batches.iter().map(|batch| drawing.name(batch)).collect::<Vec<_>>().join(", ")
                ),
            }
        }
    }
}

/// For machines.
pub fn view(drawing: &Drawing, args: &ProductLot, cases: &[Case], reached: &[Reached]) -> Value {
    let case = |case: &Case| {
        let fate = match &case.fate {
            Fate::Stands(sequence) => json!({ "stands": sequence }),
            Fate::NotOurs => json!("not_ours"),
            Fate::Sign { .. } => json!("sign"),
        };
        let harvests = if let Limit::Harvests(batches) = &case.limit { Some(batches) } else { None };
        json!({
            "plot": case.plot, "custodian": case.custodian, "applied": case.applied, "fate": fate, "harvests": harvests,
            "picked": case.picked.iter().map(|pick| json!({ "batch": pick.batch, "grams": pick.grams })).collect::<Vec<_>>(),
        })
    };
    let reached = reached.iter().map(|one| {
        let node = drawing.node(&one.batch);
        json!({
            "batch": one.batch, "steps": one.steps, "grams": one.grams, "owner": node.map(|node| node.owner),
            "label": node.and_then(|node| node.label.as_ref()), "remaining_g": node.and_then(|node| node.remaining_g),
        })
    });
    json!({
        "product_lot": args.lot, "reason": args.reason, "plots": cases.iter().map(case).collect::<Vec<_>>(),
        "reached": reached.collect::<Vec<_>>(), "outbox": [],
        "cut": drawing.end.is_some_and(|end| end.cut),
    })
}
