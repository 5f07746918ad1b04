//! What a reader needs and nobody recorded, or nobody may show.

use nguon_core::ids::ChainId;
use nguon_core::verify::At;
use serde::Serialize;

use super::Language;

/// A field that a file should have and has not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Missing {
    /// What is missing, as the reader's standard calls it, with its section: `21 CFR 1.1330(b)(4): phone number`.
    pub element: String,
    /// The record that should have it; of a chain's first record, sequence 0.
    pub at: At,
    /// The field of that record (`packed/place`), as SPEC.md names it.
    pub field: String,
    /// Where to enter it.
    pub remedy: Remedy,
}

/// Where a missing field is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Remedy {
    /// By who signed it: a correction of that record, in the app ("Đính chính") or by `nguon correct`.
    Correct,
    /// At the desk of the co-op or registrar that enrolled the party, or by `nguon enrol`: enrolments are not corrected, a
    /// changed one begins anew.
    Enrol,
    /// Where the place was registered: `nguon place` or `nguon plot`.
    Register,
    /// A record that nobody has signed yet: by its custodian, in the app or by `nguon append`.
    Append,
    /// The field is recorded, but its opening is not in the bundle: ask for a bundle with it, or for leave to see it.
    Open,
    /// The field may be opened by this bundle, and was left out because nobody asked for it: `--personal`.
    Personal,
    /// These records have no such field; add it to the file by hand.
    ByHand,
}

impl Missing {
    /// A field that is missing at a record.
    #[must_use]
    pub fn new(element: impl Into<String>, at: At, field: impl Into<String>, remedy: Remedy) -> Self {
        Self { element: element.into(), at, field: field.into(), remedy }
    }

    /// A field that is missing in a chain's first record.
    #[must_use]
    pub fn of_first(element: impl Into<String>, chain: ChainId, field: impl Into<String>, remedy: Remedy) -> Self {
        Self::new(element, At { chain, sequence: 0 }, field, remedy)
    }

    /// In one line: what, of which record, and where to enter it.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        let chain: String = self.at.chain.to_string().chars().take(12).collect();
        let (at, remedy) = (self.at.sequence, self.remedy.words(language));
        match language {
            Language::Vi => format!("{}: thiếu {} ở bản ghi {chain}…/{at}. {remedy}", self.element, self.field),
            Language::En => format!("{}: {} is missing in record {chain}…/{at}. {remedy}", self.element, self.field),
        }
    }
}

/// Fields that are missing for one reason in several records, told together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGroup<'a> {
    /// The field.
    pub field: &'a str,
    /// Where to enter it.
    pub remedy: Remedy,
    /// What the standard calls it, each once.
    pub elements: Vec<&'a str>,
    /// The records, each once.
    pub records: Vec<At>,
}

impl<'a> MissingGroup<'a> {
    /// Groups what is missing by field and remedy, in the order it was found.
    #[must_use]
    pub fn of(missing: &'a [Missing]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for one in missing {
            let same = |group: &&mut Self| group.field == one.field && group.remedy == one.remedy;
            let Some(group) = groups.iter_mut().find(same) else {
                let (elements, records) = (vec![one.element.as_str()], vec![one.at]);
                groups.push(Self { field: &one.field, remedy: one.remedy, elements, records });
                continue;
            };
            if !group.elements.contains(&one.element.as_str()) {
                group.elements.push(&one.element);
            }
            if !group.records.contains(&one.at) {
                group.records.push(one.at);
            }
        }
        groups
    }

    /// In one line: which field, in which records, who asks for it, and where to enter it.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        const NAMED: usize = 4;
        let name = |at: &At| format!("{}…/{}", at.chain.to_string().chars().take(12).collect::<String>(), at.sequence);
        let mut records = self.records.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
        if self.records.len() > NAMED {
            records.push_str(", …");
        }
        let (field, count, remedy) = (self.field, self.records.len(), self.remedy.words(language));
        // The section is enough where many ask.
        let mut sections: Vec<&str> =
            self.elements.iter().map(|all| all.rsplit_once(": ").map_or(*all, |(cite, _)| cite)).collect();
        sections.dedup();
        let elements = sections.join("; ");
        match language {
            Language::Vi => format!("{field}, {count} bản ghi ({records}). {remedy} Cần cho: {elements}."),
            Language::En => format!("{field}, in {count} records ({records}). {remedy} Asked for by: {elements}."),
        }
    }
}

impl Remedy {
    /// What to do, in one sentence.
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::Vi, Self::Correct) => {
                "Bên đã ký bổ sung bằng Đính chính trong ứng dụng, hoặc lệnh nguon correct."
            }
            (Language::Vi, Self::Enrol) => "Hợp tác xã hoặc đơn vị đăng ký bổ sung khi ghi danh (nguon enrol).",
            (Language::Vi, Self::Register) => {
                "Đơn vị đăng ký bổ sung khi đăng ký mã số hoặc thửa (nguon place, nguon plot)."
            }
            (Language::Vi, Self::Append) => "Chủ lô hàng ghi thêm một bản ghi trong ứng dụng, hoặc lệnh nguon append.",
            (Language::Vi, Self::Open) => "Đã ghi nhưng gói hồ sơ này không mở: xin gói có mở, hoặc xin quyền xem.",
            (Language::Vi, Self::Personal) => "Là dữ liệu cá nhân nên để trống: thêm --personal nếu được phép.",
            (Language::Vi, Self::ByHand) => "Hồ sơ không có trường này: điền tay vào tệp.",
            (Language::En, Self::Correct) => {
                "Its signer adds it by a correction (Đính chính) in the app, or by nguon correct."
            }
            (Language::En, Self::Enrol) => "The co-op or registrar enters it when it enrols the party (nguon enrol).",
            (Language::En, Self::Register) => {
                "The registrar enters it when it registers the place (nguon place, nguon plot)."
            }
            (Language::En, Self::Append) => "The custodian records it in the app, or by nguon append.",
            (Language::En, Self::Open) => "It is recorded, but this bundle does not open it: ask for one that does.",
            (Language::En, Self::Personal) => "Personal data, left out: add --personal if you are allowed to have it.",
            (Language::En, Self::ByHand) => "These records have no such field: fill it in by hand.",
        }
    }
}
