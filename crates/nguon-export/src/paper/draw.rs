//! Pages into a PDF, by krilla.

mod marks;
mod tags;

use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

use super::attachment::{Attachment, Relation};
use super::error::Error;
use super::flow::Laid;
use super::said::tag;
use super::{Langs, Paper};
use crate::facts::When;
use marks::{Fonts, draw, points};
use tags::{outline, tag_tree};

pub(super) fn pdf(paper: &Paper, laid: Laid) -> Result<Vec<u8>, Error> {
    let fonts = Fonts::read()?;
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
