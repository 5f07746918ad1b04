//! The symbol as SVG, for printing.

use std::fmt::Write;

use nguon_gs1::Ai;

use crate::label::Label;
use crate::resolution::Dpi;

/// Whether the code stands under the symbol for people to read and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Caption {
    /// The symbol alone.
    #[default]
    Hidden,
    /// GTIN, lot and serial under it, one a line, each after its identifier in brackets
    /// (GS1 General Specifications §4.14).
    Shown,
}

/// Lengths in hundredths of a module, so that the text under the symbol can be smaller than one.
pub(crate) const HUNDREDTHS: u32 = 100;

/// Text stays this far from the edge.
const MARGIN: u32 = HUNDREDTHS;

/// The width of a character, in hundredths of the font size: a monospaced font's, rounded up.
const ADVANCE: u32 = 62;

/// Text taller than this looks louder than the symbol.
const LARGEST_FONT: u32 = 4 * HUNDREDTHS;

impl Label {
    /// An SVG document, in millimetres, that a printer of this resolution draws with whole dots.
    ///
    /// One unit of its coordinates is one module, and all dark modules are one path, each run of
    /// them in a row one rectangle.
    pub fn to_svg(&self, dpi: Dpi, caption: Caption) -> String {
        let drawing = Drawing::of(self, caption);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" {}</svg>\n",
            millimetres(drawing.width, dpi),
            millimetres(drawing.height, dpi),
            drawing.rest,
        )
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for (x, y, run) in self.symbol().runs() {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
        }
        path
    }
}

/// A label's drawing but for its place and size on the paper.
pub(crate) struct Drawing {
    /// In hundredths of a module.
    pub width: u32,
    /// In hundredths of a module.
    pub height: u32,
    /// The element's last attributes, and what is in it.
    pub rest: String,
}

impl Drawing {
    pub fn of(label: &Label, caption: Caption) -> Self {
        let side = label.modules();
        let text = match caption {
            Caption::Hidden => Text::default(),
            Caption::Shown => Text::under(label),
        };
        let (width, height) = (side * HUNDREDTHS, side * HUNDREDTHS + text.height);
        let rest = format!(
            "viewBox=\"0 0 {side} {height}\" role=\"img\" aria-label=\"{link}\">\
             <rect width=\"{side}\" height=\"{height}\" fill=\"#fff\"/>\
             <path d=\"{path}\" fill=\"#000\" shape-rendering=\"crispEdges\"/>{text}",
            height = decimal(height),
            link = escape(&label.link().to_string()),
            path = label.path(),
            text = text.svg,
        );
        Self { width, height, rest }
    }
}

/// Lines of text under the symbol, and the height they take.
#[derive(Default)]
struct Text {
    svg: String,
    height: u32,
}

impl Text {
    fn under(label: &Label) -> Self {
        let lines = caption_lines(label);
        let longest = lines.iter().map(String::len).max().and_then(|n| u32::try_from(n).ok());
        let width = label.modules() * HUNDREDTHS - 2 * MARGIN;
        let font = (width * 100 / (ADVANCE * longest.unwrap_or(1))).min(LARGEST_FONT);
        let line_height = font * 5 / 4;
        let mut svg = format!("<g font-family=\"monospace\" font-size=\"{}\" text-anchor=\"middle\">", decimal(font));
        let x = decimal(label.modules() * HUNDREDTHS / 2);
        let mut baseline = label.modules() * HUNDREDTHS;
        for line in lines {
            baseline += line_height;
            // Writing to a String cannot fail.
            let _ = write!(svg, "<text x=\"{x}\" y=\"{}\">{}</text>", decimal(baseline - font / 4), escape(&line));
        }
        svg.push_str("</g>");
        // Whole modules, so that the drawing as a whole is whole dots too.
        let height = baseline + MARGIN - label.modules() * HUNDREDTHS;
        let height = height.next_multiple_of(HUNDREDTHS);
        Self { svg, height }
    }
}

/// GTIN, variant, lot and serial, each after its identifier in brackets.
pub(crate) fn caption_lines(label: &Label) -> Vec<String> {
    let code = label.link().code();
    let mut lines = vec![format!("{}{}", Ai::Gtin, code.gtin())];
    lines.extend(code.variant().map(|variant| format!("{}{variant}", Ai::Variant)));
    lines.push(format!("{}{}", Ai::Lot, code.lot()));
    lines.extend(code.serial().map(|serial| format!("{}{serial}", Ai::Serial)));
    lines
}

/// A length in modules.
fn decimal(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / HUNDREDTHS, hundredths % HUNDREDTHS);
    match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:02}"),
    }
}

/// A length in millimetres, rounded up to a tenth of a micrometre: never below the limit.
pub(crate) fn millimetres(hundredths: u32, dpi: Dpi) -> String {
    let dots = u64::from(hundredths) * u64::from(dpi.dots_per_module());
    let tenths_um = (dots * 254_000).div_ceil(u64::from(dpi.get()) * u64::from(HUNDREDTHS));
    let text = format!("{}.{:04}", tenths_um / 10_000, tenths_um % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text as XML content or attribute; a lot may hold all of these characters.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
