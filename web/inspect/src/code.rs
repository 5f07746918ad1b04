//! What an inspector pastes, types or scans: which thing it names, and where to ask for it.

use nguon_core::ids::ChainId;
use nguon_gs1::{LabelCode, Sscc, TypedCode};

use crate::messages::Messages;

/// What kind of thing a code is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Whatever it looks like: a label, a pallet, a chain id
    #[default]
    Any,
    /// The lot of a spray or fertilizer
    ProductLot,
    /// A delivery note: `kind/number`
    Shipment,
}

impl Kind {
    /// All, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Any, Self::ProductLot, Self::Shipment];

    /// The value in the form.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::ProductLot => "product-lot",
            Self::Shipment => "shipment",
        }
    }

    /// The kind of a value in the form.
    #[must_use]
    pub fn from_value(value: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.value() == value).unwrap_or_default()
    }

    /// Its name.
    #[must_use]
    pub const fn name(self, m: &Messages) -> &'static str {
        match self {
            Self::Any => m.kind_any,
            Self::ProductLot => m.kind_product_lot,
            Self::Shipment => m.kind_shipment,
        }
    }
}

/// Which way to walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// To sources and destinations
    #[default]
    Both,
    /// To where it came from
    Back,
    /// To where it went
    Forward,
}

impl Direction {
    /// All, in the order of the choice.
    pub const ALL: [Self; 3] = [Self::Both, Self::Back, Self::Forward];

    /// As addresses and forms say it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Back => "back",
            Self::Forward => "forward",
        }
    }

    /// The direction of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|direction| direction.word() == word).unwrap_or_default()
    }

    /// Its name.
    #[must_use]
    pub const fn name(self, m: &Messages) -> &'static str {
        match self {
            Self::Both => m.direction_both,
            Self::Back => m.direction_back,
            Self::Forward => m.direction_forward,
        }
    }
}

/// What a code names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A lot, by its label
    Label(Box<LabelCode>),
    /// A chain of whatever kind: the server knows which
    Chain(ChainId),
    /// A pallet
    Pallet(Sscc),
    /// The lot of a spray or fertilizer
    ProductLot(String),
    /// A delivery note
    Shipment {
        /// What kind of document
        kind: String,
        /// Its number
        number: String,
    },
}

/// Why a line names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing was typed
    Empty,
    /// The check digit of the GTIN or SSCC does not fit: a slip of the finger
    CheckDigit,
    /// A GTIN without a lot
    NoLot,
    /// A delivery note without kind or number
    NoNumber,
    /// Something that lots cannot be looked up by
    NotALot,
    /// Something else
    Unreadable,
}

impl CodeFault {
    /// What to tell the inspector.
    #[must_use]
    pub const fn sentence(self, m: &Messages) -> &'static str {
        match self {
            Self::Empty => m.code_empty,
            Self::CheckDigit => m.code_check_digit,
            Self::NoLot => m.code_no_lot,
            Self::NoNumber => m.code_no_number,
            Self::NotALot => m.code_not_a_lot,
            Self::Unreadable => m.code_unreadable,
        }
    }
}

impl Code {
    /// Reads what was typed, pasted or scanned.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str, kind: Kind) -> Result<Self, CodeFault> {
        let text = text.trim();
        match kind {
            _ if text.is_empty() => Err(CodeFault::Empty),
            Kind::ProductLot => Ok(Self::ProductLot(text.to_owned())),
            Kind::Shipment => match text.split_once('/').map(|(kind, number)| (kind.trim(), number.trim())) {
                Some((kind, number)) if !kind.is_empty() && !number.is_empty() => {
                    Ok(Self::Shipment { kind: kind.to_owned(), number: number.to_owned() })
                }
                _ => Err(CodeFault::NoNumber),
            },
            Kind::Any => read_any(text),
        }
    }

    /// Reads what names one lot: a label or the id of its chain.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_lot(text: &str) -> Result<Self, CodeFault> {
        match Self::read(text, Kind::Any)? {
            code @ (Self::Label(_) | Self::Chain(_)) => Ok(code),
            _ => Err(CodeFault::NotALot),
        }
    }

    /// Where its trace is asked for. A chain needs to be known as a place, batch or actor first.
    #[must_use]
    pub fn trace_path(&self, direction: Direction, chain: Option<ChainWord>) -> String {
        let way = direction.word();
        match self {
            Self::Label(code) => {
                let path = LabelCode::new(*code.gtin(), code.lot().clone()).to_path();
                let (gtin, lot) =
                    path.strip_prefix("/01/").and_then(|rest| rest.split_once("/10/")).unwrap_or_default();
                format!("/v1/trace/{way}/label/{gtin}/{lot}")
            }
            Self::Chain(id) => format!("/v1/trace/{way}/{}/{id}", chain.unwrap_or_default().word()),
            Self::Pallet(sscc) => format!("/v1/trace/{way}/pallet/{}", sscc.as_str()),
            // A spray has no sources that anybody recorded.
            Self::ProductLot(lot) => format!("/v1/trace/forward/product-lot/{}", percent(lot)),
            Self::Shipment { kind, number } => {
                format!("/v1/trace/{way}/shipment/{}/{}", percent(kind), percent(number))
            }
        }
    }

    /// Where its bundle is asked for, if it names one lot.
    #[must_use]
    pub fn bundle_path(&self) -> Option<String> {
        match self {
            Self::Label(code) => {
                Some(format!("/v1/bundles{}", LabelCode::new(*code.gtin(), code.lot().clone()).to_path()))
            }
            Self::Chain(id) => Some(format!("/v1/bundles/{id}")),
            _ => None,
        }
    }

    /// As people read it.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Label(code) => code.lot().to_string(),
            Self::Chain(id) => crate::format::short_id(id),
            Self::Pallet(sscc) => format!("(00){}", sscc.as_str()),
            Self::ProductLot(lot) => lot.clone(),
            Self::Shipment { kind, number } => format!("{kind} {number}"),
        }
    }
}

/// What a chain is about, as addresses say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainWord {
    /// A batch
    #[default]
    Batch,
    /// A place
    Place,
    /// An actor
    Actor,
}

impl ChainWord {
    /// As addresses and chain heads say it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Place => "place",
            Self::Actor => "actor",
        }
    }
}

fn read_any(text: &str) -> Result<Code, CodeFault> {
    if let Ok(chain) = text.to_ascii_lowercase().parse::<ChainId>() {
        return Ok(Code::Chain(chain));
    }
    if let Some(sscc) = sscc(text) {
        return sscc;
    }
    use nguon_gs1::Fault;
    match text.parse::<TypedCode>() {
        Ok(typed) => Ok(Code::Label(Box::new(typed.into_code()))),
        Err(error) => Err(match error.fault {
            Fault::CheckDigit { .. } => CodeFault::CheckDigit,
            Fault::NoLot => CodeFault::NoLot,
            _ => CodeFault::Unreadable,
        }),
    }
}

/// `(00)` and 18 digits, or a link with them: a pallet's label.
fn sscc(text: &str) -> Option<Result<Code, CodeFault>> {
    let after_link = text.rsplit_once("/00/").map(|(_, after)| after.split(['?', '#', '/']).next().unwrap_or_default());
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let bare = digits.strip_prefix("(00)").or_else(|| digits.strip_prefix("00").filter(|rest| rest.len() == 18));
    let bare = bare
        .or(Some(digits.as_str()).filter(|digits| digits.len() == 18 && digits.bytes().all(|b| b.is_ascii_digit())));
    let number = after_link.or(bare)?;
    Some(number.parse::<Sscc>().map(Code::Pallet).map_err(|error| match error.fault {
        nguon_gs1::Fault::CheckDigit { .. } => CodeFault::CheckDigit,
        _ => CodeFault::Unreadable,
    }))
}

/// Percent-encoding of one path segment (RFC 3986, unreserved characters stay).
#[must_use]
pub fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Code, CodeFault> {
        Code::read(text, Kind::Any)
    }

    #[test]
    fn every_way_of_writing_a_lot_leads_to_the_same_place() {
        for text in [
            "(01)09521234543213(10)VT-0605",
            " (01) 0952 1234 5432 13 (10) VT-0605 ",
            "https://elsewhere.example/01/09521234543213/10/VT-0605#paWlpaWlpaWlpaWlpaWlpQ",
            "/01/9521234543213/10/VT-0605/21/7",
        ] {
            let code = read(text).unwrap();
            assert_eq!(code.trace_path(Direction::Back, None), "/v1/trace/back/label/09521234543213/VT-0605", "{text}");
            assert_eq!(code.bundle_path().unwrap(), "/v1/bundles/01/09521234543213/10/VT-0605", "{text}");
        }
        let slashed = read("/01/9521234543213/10/A%2FB").unwrap();
        assert_eq!(slashed.trace_path(Direction::Both, None), "/v1/trace/both/label/09521234543213/A%2FB");
    }

    #[test]
    fn a_chain_is_known_by_its_id_in_either_case() {
        let id = "ab".repeat(32);
        let code = read(&id.to_uppercase()).unwrap();
        assert_eq!(code.trace_path(Direction::Both, Some(ChainWord::Place)), format!("/v1/trace/both/place/{id}"));
        assert_eq!(code.bundle_path().unwrap(), format!("/v1/bundles/{id}"));
    }

    #[test]
    fn pallets_are_read_with_and_without_their_identifier() {
        let sscc = Sscc::from_payload("09521234500000001").unwrap();
        for text in [format!("(00){}", sscc.as_str()), format!("00{}", sscc.as_str()), sscc.as_str().to_owned()] {
            let code = read(&text).unwrap();
            assert_eq!(
                code.trace_path(Direction::Forward, None),
                format!("/v1/trace/forward/pallet/{}", sscc.as_str())
            );
            assert_eq!(Code::read_lot(&text), Err(CodeFault::NotALot));
        }
        let mut wrong = sscc.as_str().to_owned();
        let last = wrong.pop().unwrap();
        wrong.push(if last == '0' { '1' } else { '0' });
        assert_eq!(read(&wrong), Err(CodeFault::CheckDigit));
    }

    #[test]
    fn a_product_lot_is_walked_forward_and_a_shipment_by_kind_and_number() {
        let lot = Code::read("Lô 7/A", Kind::ProductLot).unwrap();
        assert_eq!(lot.trace_path(Direction::Back, None), "/v1/trace/forward/product-lot/L%C3%B4%207%2FA");
        let note = Code::read("PXK / 12/2026", Kind::Shipment).unwrap();
        assert_eq!(note.trace_path(Direction::Both, None), "/v1/trace/both/shipment/PXK/12%2F2026");
        assert_eq!(Code::read("PXK", Kind::Shipment), Err(CodeFault::NoNumber));
    }

    #[test]
    fn slips_are_named() {
        assert_eq!(read("  "), Err(CodeFault::Empty));
        assert_eq!(read("(01)09521234543214(10)A"), Err(CodeFault::CheckDigit));
        assert_eq!(read("(01)09521234543213"), Err(CodeFault::NoLot));
        assert_eq!(read("vải thiều"), Err(CodeFault::Unreadable));
    }
}
