//! Labels for a lot: their links, their serials, and the order that the printer program takes.

use nguon_core::ids::ChainId;
use nguon_core::serial::SerialList;
use nguon_core::values::{Count, Label};
use nguon_draft::Draft;
use nguon_farm_app::tasks::amount;
use nguon_gs1::{DigitalLink, LabelCode, Serial, UriStem};

use super::{Fault, Field};

/// Characters of a serial: those that are not mistaken for one another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Labels of one run.
pub const MOST: u64 = 10_000;

/// The form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelForm {
    /// One of `nguon_label::FORMATS`
    pub paper: String,
    /// The printer's dots per inch
    pub dpi: u16,
    /// How many, as typed
    pub count: String,
    /// The first label of the sheet that is not used up, as typed
    pub start: String,
    /// Address of the page that labels lead to
    pub host: String,
    /// A line of one's own
    pub note: String,
    /// Whether each label gets a serial of its own
    pub serials: bool,
}

impl Default for LabelForm {
    fn default() -> Self {
        Self {
            paper: "a4-21-63.5x38.1".to_owned(),
            dpi: 600,
            count: String::new(),
            start: "1".to_owned(),
            host: String::new(),
            note: String::new(),
            serials: false,
        }
    }
}

/// What the printer program takes: `nguon_desk_print::Order`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    links: Vec<String>,
    paper: String,
    dpi: u16,
    start: u32,
    english: bool,
    product: String,
    growing_areas: Vec<String>,
    packed: Option<(u16, u8, u8)>,
    grams: Option<u64>,
    note: Option<String>,
}

impl Order {
    /// As JSON, which goes from one program to another.
    #[must_use]
    pub fn to_json(&self) -> String {
        let list = |all: &[String]| {
            let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
            format!("[{}]", all.join(","))
        };
        let or_null = |value: Option<String>| value.unwrap_or_else(|| "null".to_owned());
        let packed = self.packed.map(|(year, month, day)| format!("[{year},{month},{day}]"));
        let fields = [
            ("links", list(&self.links)),
            ("paper", quoted(&self.paper)),
            ("dpi", self.dpi.to_string()),
            ("start", self.start.to_string()),
            ("english", self.english.to_string()),
            ("product", quoted(&self.product)),
            ("growing_areas", list(&self.growing_areas)),
            ("packed", or_null(packed)),
            ("grams", or_null(self.grams.map(|grams| grams.to_string()))),
            ("note", or_null(self.note.as_deref().map(quoted))),
        ];
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    }
}

/// Text in JSON (RFC 8259, section 7).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\0'..='\x1f' => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// What is printed on every label of a lot beside its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What the produce is
    pub product: String,
    /// Codes of the growing areas it came from, at most two
    pub growing_areas: Vec<String>,
    /// Year, month and day it was packed
    pub packed: Option<(u16, u8, u8)>,
    /// Net grams of a box
    pub grams: Option<u64>,
}

impl LabelForm {
    /// How many labels.
    ///
    /// # Errors
    /// No number, or too many.
    pub fn labels(&self) -> Result<u64, (Field, Fault)> {
        let count =
            amount::whole(&self.count).ok().filter(|count| *count > 0).ok_or((Field::Labels, Fault::NotANumber))?;
        if count > MOST { Err((Field::Labels, Fault::TooMany(MOST))) } else { Ok(count) }
    }

    fn first(&self) -> Result<u32, (Field, Fault)> {
        let start = amount::whole(&self.start).ok().and_then(|start| u32::try_from(start).ok());
        start.filter(|start| *start > 0).ok_or((Field::Start, Fault::NotANumber))
    }
}

/// The order for these links; without any, for a test page of paper and printer.
///
/// # Errors
/// Which field, and what is wrong with it.
pub fn order(form: &LabelForm, links: Vec<String>, words: Words, english: bool) -> Result<Order, (Field, Fault)> {
    let note = Some(form.note.trim().to_owned()).filter(|note| !note.is_empty());
    let Words { product, growing_areas, packed, grams } = words;
    let (paper, dpi, start) = (form.paper.clone(), form.dpi, form.first()?);
    Ok(Order { links, paper, dpi, start, english, product, growing_areas, packed, grams, note })
}

/// The labels' links: all alike, or one a serial. Each carries the batch's commitment.
///
/// # Errors
/// The address is none that a label may lead to.
pub fn links(
    form: &LabelForm,
    label: &Label,
    batch: &ChainId,
    serials: &[Serial],
) -> Result<Vec<String>, (Field, Fault)> {
    let stem: UriStem = form.host.trim().parse().map_err(|_| (Field::Host, Fault::NotAnAddress))?;
    let code = LabelCode::new(*label.gtin.get(), label.lot.get().clone()).with_commitment(batch.commitment());
    if serials.is_empty() {
        let count = usize::try_from(form.labels()?).unwrap_or(usize::MAX);
        return Ok(vec![DigitalLink::new(stem, code).to_string(); count]);
    }
    let one = |serial: &Serial| DigitalLink::new(stem.clone(), code.clone().with_serial(serial.clone())).to_string();
    Ok(serials.iter().map(one).collect())
}

/// Serials, and what has to be signed and handed in for them.
#[derive(Clone, Debug)]
pub struct Serials {
    /// The serials themselves: printed, and kept for printing again
    pub serials: Vec<Serial>,
    /// Signs for them
    pub draft: Draft,
    /// Their hashes, for the server
    pub list: Vec<u8>,
}

/// As many serials, 80 random bits each; `None` if there are no random bytes or there are too many.
#[must_use]
pub fn serials(batch: &ChainId, count: u64, mut random: impl FnMut() -> Option<[u8; 16]>) -> Option<Serials> {
    let mut serials = Vec::new();
    for _ in 0..count {
        let bytes = random()?;
        let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map(char::from);
        let text: String = bytes.iter().filter_map(letter).collect();
        serials.push(text.parse::<Serial>().ok()?);
    }
    let list = SerialList::of(batch, &serials).ok()?;
    let count = Count::new(list.count()).ok()?;
    let draft = Draft::Labels { batch: *batch, count, root: list.root() };
    Some(Serials { serials, draft, list: list.to_bytes() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::LotForm;
    use super::*;

    const BATCH: ChainId = ChainId::from_bytes([7; 32]);

    fn label() -> Label {
        LotForm { gtin: "09521234543213".into(), lot: "VT-0612".into(), ..LotForm::default() }.label().unwrap()
    }

    fn form() -> LabelForm {
        LabelForm { count: "40".into(), host: "https://nguon.example".into(), ..LabelForm::default() }
    }

    #[test]
    fn every_label_leads_to_its_lot_and_is_bound_to_it() {
        let links = links(&form(), &label(), &BATCH, &[]).unwrap();
        assert_eq!(links.len(), 40);
        assert_eq!(links[0], "https://nguon.example/01/09521234543213/10/VT-0612#BwcHBwcHBwcHBwcHBwcHBw");
    }

    #[test]
    fn each_box_has_a_serial_of_its_own_that_is_signed_for() {
        let mut n = 0_u8;
        let random = || {
            n = n.wrapping_add(1);
            Some(std::array::from_fn(|at| n.wrapping_mul(37).wrapping_add(u8::try_from(at).unwrap())))
        };
        let found = serials(&BATCH, 30, random).unwrap();
        let links = links(&form(), &label(), &BATCH, &found.serials).unwrap();
        assert_eq!(links.iter().collect::<BTreeSet<_>>().len(), 30);
        assert!(links[0].contains("/21/"));
        assert_eq!(found.list.len(), 30 * 32);
        assert!(matches!(found.draft, Draft::Labels { count, .. } if count.get() == 30));
        assert!(serials(&BATCH, 1, || None).is_none(), "without random bytes there are no serials");
    }

    #[test]
    fn an_order_is_json_whatever_is_written_on_the_label() {
        let note = "\"Vải\" \\ \u{1}\tloại 1\nchín 100 %";
        let words = Words { product: note.into(), growing_areas: vec![note.into()], ..Words::default() };
        let form = LabelForm { note: format!("x{note}"), ..form() };
        let made = order(&form, vec!["a".into(), "b".into()], words, true).unwrap();
        let json: serde_json::Value = serde_json::from_str(&made.to_json()).unwrap();
        assert_eq!((&json["product"], &json["growing_areas"][0]), (&note.into(), &note.into()));
        assert_eq!(
            (&json["note"], &json["links"][1], &json["dpi"]),
            (&format!("x{note}").into(), &"b".into(), &600.into())
        );
        assert!(json["packed"].is_null() && json["grams"].is_null() && json["english"] == true);
        let packed = Order { packed: Some((2026, 6, 5)), grams: Some(2_500), ..made };
        let json: serde_json::Value = serde_json::from_str(&packed.to_json()).unwrap();
        assert_eq!((&json["packed"][2], &json["grams"]), (&5.into(), &2_500.into()));
    }

    #[test]
    fn an_order_says_what_is_wrong_with_it_by_field() {
        let with = |change: fn(&mut LabelForm)| {
            let mut form = form();
            change(&mut form);
            links(&form, &label(), &BATCH, &[])
                .and_then(|links| order(&form, links, Words::default(), false))
                .unwrap_err()
        };
        assert_eq!(with(|form| form.host = "nguon".into()), (Field::Host, Fault::NotAnAddress));
        assert_eq!(with(|form| form.count = "0".into()), (Field::Labels, Fault::NotANumber));
        assert_eq!(with(|form| form.count = "10001".into()), (Field::Labels, Fault::TooMany(MOST)));
        assert_eq!(with(|form| form.start = "x".into()), (Field::Start, Fault::NotANumber));
    }
}
