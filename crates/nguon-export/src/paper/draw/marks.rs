//! Lines, grounds and symbols onto a page.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use nguon_label::Label;
use nguon_label::font::{Face, UNITS};

use super::super::error::Error;
use super::super::flow::{Mark, Role, What};
use super::super::line::Line;
use super::super::said::tag;
use super::super::sheet::Milli;
use super::super::style::Colour;
use crate::facts::Language;

/// Both weights.
pub(super) struct Fonts {
    regular: Font,
    bold: Font,
}

impl Fonts {
    pub fn read() -> Result<Self, Error> {
        Ok(Self { regular: font(Face::Regular)?, bold: font(Face::Bold)? })
    }
}

fn font(face: Face) -> Result<Font, Error> {
    Font::new(face.bytes().into(), 0).ok_or_else(|| Error::Pdf("the fonts of this program are damaged".into()))
}

/// In points.
#[allow(clippy::cast_precision_loss)] // a page's thousandths have 20 bits
pub(super) fn points(milli: Milli) -> f32 {
    milli as f32 / 1_000.0
}

/// A rectangle in points; none without an area.
pub(super) fn rect([x, y, width, height]: [Milli; 4]) -> Option<Rect> {
    Rect::from_xywh(points(x), points(y), points(width), points(height))
}

/// Draws a mark, and says by which names the tree knows it.
pub(super) fn draw(mark: &Mark, fonts: &Fonts, surface: &mut Surface<'_>) -> Vec<Identifier> {
    match &mark.what {
        What::Line { x, baseline, style, lang, line } => {
            paint(style.colour, surface);
            let at = (*x, *baseline);
            let font = match style.face {
                Face::Regular => &fonts.regular,
                Face::Bold => &fonts.bold,
            };
            write(line, at, (style.face, font, style.size), *lang, mark.role, surface)
        }
        What::Fill { x, y, width, height, colour } => {
            paint(*colour, surface);
            surface.start_tagged(artifact(ArtifactType::Layout));
            let mut path = PathBuilder::new();
            rect([*x, *y, *width, *height]).into_iter().for_each(|rect| path.push_rect(rect));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.end_tagged();
            Vec::new()
        }
        What::Symbol { x, y, side, label } => {
            paint([0, 0, 0], surface);
            let id = surface.start_tagged(ContentTag::Other);
            symbol(label, *x, *y, *side, surface);
            surface.end_tagged();
            vec![id]
        }
    }
}

fn paint([red, green, blue]: Colour, surface: &mut Surface<'_>) {
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }));
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

/// One shape, so that no viewer draws seams between its rows.
#[allow(clippy::cast_precision_loss)] // modules of a symbol
fn symbol(label: &Label, x: Milli, y: Milli, side: Milli, surface: &mut Surface<'_>) {
    let modules = label.modules();
    let module = points(side) / modules.max(1) as f32;
    let mut path = PathBuilder::new();
    for row in 0..modules {
        let mut column = 0;
        while column < modules {
            let run = (column..modules).take_while(|&column| label.is_dark(column, row)).fold(0, |run, _| run + 1);
            if run > 0 {
                let (left, top) = (points(x) + column as f32 * module, points(y) + row as f32 * module);
                let rect = Rect::from_xywh(left, top, run as f32 * module, module);
                rect.into_iter().for_each(|rect| path.push_rect(rect));
            }
            column += run.max(1);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// Writes a line: plain text under its language, a number in brackets as the character that it stands for.
fn write(
    line: &Line,
    (x, baseline): (Milli, Milli),
    (face, font, size): (Face, &Font, Milli),
    lang: Option<Language>,
    role: Role,
    surface: &mut Surface<'_>,
) -> Vec<Identifier> {
    let mut at = points(x);
    let mut ids = Vec::with_capacity(line.spans.len());
    for span in &line.spans {
        let actual = Some(span.actual.as_str()).filter(|actual| !actual.is_empty());
        let words = SpanTag::empty().with_lang(lang.map(tag)).with_actual_text(actual);
        let content = match role {
            Role::Content(_) => ContentTag::Span(words),
            Role::Again => artifact(ArtifactType::PaginationOther),
            Role::Layout => artifact(ArtifactType::Layout),
            Role::Head => artifact(ArtifactType::Header),
            Role::Foot => artifact(ArtifactType::Footer),
        };
        let id = surface.start_tagged(content);
        let glyphs = glyphs(&span.shown, face);
        surface.draw_glyphs(
            Point::from_xy(at, points(baseline)),
            &glyphs,
            font.clone(),
            &span.shown,
            points(size),
            false,
        );
        surface.end_tagged();
        ids.push(id);
        at += points(face.width(&span.shown)) * points(size);
    }
    ids
}

#[allow(clippy::cast_precision_loss)] // font units
fn glyphs(text: &str, face: Face) -> Vec<KrillaGlyph> {
    let glyph = |(at, character): (usize, char)| {
        let glyph = face.glyph(character)?;
        let (advance, range) = (glyph.advance as f32 / UNITS as f32, at..at + character.len_utf8());
        Some(KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, 0.0, 0.0, range, None))
    };
    text.char_indices().filter_map(glyph).collect()
}
