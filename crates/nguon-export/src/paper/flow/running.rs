//! What stands on every page: the band at its head, the words and number at its foot.

use crate::facts::Language;

use super::super::line::{Line, lines};
use super::super::sheet::{Milli, mm};
use super::super::style::{LINE, SMALL, Style};
use super::{Flow, Role, Set, What};

const BAND_TOP: Milli = mm(7);
const WHITE: [u8; 3] = [0xFF; 3];

impl Flow<'_> {
    /// Draws the band, if there is one, and says where the content begins.
    pub(super) fn band(&mut self) -> Milli {
        let sheet = self.laid.sheet;
        let Some((tone, words)) = &self.paper.band else { return sheet.top };
        let style = SMALL.bold().coloured(WHITE);
        let inset = mm(3);
        let set: Vec<Set> = words
            .shown(self.paper.langs)
            .into_iter()
            .flat_map(|(lang, text)| {
                let cut = cut(lines(text, style, sheet.measure - 2 * inset), 2);
                cut.into_iter().map(move |line| Set { line, style, lang })
            })
            .collect();
        let height = set.iter().map(|set| set.style.lead()).sum::<Milli>() + mm(2);
        self.fill([sheet.left, BAND_TOP, sheet.measure, height], tone.ink());
        let mut top = BAND_TOP + mm(1);
        for set in set {
            let lead = set.style.lead();
            self.line(sheet.left + inset, top, set, Role::Head);
            top += lead;
        }
        sheet.top.max(BAND_TOP + height + mm(5))
    }

    /// The foot of a page, counted from 0, of so many.
    pub(super) fn foot(&mut self, page: usize, of: usize) {
        let sheet = self.laid.sheet;
        let what = What::Fill { x: sheet.left, y: sheet.foot, width: sheet.measure, height: 400, colour: LINE };
        self.put(page, what, Role::Layout);
        let top = sheet.foot + mm(2);
        let number = mm(24);
        let langs = self.paper.langs;
        let room = (sheet.measure - number) / langs.count();
        for (at, (lang, text)) in (0..).zip(self.paper.foot.shown(langs)) {
            let set = cut(lines(text, SMALL, room - mm(5)), 3);
            self.foot_lines(page, sheet.left + at * room, top, set, SMALL, lang);
        }
        let number = super::super::Said::new(format!("Trang {}/{of}", page + 1), format!("Page {}/{of}", page + 1));
        let mut top = top;
        for (lang, text) in number.shown(langs) {
            let line = lines(text, SMALL, sheet.measure);
            let width = line.first().map_or(0, |line| line.width);
            self.foot_lines(page, sheet.left + sheet.measure - width, top, line, SMALL, lang);
            top += SMALL.lead();
        }
    }

    fn foot_lines(
        &mut self,
        page: usize,
        x: Milli,
        mut top: Milli,
        set: Vec<Line>,
        style: Style,
        lang: Option<Language>,
    ) {
        for line in set {
            self.numbers |= line.has_numbers();
            self.put(page, What::Line { x, baseline: top + style.rise(), style, lang, line }, Role::Foot);
            top += style.lead();
        }
    }
}

/// At most so many lines; what is left out is marked.
fn cut(mut lines: Vec<Line>, most: usize) -> Vec<Line> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(span) = lines.last_mut().and_then(|line| line.spans.last_mut()) {
            span.shown = format!("{}…", span.shown.trim_end());
        }
    }
    lines
}
