//! Many labels on pages, for office printers and a pair of scissors.

use std::fmt::Write as _;

use crate::label::Label;
use crate::resolution::Dpi;
use crate::svg::{Caption, Drawing, HUNDREDTHS, millimetres};

/// A4 (ISO 216), in micrometres.
const PAGE_UM: (u32, u32) = (210_000, 297_000);
/// No office printer reaches the edge.
const EDGE_UM: u32 = 10_000;
/// Where the scissors go.
const GAP_UM: u32 = 3_000;

const INCH_UM: u32 = 25_400;

/// SVG documents of the size of A4 with the labels side by side, in their order, all modules of whole dots and on the
/// printer's grid. Print them at 100 %.
///
/// ```
/// use nguon_label::{Caption, Dpi, Label, sheets};
///
/// let link = |n: u32| format!("https://nguon.example/01/09521234543213/10/VT-0612/21/{n:016}#AAECAwQFBgcICQoLDA0ODw");
/// let mut labels = Vec::new();
/// for n in 0..100 {
///     labels.push(Label::new(link(n).parse()?)?);
/// }
/// let pages = sheets(&labels, Dpi::D600, Caption::Shown);
/// assert_eq!(pages.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn sheets(labels: &[Label], dpi: Dpi, caption: Caption) -> Vec<String> {
    let drawings: Vec<Drawing> = labels.iter().map(|label| Drawing::of(label, caption)).collect();
    let side = |of: fn(&Drawing) -> u32| drawings.iter().map(of).max().unwrap_or(HUNDREDTHS).div_ceil(HUNDREDTHS);
    let grid = Grid::new((side(|drawing| drawing.width), side(|drawing| drawing.height)), dpi);
    drawings.chunks(grid.columns * grid.rows).map(|page| grid.page(page, dpi)).collect()
}

/// Where labels stand on a page, in modules of the printer, so that every one of them begins on a whole dot.
struct Grid {
    columns: usize,
    rows: usize,
    edge: u32,
    step: (u32, u32),
}

impl Grid {
    fn new((width, height): (u32, u32), dpi: Dpi) -> Self {
        let module = |um: u32| um * u32::from(dpi.get()) / (INCH_UM * dpi.dots_per_module());
        let gap = module(GAP_UM) + 1;
        let (edge, step) = (module(EDGE_UM) + 1, (width + gap, height + gap));
        let fit = |page: u32, step: u32| {
            // The last one needs no gap behind it. A label larger than a page gets one of its own.
            let room = (module(page) + gap).saturating_sub(2 * edge);
            usize::try_from(room / step).unwrap_or(1).max(1)
        };
        Self { columns: fit(PAGE_UM.0, step.0), rows: fit(PAGE_UM.1, step.1), edge, step }
    }

    fn page(&self, drawings: &[Drawing], dpi: Dpi) -> String {
        let (width, height) = (PAGE_UM.0 / 1_000, PAGE_UM.1 / 1_000);
        let mut page = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
             viewBox=\"0 0 {width} {height}\">\n"
        );
        for (at, drawing) in drawings.iter().enumerate() {
            let place = |n: usize, step: u32| {
                let n = u32::try_from(n).unwrap_or(u32::MAX);
                millimetres((self.edge + n * step) * HUNDREDTHS, dpi)
            };
            // Writing to a String cannot fail.
            let _ = writeln!(
                page,
                "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}</svg>",
                place(at % self.columns, self.step.0),
                place(at / self.columns, self.step.1),
                millimetres(drawing.width, dpi),
                millimetres(drawing.height, dpi),
                drawing.rest,
            );
        }
        page.push_str("</svg>\n");
        page
    }
}
