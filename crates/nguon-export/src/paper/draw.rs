//! Pages into a PDF, by krilla.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node as TagNode, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use nguon_label::Label;
use nguon_label::font::{Face, UNITS};

use crate::facts::{Language, When};

use super::attachment::{Attachment, Relation};
use super::error::Error;
use super::flow::{Entry, Laid, Mark, Role, What};
use super::line::Line;
use super::said::tag;
use super::sheet::Milli;
use super::style::Colour;
use super::tree::{Child, Kind, NodeId, Tree};
use super::{Langs, Paper};

pub(super) fn pdf(paper: &Paper, laid: Laid) -> Result<Vec<u8>, Error> {
    let fonts = Fonts { regular: font(Face::Regular)?, bold: font(Face::Bold)? };
    let settings = SerializeSettings { configuration: configuration()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata(paper));
    let mut tags = Vec::with_capacity(laid.pages.len());
    for marks in &laid.pages {
        let (width, height) = (points(laid.sheet.width), points(laid.sheet.height));
        let settings =
            PageSettings::from_wh(width, height).ok_or_else(|| Error::Pdf("a page without a size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.set_stroke(None);
        tags.push(marks.iter().map(|mark| draw(mark, &fonts, &mut surface)).collect::<Vec<_>>());
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(&laid.outline));
    document.set_tag_tree(tag_tree(&laid.tree, tags, paper.langs));
    for file in &paper.attached {
        let file = embedded(file, paper.langs, paper.created)?;
        let name = file.path.clone();
        document.embed_file(file).ok_or(Error::SameName(name))?;
    }
    document.finish().map_err(|error| Error::Pdf(format!("{error:?}")))
}

/// PDF/A-3a and PDF/UA-1 at once.
fn configuration() -> Result<Configuration, Error> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| Error::Pdf(format!("{error:?}")))
}

fn metadata(paper: &Paper) -> Metadata {
    Metadata::new()
        .title(paper.title.joined(paper.langs))
        .language(tag(paper.langs.first()).to_owned())
        .creator("Nguồn".to_owned())
        .creation_date(date(paper.created))
}

fn date(when: When) -> DateTime {
    let civil = when.civil();
    let minutes = when.offset.get();
    DateTime::new(civil.year().unsigned_abs())
        .month(civil.month().unsigned_abs())
        .day(civil.day().unsigned_abs())
        .hour(civil.hour().unsigned_abs())
        .minute(civil.minute().unsigned_abs())
        .second(civil.second().unsigned_abs())
        .utc_offset_hour(i8::try_from(minutes / 60).unwrap_or(0))
        .utc_offset_minute(u8::try_from(minutes.abs() % 60).unwrap_or(0))
}

fn embedded(file: &Attachment, langs: Langs, created: When) -> Result<EmbeddedFile, Error> {
    let media_type = MimeType::new(&file.media_type).ok_or_else(|| Error::MediaType(file.media_type.clone()))?;
    Ok(EmbeddedFile {
        path: file.name.clone(),
        mime_type: Some(media_type),
        description: Some(file.description.joined(langs)),
        association_kind: match file.relation {
            Relation::Source => AssociationKind::Source,
            Relation::Data => AssociationKind::Data,
        },
        data: file.bytes.clone().into(),
        modification_date: Some(date(created)),
        compress: Some(true),
        location: None,
    })
}

struct Fonts {
    regular: Font,
    bold: Font,
}

fn font(face: Face) -> Result<Font, Error> {
    Font::new(face.bytes().into(), 0).ok_or_else(|| Error::Pdf("the fonts of this program are damaged".into()))
}

#[allow(clippy::cast_precision_loss)] // a page's thousandths have 20 bits
fn points(milli: Milli) -> f32 {
    milli as f32 / 1_000.0
}

/// A rectangle in points; none without an area.
fn rect([x, y, width, height]: [Milli; 4]) -> Option<Rect> {
    Rect::from_xywh(points(x), points(y), points(width), points(height))
}

/// Draws a mark, and says by which names the tree knows it.
fn draw(mark: &Mark, fonts: &Fonts, surface: &mut Surface<'_>) -> Vec<Identifier> {
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
        let tag = match role {
            Role::Content(_) => ContentTag::Span(words),
            Role::Again => artifact(ArtifactType::PaginationOther),
            Role::Layout => artifact(ArtifactType::Layout),
            Role::Head => artifact(ArtifactType::Header),
            Role::Foot => artifact(ArtifactType::Footer),
        };
        let id = surface.start_tagged(tag);
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

fn outline(entries: &[Entry]) -> Outline {
    let node = |entry: &Entry| {
        let place = XyzDestination::new(entry.page, Point::from_xy(0.0, points(entry.y)));
        OutlineNode::new(entry.title.clone(), place).with_open(true)
    };
    let mut sections: Vec<OutlineNode> = Vec::new();
    for entry in entries {
        match sections.last_mut() {
            Some(section) if entry.part => section.push_child(node(entry)),
            _ => sections.push(node(entry)),
        }
    }
    let mut outline = Outline::new();
    sections.into_iter().for_each(|section| outline.push_child(section));
    outline
}

fn tag_tree(tree: &Tree, marks: Vec<Vec<Vec<Identifier>>>, langs: Langs) -> TagTree {
    let mut tags = TagTree::new().with_lang(Some(tag(langs.first()).to_owned()));
    for &root in tree.roots() {
        if let Some(group) = group(tree, root, &marks) {
            tags.push(group);
        }
    }
    tags
}

/// Nodes are as deep as a table's cell, no deeper.
fn group(tree: &Tree, id: NodeId, marks: &[Vec<Vec<Identifier>>]) -> Option<TagGroup> {
    let node = tree.node(id)?;
    let mut children: Vec<TagNode> = Vec::new();
    for child in &node.children {
        match *child {
            Child::Node(id) => children.extend(group(tree, id, marks).map(TagNode::from)),
            Child::Mark { page, mark } => {
                let ids = marks.get(page).and_then(|marks| marks.get(mark));
                children.extend(ids.into_iter().flatten().map(|&id| TagNode::from(id)));
            }
        }
    }
    let lang = node.lang.map(|lang| tag(lang).to_owned());
    Some(TagGroup::with_children(kind(&node.kind).with_lang(lang), children))
}

fn kind(kind: &Kind) -> TagKind {
    let span = |span: u32| NonZeroU32::new(span).filter(|span| span.get() > 1);
    match kind {
        Kind::Heading { level, title } => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::Group => Tag::Div.into(),
        Kind::Table { summary } => Tag::Table.with_summary(summary.clone()).into(),
        Kind::Head => Tag::THead.into(),
        Kind::Body => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::HeadCell { of_row, span: columns } => {
            let scope = if *of_row { TableHeaderScope::Row } else { TableHeaderScope::Column };
            Tag::TH(scope).with_col_span(span(*columns)).into()
        }
        Kind::Cell { span: columns } => Tag::TD.with_col_span(span(*columns)).into(),
        Kind::Figure { alt, page, area } => {
            let bbox = rect(*area).map(|rect| BBox::new(*page, rect));
            Tag::Figure(Some(alt.clone())).with_bbox(bbox).into()
        }
    }
}
