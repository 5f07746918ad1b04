//! The desk's printer: an order for labels in, a PDF out. A program of its own, fetched on the first "In tem", since the fonts and
//! the PDF writer are larger than the desk itself.
//!
//! All that is laid out and checked is [`nguon_label`]'s; here an order is read from JSON and handed on. Left out: making the
//! links, which are the desk's, and SVG and PNG, which `nguon label` has.
//!
//! ```
//! use nguon_desk_print::{Order, Printed, print};
//!
//! let order = Order {
//!     links: vec!["https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw".into()],
//!     product: "Vải thiều Lục Ngạn".into(),
//!     ..Order::on("a4-21-63.5x38.1", 600)
//! };
//! let Printed { pdf, pages } = print(&order)?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! assert_eq!(pages, 1);
//! # Ok::<(), nguon_desk_print::Error>(())
//! ```

use nguon_label::{
    Date, DateKind, Dpi, Label, LabelText, Lang, Paper, PlaceKind, PrintLabel, PrintRun, test_page, to_pdf,
};
use serde::{Deserialize, Serialize};

/// Why nothing is printed: the label's own words where it is the label's fault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A label, a paper or a run that is refused
    #[error("{0}")]
    Label(#[from] nguon_label::Error),
    /// A link that is none: the number of the label
    #[error("label {0}: not a GS1 Digital Link")]
    Link(usize),
    /// A day that is none
    #[error("not a day")]
    Day,
    /// No order at all
    #[error("not an order: {0}")]
    Order(#[from] serde_json::Error),
}

impl Error {
    /// For whoever stands at the printer.
    #[must_use]
    pub fn in_vietnamese(&self) -> String {
        match self {
            Self::Label(error) => error.in_vietnamese(),
            Self::Link(number) => {
                format!("Tem thứ {number}: địa chỉ trên tem không đúng. Hãy kiểm tra mã GTIN, số lô và địa chỉ trang.")
            }
            Self::Day => "Ngày ghi không đúng. Hãy chọn lại ngày.".to_owned(),
            Self::Order(_) => "Trang này cũ hơn phần in tem. Hãy tải lại trang.".to_owned(),
        }
    }
}

/// What is to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Order {
    /// A label's link each, in their order; none for a test page
    pub links: Vec<String>,
    /// One of `nguon_label::FORMATS`
    pub paper: String,
    /// The printer's dots per inch
    pub dpi: u16,
    /// The first label of the first page that is not used up, from 1
    pub start: u32,
    /// Moves all to the right and down, micrometres
    pub shift_um: (i32, i32),
    /// Captions in English
    pub english: bool,
    /// What the produce is
    pub product: String,
    /// Mã số vùng trồng, at most two with the next
    pub growing_areas: Vec<String>,
    /// Mã số cơ sở đóng gói
    pub packing_house: Option<String>,
    /// Year, month, day
    pub packed: Option<(u16, u8, u8)>,
    /// Net grams of a box
    pub grams: Option<u64>,
    /// A line of one's own
    pub note: Option<String>,
}

impl Order {
    /// An empty order on a paper.
    #[must_use]
    pub fn on(paper: &str, dpi: u16) -> Self {
        Self { paper: paper.to_owned(), dpi, start: 1, ..Self::default() }
    }

    /// Reads one.
    ///
    /// # Errors
    /// It is none.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(json)?)
    }
}

/// A PDF, and of how many pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its bytes
    pub pdf: Vec<u8>,
    /// How many pages
    pub pages: usize,
}

/// Lays out and writes the PDF; without links, a test page for paper and printer.
///
/// # Errors
/// A label that cannot be read once printed, words that do not fit or cannot be printed, paper that there is not.
pub fn print(order: &Order) -> Result<Printed, Error> {
    let (paper, dpi) = (Paper::named(&order.paper)?, Dpi::new(order.dpi)?);
    let lang = if order.english { Lang::En } else { Lang::Vi };
    if order.links.is_empty() {
        let pdf = to_pdf(&[test_page(paper, dpi, lang)?], "Nguồn")?;
        return Ok(Printed { pdf, pages: 1 });
    }
    let text = text(order, lang)?;
    let label = |(at, link): (usize, &String)| {
        let link = link.parse().map_err(|_| Error::Link(at + 1))?;
        Ok(PrintLabel::new(Label::new(link)?, text.clone())?)
    };
    let labels = order.links.iter().enumerate().map(label).collect::<Result<Vec<_>, Error>>()?;
    let run = PrintRun::on(paper, dpi).starting_at(order.start)?.shifted(order.shift_um.0, order.shift_um.1);
    let pages = run.lay_out(&labels)?;
    Ok(Printed { pdf: to_pdf(&pages, &order.product)?, pages: pages.len() })
}

fn text(order: &Order, lang: Lang) -> Result<LabelText, Error> {
    let mut text = LabelText::new(&order.product)?.in_language(lang);
    for code in &order.growing_areas {
        text = text.with_place(PlaceKind::GrowingArea, code)?;
    }
    if let Some(code) = &order.packing_house {
        text = text.with_place(PlaceKind::PackingHouse, code)?;
    }
    if let Some((year, month, day)) = order.packed {
        text = text.with_date(DateKind::Packed, Date::new(year, month, day).map_err(|_| Error::Day)?)?;
    }
    if let Some(grams) = order.grams {
        text = text.with_weight(grams)?;
    }
    if let Some(note) = &order.note {
        text = text.with_note(note)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw";

    fn order(labels: usize) -> Order {
        Order {
            links: vec![LINK.to_owned(); labels],
            product: "Vải thiều Lục Ngạn".to_owned(),
            ..Order::on("a4-21-63.5x38.1", 600)
        }
    }

    #[test]
    fn a_sheet_that_was_begun_is_used_up_first() {
        assert_eq!(print(&order(21)).unwrap().pages, 1);
        let begun = Order { start: 4, ..order(21) };
        assert_eq!(print(&begun).unwrap().pages, 2);
    }

    #[test]
    fn a_test_page_needs_no_label() {
        assert_eq!(print(&order(0)).unwrap().pages, 1);
    }

    #[test]
    fn what_is_wrong_is_said_in_vietnamese_with_its_place() {
        let bad = Order { links: vec![LINK.to_owned(), "https://nguon.example/".to_owned()], ..order(0) };
        assert!(print(&bad).unwrap_err().in_vietnamese().starts_with("Tem thứ 2"));
        let long = Order { note: Some("x".repeat(900)), ..order(1) };
        assert!(!print(&long).unwrap_err().in_vietnamese().is_empty());
        assert!(matches!(Order::from_json("{\"paper\":1}"), Err(Error::Order(_))));
    }

    #[test]
    fn an_order_crosses_into_the_program_whole() {
        let order = Order {
            growing_areas: vec!["VN-BGOR-0127".into()],
            packed: Some((2026, 6, 12)),
            grams: Some(5_000),
            ..order(2)
        };
        assert_eq!(Order::from_json(&serde_json::to_string(&order).unwrap()).unwrap(), order);
        assert_eq!(print(&order).unwrap().pages, 1);
    }
}
