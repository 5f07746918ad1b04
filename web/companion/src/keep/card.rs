//! The picture of a verdict, for messengers. It tells what the page said and how to check; it proves nothing, and says so.

use js_sys::{Array, Object, Reflect, Uint8Array};
use nguon_verify_app::browser as page;
use nguon_verify_app::format;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Lot, Report, Stamp, Tone};
use wasm_bindgen::{JsCast as _, JsValue};

use super::symbol::Symbol;
use crate::installed::device::{self, Trouble};
use crate::messages;

/// What stands on the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    tone: &'static str,
    wash: &'static str,
    brand: &'static str,
    heading: &'static str,
    sentence: String,
    lines: Vec<String>,
    scan: &'static str,
    limit: String,
    symbol: Symbol,
}

/// The colours of daylight, whatever the page's are: shared/UI.md's, with their washes.
const fn colours(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Leaf => ("#2E6B3E", "#EDF3EA"),
        Tone::Amber => ("#8A5A00", "#F8F0DF"),
        Tone::Alert => ("#9B1C1C", "#FAEBE6"),
        Tone::Grey => ("#5C5650", "#F5F0E9"),
        Tone::Lychee => ("#A5243D", "#FAEDEA"),
    }
}

impl Card {
    /// Of a report; `None` if its link fits no symbol.
    #[must_use]
    pub fn of(lang: Lang, lot: &Lot, report: &Report, link: &str, now: Stamp) -> Option<Self> {
        let (m, words) = (lang.messages(), messages::of(lang));
        let (tone, wash) = colours(report.answer.tone());
        let time = |text, at| fill(text, &[("time", &format::moment(lang, at))]);
        let product = report.product.as_ref().and_then(|product| product.name.as_ref());
        let serial = lot.serial.as_ref().map(|serial| [" · ", m.label_serial(), " ", serial].concat());
        let code = [m.label_lot(), " ", &lot.lot, " · GTIN ", &lot.gtin, &serial.unwrap_or_default()].concat();
        let as_of = report.as_of.map(|at| time(if report.logged { m.as_of_logged() } else { m.as_of_unlogged() }, at));
        let lines = [product.map(|name| format::glossed(lang, name)), Some(code), as_of];
        Some(Self {
            tone,
            wash,
            brand: m.brand(),
            heading: report.answer.heading(m),
            sentence: report.answer.sentence(lang),
            lines: lines.into_iter().flatten().collect(),
            scan: words.keep_card_scan,
            limit: time(words.keep_card_limit, now),
            symbol: Symbol::of(link)?,
        })
    }

    /// As PNG.
    ///
    /// # Errors
    /// The browser draws no pictures.
    pub async fn draw(&self) -> Result<Vec<u8>, Trouble> {
        let lines: Array = self.lines.iter().map(JsValue::from).collect();
        let given = Object::new();
        for (name, value) in [
            ("tone", self.tone.into()),
            ("wash", self.wash.into()),
            ("ink", "#241A14".into()),
            ("quiet", "#5C5650".into()),
            ("brand", self.brand.into()),
            ("heading", self.heading.into()),
            ("sentence", self.sentence.as_str().into()),
            ("lines", lines.into()),
            ("scan", self.scan.into()),
            ("limit", self.limit.as_str().into()),
            ("symbol", self.symbol.path.as_str().into()),
            ("side", u32::try_from(self.symbol.side).unwrap_or_default().into()),
        ] {
            // A field of a new object can be set.
            let _ = Reflect::set(&given, &name.into(), &value);
        }
        let drawn = device::begin("card", &[given.into()]).await?;
        let bytes: Uint8Array = drawn.dyn_into().map_err(|_| Trouble::Lacking)?;
        Ok(bytes.to_vec())
    }
}

/// The moment that the picture is made.
#[must_use]
pub fn now() -> Stamp {
    Stamp::vietnam(i64::try_from(page::now()).unwrap_or(0))
}
