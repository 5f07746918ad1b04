//! Pages as PDF, with the letters that are on them embedded.

use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect as Area, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::font::{Face, UNITS};
use super::geometry::Rect;
use super::page::{Mark, Page, TextMark};
use crate::error::Error;
use crate::length::Length;

/// A PDF of these pages, in their order. It embeds a subset of the font and says which character each letter is, so that text
/// is found and copied; print it at 100 %. The same pages give the same bytes.
pub fn to_pdf(pages: &[Page], title: &str) -> Result<Vec<u8>, Error> {
    let fonts = Fonts { regular: font(Face::Regular)?, bold: font(Face::Bold)? };
    let settings = SerializeSettings { enable_tagging: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let lang = pages.first().map(|page| page.lang).unwrap_or_default();
    let metadata = Metadata::new().title(title.to_owned()).language(lang.tag().to_owned()).creator("Nguồn".to_owned());
    document.set_metadata(metadata);
    for page in pages {
        let (width, height) = page.size();
        let settings = PageSettings::from_wh(points(width), points(height))
            .ok_or_else(|| Error::Pdf(format!("a page of {width} × {height}")))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        draw(page, &fonts, &mut surface);
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|error| Error::Pdf(format!("{error:?}")))
}

struct Fonts {
    regular: Font,
    bold: Font,
}

fn font(face: Face) -> Result<Font, Error> {
    Font::new(face.bytes().into(), 0).ok_or_else(|| Error::Pdf("the fonts of this program are damaged".into()))
}

/// 1/72 inch.
#[allow(clippy::cast_precision_loss)] // a page's micrometres have 24 bits
fn points(length: Length) -> f32 {
    length.um() as f32 * 72.0 / 25_400.0
}

/// In dots: they become points by one transformation.
fn draw(page: &Page, fonts: &Fonts, surface: &mut Surface<'_>) {
    let dot = 72.0 / f32::from(page.dpi.get());
    surface.push_transform(&Transform::from_scale(dot, dot));
    surface.set_stroke(None);
    surface.set_fill(Some(Fill {
        paint: luma::Color::black().into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }));
    for mark in &page.marks {
        match mark {
            // One shape, so that no viewer draws seams between its rows.
            Mark::Symbol(symbol) => fill(symbol.areas(), surface),
            Mark::Area(area) => fill(std::iter::once(*area), surface),
            Mark::Text(text) => write(text, text.em(page.dpi), fonts, surface),
        }
    }
    surface.pop();
}

#[allow(clippy::cast_precision_loss)] // dots of a page
fn fill(areas: impl Iterator<Item = Rect>, surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    for area in areas {
        let rect = Area::from_xywh(area.x as f32, area.y as f32, area.width as f32, area.height as f32);
        rect.into_iter().for_each(|rect| path.push_rect(rect));
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

#[allow(clippy::cast_precision_loss)] // dots of a page, and font units
fn write(mark: &TextMark, em: f32, fonts: &Fonts, surface: &mut Surface<'_>) {
    let font = match mark.face {
        Face::Regular => &fonts.regular,
        Face::Bold => &fonts.bold,
    };
    let glyphs: Vec<KrillaGlyph> = mark
        .text
        .char_indices()
        .filter_map(|(at, character)| {
            let glyph = mark.face.glyph(character)?;
            let (advance, range) = (glyph.advance as f32 / UNITS as f32, at..at + character.len_utf8());
            Some(KrillaGlyph::new(GlyphId::new(glyph.id), advance, 0.0, 0.0, 0.0, range, None))
        })
        .collect();
    let start = Point::from_xy(mark.x, mark.baseline as f32);
    surface.draw_glyphs(start, &glyphs, font.clone(), &mark.text, em, false);
}
