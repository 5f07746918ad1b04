//! What somebody handed over, as a collector's or receiver's computer gets it: a file, frames of text, pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, Cursor};
use std::path::Path;

use nguon_core::envelope::SignedRecord;
use nguon_core::event::{Event, Input};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::record::Record;
use nguon_core::values::Grams;
use nguon_draft::Parcel;
use nguon_draft::handover::{CodeError, Gather, Gathered};
use nguon_scan::{Luma, read_picture};

use super::outbox;
use crate::book::Book;
use crate::error::Error;
use crate::files;
use crate::home::{Entry, Number};
use crate::report::remark;
use crate::session::Session;

/// What a PNG file begins with.
const PNG: &[u8] = b"\x89PNG";
/// A picture has no more pixels: a screen has a tenth.
const MOST_PIXELS: usize = 100_000_000;
const AGAIN: &str = "have it handed over again: nguon hand-over … --out FILE, --qr, or the giver's phone";

/// All of these together: files that `nguon hand-over --out` or `nguon outbox export` wrote, frames as text (one a line; `-`
/// reads them from standard input, as a hand scanner types them), PNG pictures of the giver's screen.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Parcel, Error> {
    let (mut parcel, mut gather, mut seen) = (Parcel::default(), Gather::default(), false);
    for path in paths.iter().map(AsRef::as_ref) {
        let wrong = |why: &dyn std::fmt::Display| Error::caller(format_args!("{}: {why}", path.display())).next(AGAIN);
        if path == Path::new("-") {
            seen = true;
            from_input(&mut gather, &mut parcel)?;
            continue;
        }
        let bytes = files::read(path)?.ok_or_else(|| wrong(&"it is not there"))?;
        if bytes.trim_ascii_start().starts_with(b"{") {
            let entry: Entry = serde_json::from_slice(&bytes).map_err(|error| wrong(&error))?;
            parcel.records.extend(entry.records);
            parcel.openings.extend(entry.openings);
            continue;
        }
        seen = true;
        let texts = if bytes.starts_with(PNG) {
            symbols(&bytes).map_err(|error| wrong(&error))?
        } else {
            let text = String::from_utf8(bytes).map_err(|_| wrong(&"it is neither text nor a PNG picture"))?;
            text.lines().map(str::to_owned).collect()
        };
        let mut frames = 0;
        for text in texts.iter().filter(|text| !text.trim().is_empty()) {
            // A picture may show other symbols as well.
            frames += usize::from(take(&mut gather, text, &mut parcel).map_err(|error| wrong(&error))?);
        }
        if frames == 0 {
            return Err(wrong(&"no frame of a hand-over is in it"));
        }
    }
    if seen && gather.missing() > 0 {
        return Err(Error::caller(missing(&gather)).next("give those as well").code("not_whole"));
    }
    Ok(parcel)
}

/// Lines of standard input, until the parcel is whole.
fn from_input(gather: &mut Gather, parcel: &mut Parcel) -> Result<(), Error> {
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(Error::system)?;
        if line.trim().is_empty() {
            continue;
        }
        let before = parcel.records.len();
        match take(gather, &line, parcel) {
            Ok(true) if parcel.records.len() > before => return Ok(()),
            Ok(true) => remark(missing(gather)),
            Ok(false) => remark(format_args!("Note: {}; scan it again.", CodeError::Other)),
            Err(error) => remark(format_args!("Note: {error}; scan it again.")),
        }
    }
    Ok(())
}

/// Takes up a frame; whether it was one.
fn take(gather: &mut Gather, text: &str, parcel: &mut Parcel) -> Result<bool, String> {
    match gather.take(text) {
        Ok(Gathered::Whole(whole)) => {
            parcel.records.extend(whole.records);
            parcel.openings.extend(whole.openings);
        }
        Ok(Gathered::Broken) => return Err("together these frames are not what was shown; begin again".into()),
        Ok(Gathered::Another) => return Err("this frame is of another hand-over than the others".into()),
        Ok(_) => {}
        Err(CodeError::Other) => return Ok(false),
        Err(error) => return Err(error.to_string()),
    }
    Ok(true)
}

fn missing(gather: &Gather) -> String {
    let wanted: Vec<String> = gather.wanted().iter().map(ToString::to_string).collect();
    match gather.all() {
        0 => "no frame of a hand-over was given".to_owned(),
        all => format!("frames {} of {all} are still missing", wanted.join(", ")),
    }
}

/// The texts of all symbols in a PNG picture.
fn symbols(bytes: &[u8]) -> Result<Vec<String>, String> {
    let text = |error: png::DecodingError| error.to_string();
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(text)?;
    let size = reader.output_buffer_size().filter(|size| *size <= 4 * MOST_PIXELS);
    let mut pixels = vec![0; size.ok_or("the picture is too large")?];
    let frame = reader.next_frame(&mut pixels).map_err(text)?;
    let samples = frame.color_type.samples();
    // Of colours the green is nearest to brightness; grey has one channel.
    let channel = usize::from(samples >= 3);
    let luma: Vec<u8> = pixels.chunks_exact(samples).filter_map(|pixel| pixel.get(channel)).copied().collect();
    let (width, height) = (usize::try_from(frame.width), usize::try_from(frame.height));
    let (Ok(width), Ok(height)) = (width, height) else { return Err("the picture is too large".into()) };
    let frame = Luma::new(width, height, luma.get(..width * height).unwrap_or_default());
    let frame = frame.map_err(|error| error.to_string())?;
    Ok(read_picture(frame, || true).iter().filter_map(|symbol| symbol.text().map(str::to_owned)).collect())
}

/// An entry of the outbox with all that has to be sent before it: earlier entries on its chains, and on chains that it names.
pub fn entry(session: &Session, number: Number) -> Result<Entry, Error> {
    let trust = session.home.trust()?;
    let (mut wanted, mut parts): (BTreeSet<ChainId>, Vec<Entry>) = Default::default();
    for (earlier, entry) in session.home.outbox().entries()?.into_iter().rev().filter(|(one, _)| *one <= number) {
        let statements = outbox::statements(&entry, earlier, &trust)?;
        if earlier < number && (entry.accepted || !statements.iter().any(|one| wanted.contains(&one.chain()))) {
            continue;
        }
        wanted.extend(statements.iter().flat_map(|one| [vec![one.chain()], one.record.references()].concat()));
        parts.push(entry);
    }
    let mut whole = Entry::default();
    for part in parts.into_iter().rev() {
        whole.records.extend(part.records);
        whole.openings.extend(part.openings);
    }
    Ok(whole)
}

/// The same as rows of QR codes: their texts.
pub fn frames(session: &Session, number: Number) -> Result<Vec<String>, Error> {
    let Entry { records, openings, .. } = entry(session, number)?;
    nguon_draft::handover::frames(&Parcel { records, openings })
        .map_err(|error| Error::caller(error).next("write it to a file instead: --out FILE"))
}

/// What is there for a batch once a parcel's records have been taken up, and has not been taken in: from which plots and
/// batches, how much.
pub fn open_draws(parcel: &Parcel, batch: &ChainId, book: &Book) -> Result<Vec<Input>, Error> {
    let unreadable =
        |error: &dyn std::fmt::Display| Error::caller(format_args!("what was handed over: {error}")).next(AGAIN);
    let taken_in = book.chain(batch);
    let mut sources: BTreeMap<ChainId, i64> = BTreeMap::new();
    for bytes in &parcel.records {
        let signed = SignedRecord::from_bytes(bytes.0.clone()).map_err(|error| unreadable(&error))?;
        let record = Record::from_payload(signed.payload()).map_err(|error| unreadable(&error))?;
        let (to, grams) = match record.event {
            Event::HarvestDrawn(event) => (event.to, event.grams),
            Event::Drawn(event) => (event.to, event.grams),
            _ => continue,
        };
        let Some(from) = record.chain.filter(|_| to == *batch) else { continue };
        let known = book.chain(&from);
        let open = sources.entry(from).or_insert_with(|| {
            let drawn = known.as_ref().map_or(0, |known| known.drawn_for(batch, |_| true));
            let taken = taken_in.as_ref().and_then(|batch| Some(batch.batch()?.inputs.with(&from, |_| true)));
            drawn - taken.unwrap_or(0)
        });
        if known.is_none_or(|known| record.sequence > known.sequence) {
            *open += i64::from(grams);
        }
    }
    let inputs = sources.into_iter().filter_map(|(from, open)| {
        let grams = u64::try_from(open).ok().and_then(|open| Grams::new(open).ok())?;
        Some(Input { from, grams })
    });
    let inputs: Vec<Input> = inputs.collect();
    if inputs.is_empty() {
        return Err(Error::caller("nothing of what was handed over goes into this batch")
            .next("show the giver this batch's code, and have it handed over again"));
    }
    Ok(inputs)
}
