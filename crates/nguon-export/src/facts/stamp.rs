//! The verdict, as every file carries it.

use nguon_core::ids::ChainId;
use nguon_core::values::Time;
use nguon_core::verify::{At, Finding, Outcome, OutcomeKind};
use serde::Serialize;

use super::Source;

/// A language that files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// The verdict on the face of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The batch.
    pub batch: ChainId,
    /// The outcome.
    pub outcome: OutcomeKind,
    /// Unix seconds up to which completeness is proven; `None`: it is not.
    pub as_of: Option<Time>,
    /// Unix seconds at which it was judged, by the clock of who did.
    pub judged_at: Time,
    /// Signatures that hold.
    pub signatures: usize,
    /// Parties that made them.
    pub parties: usize,
    /// The record the outcome is about.
    pub at: Option<At>,
    /// The codes of all findings, worst first.
    pub findings: Vec<&'static str>,
}

impl Stamp {
    pub(super) fn of(source: &Source) -> Self {
        let verdict = source.verdict();
        let (signatures, parties) = source.history().signature_count();
        let at = match verdict.outcome {
            Outcome::Invalid { at, .. } | Outcome::UntrustedKey { at } => at,
            Outcome::OverAllocated { at } | Outcome::Suspect { at } => at,
            Outcome::Recalled { at, .. } => Some(at),
            _ => None,
        };
        let mut findings: Vec<&'static str> = verdict.findings.iter().map(Finding::code).collect();
        findings.dedup();
        Self {
            batch: source.history().batch(),
            outcome: verdict.outcome.kind(),
            as_of: verdict.as_of,
            judged_at: source.judged_at(),
            signatures,
            parties,
            at,
            findings,
        }
    }

    /// Whether all holds and nothing is missing.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.outcome == OutcomeKind::Valid
    }

    /// Whether what there is holds, though completeness or freshness is not proven.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.outcome >= OutcomeKind::Stale
    }

    /// The verdict in one sentence.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let (signatures, parties) = (self.signatures, self.parties);
        match language {
            Language::Vi => vi(self.outcome, signatures, parties),
            Language::En => en(self.outcome, signatures, parties),
        }
    }
}

fn vi(outcome: OutcomeKind, signatures: usize, parties: usize) -> String {
    let text = match outcome {
        OutcomeKind::Valid => {
            return format!(
                "Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi. Đã kiểm tra {signatures} chữ ký của {parties} bên."
            );
        }
        OutcomeKind::Unlogged => {
            "CHƯA XÁC MINH ĐẦY ĐỦ: chữ ký hợp lệ, nhưng chưa kiểm tra được hồ sơ có đầy đủ hay không."
        }
        OutcomeKind::Stale => "CHƯA CẬP NHẬT: hồ sơ đúng đến thời điểm ghi kèm, chưa có xác nhận mới hơn.",
        OutcomeKind::Recalled => "HÀNG BỊ THU HỒI: không sử dụng, không lưu thông lô hàng này.",
        OutcomeKind::Incomplete => "KHÔNG ĐƯỢC XÁC MINH: hồ sơ chưa đầy đủ, chưa thể kết luận.",
        OutcomeKind::Forked => "KHÔNG ĐƯỢC XÁC MINH: lô này có hai bộ hồ sơ mâu thuẫn.",
        OutcomeKind::Invalid => "KHÔNG ĐƯỢC XÁC MINH: hồ sơ không hợp lệ.",
        OutcomeKind::UntrustedKey => "KHÔNG ĐƯỢC XÁC MINH: không xác định được bên ký.",
        OutcomeKind::Suspect => "KHÔNG ĐƯỢC XÁC MINH: có bước ký bằng khóa đã bị báo mất hoặc lộ.",
        OutcomeKind::OverAllocated => "KHÔNG ĐƯỢC XÁC MINH: khối lượng không khớp, xuất ra nhiều hơn nhập vào.",
        OutcomeKind::NeedsNewerApp => "KHÔNG ĐƯỢC XÁC MINH: cần phần mềm mới hơn để đọc hồ sơ này.",
    };
    text.to_owned()
}

fn en(outcome: OutcomeKind, signatures: usize, parties: usize) -> String {
    let text = match outcome {
        OutcomeKind::Valid => {
            return format!(
                "The records of this lot are complete and unaltered: {signatures} signatures by {parties} parties hold."
            );
        }
        OutcomeKind::Unlogged => "NOT FULLY VERIFIED: signatures hold; completeness is not proven.",
        OutcomeKind::Stale => "NOT UP TO DATE: true as of the time given; nothing newer is confirmed.",
        OutcomeKind::Recalled => "RECALLED: do not use or ship this lot.",
        OutcomeKind::Incomplete => "NOT VERIFIED: records are missing; no conclusion.",
        OutcomeKind::Forked => "NOT VERIFIED: two histories of this lot contradict each other.",
        OutcomeKind::Invalid => "NOT VERIFIED: a record is not valid.",
        OutcomeKind::UntrustedKey => "NOT VERIFIED: it is not known who signed a record.",
        OutcomeKind::Suspect => "NOT VERIFIED: a record was signed by a key reported lost or exposed.",
        OutcomeKind::OverAllocated => "NOT VERIFIED: quantities do not add up; more left than came in.",
        OutcomeKind::NeedsNewerApp => "NOT VERIFIED: newer software is needed to read these records.",
    };
    text.to_owned()
}
