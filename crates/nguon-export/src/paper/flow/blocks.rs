//! Blocks that are no tables.

use nguon_label::Label;

use super::super::block::Inner;
use super::super::error::Error;
use super::super::line::lines;
use super::super::said::Said;
use super::super::sheet::{GUTTER, Milli, mm};
use super::super::style::{BODY, EDGE, PART, SECTION, SMALL, Style, Tone};
use super::super::tree::{Kind, NodeId};
use super::{Entry, Flow, Role, Set, What};

/// The widest paragraph that is read without losing the line.
const WIDEST: Milli = mm(140);
/// How wide and high a QR symbol is with its quiet zone: modules of more than half a millimetre.
const SYMBOL: Milli = mm(34);

impl Flow<'_> {
    pub(super) fn block(&mut self, block: &Inner) -> Result<(), Error> {
        match block {
            Inner::Heading { part, words } => self.heading(*part, words),
            Inner::Paragraph { small, words } => {
                self.paragraph(words, if *small { SMALL } else { BODY });
                self.y += mm(2);
            }
            Inner::Notice { tone, title, body } => self.notice(*tone, title, body),
            Inner::Pairs(pairs) => self.pairs(pairs),
            Inner::Table(table) => self.table(&table.aligned())?,
            Inner::Symbol { label, alt, beside } => self.symbol(label, alt, beside),
            Inner::Signatures(names) => self.signatures(names),
            Inner::NextPage if self.at_top() => {}
            Inner::NextPage => self.next_page(),
        }
        Ok(())
    }

    /// Where the columns of the languages begin, and how wide they are.
    fn columns(&self, said: &Said, left: Milli, measure: Milli) -> (Vec<Milli>, Milli) {
        match said.shown(self.paper.langs).len() {
            2 => {
                let width = (measure - GUTTER) / 2;
                (vec![left, left + width + GUTTER], width)
            }
            _ => (vec![left], measure.min(WIDEST)),
        }
    }

    /// The lines of each language, and where they begin.
    fn set(&self, said: &Said, style: Style, left: Milli, measure: Milli) -> Vec<(Milli, Vec<Set>)> {
        let (columns, width) = self.columns(said, left, measure);
        let shown = said.shown(self.paper.langs);
        let columns = columns.into_iter().zip(shown).enumerate().map(|(at, (x, (lang, text)))| {
            let style = if at == 0 { style } else { style.second() };
            (x, lines(text, style, width).into_iter().map(|line| Set { line, style, lang }).collect())
        });
        columns.collect()
    }

    /// Lines side by side, down the page and on to the next.
    fn run(&mut self, columns: Vec<(Milli, Vec<Set>)>, nodes: &[NodeId]) {
        let rows = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        let lead = columns.iter().flat_map(|(_, lines)| lines.first()).map(|set| set.style.lead()).max().unwrap_or(0);
        // Neither a first nor a last line alone.
        let together = Milli::try_from(if rows <= 4 { rows } else { 2 }).unwrap_or(2);
        self.need(together * lead);
        let mut columns: Vec<_> = columns.into_iter().map(|(x, lines)| (x, lines.into_iter())).collect();
        for row in 0..rows {
            self.need(if row + 2 == rows { 2 * lead } else { lead });
            for ((x, lines), node) in columns.iter_mut().zip(nodes) {
                if let Some(set) = lines.next() {
                    self.line(*x, self.y, set, Role::Content(*node));
                }
            }
            self.y += lead;
        }
    }

    pub(super) fn paragraph(&mut self, words: &Said, style: Style) {
        let columns = self.set(words, style, self.laid.sheet.left, self.laid.sheet.measure);
        let nodes = self.paragraph_nodes(None, words);
        self.run(columns, &nodes);
    }

    fn paragraph_nodes(&mut self, parent: Option<NodeId>, words: &Said) -> Vec<NodeId> {
        let shown = words.shown(self.paper.langs);
        shown.into_iter().map(|(lang, _)| self.laid.tree.add(parent, Kind::Paragraph, lang)).collect()
    }

    fn heading(&mut self, part: bool, words: &Said) {
        let style = if part { PART } else { SECTION };
        let columns = self.set(words, style, self.laid.sheet.left, self.laid.sheet.measure);
        let rows = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        self.gap(if part { mm(3) } else { mm(6) });
        // With a table's header and first row, or some lines of a paragraph.
        self.need(Milli::try_from(rows).unwrap_or(1) * style.lead() + mm(22));
        let title = words.joined(self.paper.langs);
        self.laid.outline.push(Entry { part, title: title.clone(), page: self.page(), y: self.y });
        let level = if part { 3 } else { 2 };
        let node = self.laid.tree.add(None, Kind::Heading { level, title }, None);
        let nodes = vec![node; columns.len()];
        self.run(columns, &nodes);
        self.y += mm(1);
    }

    fn notice(&mut self, tone: Tone, title: &Said, body: &[Said]) {
        let (inset, bar) = (mm(5), mm(1));
        let (left, measure) = (self.laid.sheet.left + inset, self.laid.sheet.measure - 2 * inset);
        let mut head = self.set(title, PART, left, measure);
        head.iter_mut().flat_map(|(_, lines)| lines).for_each(|set| set.style.colour = tone.ink());
        let body: Vec<_> = body.iter().map(|said| (said, self.set(said, BODY, left, measure))).collect();
        let high = |columns: &[(Milli, Vec<Set>)]| {
            let column = |(_, lines): &(Milli, Vec<Set>)| lines.iter().map(|set| set.style.lead()).sum::<Milli>();
            columns.iter().map(column).max().unwrap_or(0)
        };
        let text = high(&head) + body.iter().map(|(_, columns)| high(columns) + mm(1)).sum::<Milli>();
        let height = text + 2 * mm(4);
        self.gap(mm(2));
        self.need(height);
        // One longer than a page has its ground only where it begins; its words go on.
        let ground = height.min(self.room());
        self.fill([self.laid.sheet.left, self.y, self.laid.sheet.measure, ground], tone.ground());
        self.fill([self.laid.sheet.left, self.y, bar, ground], tone.ink());
        self.y += mm(4);
        let group = self.laid.tree.add(None, Kind::Group, None);
        let nodes = self.paragraph_nodes(Some(group), title);
        self.run(head, &nodes);
        for (said, columns) in body {
            self.y += mm(1);
            let nodes = self.paragraph_nodes(Some(group), said);
            self.run(columns, &nodes);
        }
        self.y += mm(4) + mm(3);
    }

    fn symbol(&mut self, label: &Label, alt: &Said, beside: &[Said]) {
        self.gap(mm(2));
        self.need(SYMBOL);
        let (page, top, x) = (self.page(), self.y, self.laid.sheet.left);
        let alt = alt.joined(self.paper.langs);
        let area = [x, top, SYMBOL, SYMBOL];
        let node = self.laid.tree.add(None, Kind::Figure { alt, page, area }, None);
        let what = What::Symbol { x, y: top, side: SYMBOL, label: Box::new(label.clone()) };
        self.put(page, what, Role::Content(node));
        let (left, measure) = (x + SYMBOL + mm(4), self.laid.sheet.measure - SYMBOL - mm(4));
        self.y += mm(3);
        for said in beside {
            let columns = self.set(said, BODY, left, measure);
            let nodes = self.paragraph_nodes(None, said);
            self.run(columns, &nodes);
            self.y += mm(2);
        }
        if self.page() == page {
            self.y = self.y.max(top + SYMBOL + mm(2));
        }
    }

    fn signatures(&mut self, names: &[Said]) {
        let count = Milli::try_from(names.len()).unwrap_or(1).max(1);
        let (gap, height) = (mm(6), mm(36));
        let width = (self.laid.sheet.measure.saturating_sub(gap * (count - 1))) / count;
        self.gap(mm(6));
        self.need(height);
        let top = self.y;
        for (at, name) in (0..).zip(names) {
            let x = self.laid.sheet.left + at * (width + gap);
            self.fill([x, top, width, 600], EDGE);
            let mut y = top + mm(1);
            for (second, (lang, text)) in name.shown(self.paper.langs).into_iter().enumerate() {
                let node = self.laid.tree.add(None, Kind::Paragraph, lang);
                let style = if second == 0 { BODY.bold() } else { BODY.second() };
                for line in lines(text, style, width) {
                    self.line(x, y, Set { line, style, lang }, Role::Content(node));
                    y += style.lead();
                }
            }
        }
        self.y = top + height;
    }
}
