//! The first page: the verdict, as of when, and what it means.

use nguon_core::verify::{Outcome, OutcomeKind};

use super::{Maker, words};
use crate::facts::{Language, When};
use crate::paper::{Block, Said, Tone};
use crate::words as say;

/// How a verdict looks.
pub(crate) const fn tone(outcome: OutcomeKind) -> Tone {
    match outcome {
        OutcomeKind::Valid => Tone::Good,
        OutcomeKind::Stale | OutcomeKind::Unlogged | OutcomeKind::Suspect => Tone::Care,
        OutcomeKind::Recalled
        | OutcomeKind::Invalid
        | OutcomeKind::Forked
        | OutcomeKind::UntrustedKey
        | OutcomeKind::OverAllocated => Tone::Alert,
        OutcomeKind::Incomplete | OutcomeKind::NeedsNewerApp => Tone::Plain,
    }
}

impl Maker<'_, '_> {
    pub(super) fn verdict(&mut self) {
        let stamp = self.facts.stamp();
        let mut body = Vec::new();
        if let Outcome::Recalled { reason, .. } = self.facts.verdict().outcome {
            let reason = words(|language| say::recall(language, reason));
            body.push(Said::new("Lý do:", "Reason:").then(" ", &reason).then("", &Said::same(".")));
        }
        if let Some(at) = stamp.at {
            let chain: String = at.chain.to_string().chars().take(12).collect();
            let place = format!("{chain}…/{}", at.sequence);
            body.push(Said::new(format!("Theo bản ghi {place}."), format!("By record {place}.")));
        }
        let judged = Said::minute(When::vietnam(stamp.judged_at));
        let as_of = match stamp.as_of {
            Some(time) => Said::minute(When::vietnam(time)),
            None => Said::new(
                "không có sổ chung xác nhận hồ sơ có đầy đủ hay không",
                "no log confirms that nothing is missing",
            ),
        };
        let (signatures, parties) = (stamp.signatures as u64, stamp.parties as u64);
        let count = Said::new("Chữ ký đúng:", "Signatures that hold:")
            .then(" ", &Said::whole(signatures))
            .then(", ", &Said::new("của số bên:", "by parties:").then(" ", &Said::whole(parties)));
        body.push(Said::new("Đúng tính đến:", "True as of:").then(" ", &as_of).then("", &Said::same(".")));
        body.push(Said::new("Kiểm tra lúc:", "Checked at:").then(" ", &judged).then("", &Said::same(".")));
        body.push(count.then("", &Said::same(".")));
        let sentence = Said::with(|language| stamp.sentence(language));
        self.push(Block::notice(tone(stamp.outcome), sentence, body));
        self.push(Block::paragraph(checked(stamp.as_of.is_some())));
        if !stamp.holds() && stamp.outcome != OutcomeKind::Recalled {
            self.push(Block::paragraph(Said::new(
                "Vì kết luận trên, các trang sau chỉ trình bày điều hồ sơ ghi, không xác nhận điều đó đúng hoặc đủ.",
                "Because of this verdict, the pages that follow only show what the records say, and do not confirm that it is true or all.",
            )));
        }
        self.push(Block::paragraph(Said::new(
            "Ai nói điều gì: số cân, ngày hái, lần dùng thuốc là lời khai của bên ký; mã số, chứng nhận, kiểm tra, kết quả thử nghiệm do bên khác ghi và ký, tên bên đó đứng cạnh từng mục.",
            "Who says what: weights, harvest days and applications are what their signers claim; codes, certificates, inspections and laboratory results were recorded and signed by others, who are named beside each.",
        )));
        let notes: Vec<Said> = distinct(&stamp.findings).into_iter().map(note).collect();
        if !notes.is_empty() {
            self.push(Block::part(Said::new("Người kiểm tra cần biết", "Findings to know")));
            notes.into_iter().for_each(|note| self.push(Block::small(note)));
        }
    }
}

/// What the verifier looked at; without a log nobody can tell whether anything is missing.
fn checked(logged: bool) -> Said {
    if logged {
        return Said::new(
            "Đã kiểm tra: từng chữ ký và người ký; hồ sơ của từng bên có đủ, đúng thứ tự; số cân từ vườn đến hộp; thời gian cách ly của mọi lần dùng thuốc đã ghi; lệnh thu hồi. Chữ ký chứng minh ai đã ghi và không có gì bị sửa; không chứng minh được trong hộp này có đúng quả đó.",
            "Checked: every signature and its signer; that each party's records are all there, in their order; kilograms from orchard to box; the pre-harvest interval of every recorded application; recalls. Signatures prove who said it and that nothing was altered; not that this very box holds that fruit.",
        );
    }
    Said::new(
        "Đã kiểm tra: từng chữ ký và người ký; thứ tự hồ sơ của từng bên; số cân từ vườn đến hộp; thời gian cách ly của mọi lần dùng thuốc đã ghi. Chưa kiểm tra được: có bản ghi nào bị bỏ bớt, kể cả lệnh thu hồi. Chữ ký chứng minh ai đã ghi; không chứng minh được trong hộp này có đúng quả đó.",
        "Checked: every signature and its signer; the order of each party's records; kilograms from orchard to box; the pre-harvest interval of every recorded application. Not checked: whether records were left out, a recall among them. Signatures prove who said it; not that this very box holds that fruit.",
    )
}

/// Each code once, in the order of the findings; a recall is the verdict itself.
fn distinct<'c>(codes: &[&'c str]) -> Vec<&'c str> {
    let mut seen = Vec::new();
    for code in codes {
        if *code != "recalled" && !seen.contains(code) {
            seen.push(*code);
        }
    }
    seen
}

fn note(code: &str) -> Said {
    let said = |language| say::note(language, code).map_or_else(|| code.to_owned(), str::to_owned);
    let (vi, en) = (said(Language::Vi), said(Language::En));
    if vi == code { Said::same(format!("• {code}")) } else { Said::new(format!("• {vi}"), format!("• {en}")) }
}
