//! What is attached to a PDF comes back out of it, byte for byte, whoever saved the PDF again; and nothing else is taken for it.

mod poppler;

use lopdf::{Document, SaveOptions};
use nguon_core::values::Time;
use nguon_export::attached::{Error, MEDIA_TYPE, MOST_BUNDLE, NAME, bundle, is_pdf};
use nguon_export::facts::When;
use nguon_export::paper::{Attachment, Block, Langs, Paper, Relation, Said};
use poppler::Pdf;
use proptest::prelude::*;

fn file(name: &str, kind: &str, bytes: &[u8]) -> Attachment {
    Attachment::new(name, kind, Said::new("Gói hồ sơ", "The bundle"), Relation::Source, bytes.to_vec())
}

fn pdf(files: impl IntoIterator<Item = Attachment>) -> Vec<u8> {
    let made = When::vietnam(Time::new(1_781_226_000).unwrap());
    let mut paper = Paper::new(Said::new("Hồ sơ", "Dossier"), Langs::ViEn, made);
    paper.push(Block::paragraph(Said::new("Vải thiều", "Lychee")));
    files.into_iter().fold(paper, Paper::attach).to_pdf().unwrap()
}

/// As another program saves it: all but streams in compressed streams of objects.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    let mut saved = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut saved, options).unwrap();
    saved
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..5_000)) {
        let written = pdf([file(NAME, MEDIA_TYPE, &bytes)]);
        prop_assert!(is_pdf(&written));
        prop_assert_eq!(bundle(&written).unwrap(), bytes.clone());
        prop_assert_eq!(bundle(&packed(&written)).unwrap(), bytes);
    }

    /// A PDF that lost a part or got a foreign one is read or refused; nothing panics or hangs.
    #[test]
    fn a_damaged_file_is_read_or_refused(from in 0.0_f64..1.0, length in 0_usize..400, byte in any::<u8>()) {
        let mut damaged = packed(&pdf([file(NAME, MEDIA_TYPE, b"the bundle")]));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let at = (damaged.len() as f64 * from) as usize;
        let end = (at + length).min(damaged.len());
        damaged[at..end].fill(byte);
        let _ = bundle(&damaged);
        damaged.truncate(at);
        let _ = bundle(&damaged);
    }
}

#[test]
fn poppler_finds_it_too() {
    let written = Pdf::of(&pdf([file(NAME, MEDIA_TYPE, b"\x00the bundle\xFF")]));
    let list = written.attachments();
    assert!(list.starts_with("1 embedded files") && list.contains(NAME), "{list}");
    assert_eq!(written.detach(1), b"\x00the bundle\xFF");
}

#[test]
fn files_that_others_saved_again_are_read() {
    // Written here, then saved by pikepdf 10 (qpdf 12) in its ways.
    for (file, name) in [
        (include_bytes!("resaved/object_streams.pdf").as_slice(), "object streams"),
        (include_bytes!("resaved/linearized.pdf"), "linearized"),
        (include_bytes!("resaved/uncompressed.pdf"), "uncompressed"),
        (include_bytes!("resaved/renamed.pdf"), "renamed"),
        (include_bytes!("resaved/with_an_invoice.pdf"), "with an invoice beside it"),
        (include_bytes!("resaved/with_bytes_before.pdf"), "with bytes before its header"),
    ] {
        assert_eq!(bundle(file).as_deref(), Ok(b"the bundle".as_slice()), "{name}");
    }
}

#[test]
fn what_is_not_there_or_cannot_be_told_is_an_error_that_says_what_to_do() {
    assert_eq!(bundle(b"\xa4bundle"), Err(Error::NotPdf));
    assert_eq!(bundle(b""), Err(Error::NotPdf));
    assert!(matches!(bundle(b"%PDF-1.7\nnothing of it"), Err(Error::Damaged(_))));
    assert_eq!(bundle(&pdf([])), Err(Error::NoBundle { names: vec![] }));
    let other = bundle(&pdf([file("hóa đơn.xml", "text/xml", b"<a/>")])).unwrap_err();
    assert_eq!(other, Error::NoBundle { names: vec!["hóa đơn.xml".into()] });
    assert_eq!(
        other.to_string(),
        "no bundle is attached to this PDF (files in it: hóa đơn.xml): printing to PDF loses it, so ask for the file as it was made"
    );
    let two = pdf([file("a.cbor", MEDIA_TYPE, b"1"), file("b.cbor", MEDIA_TYPE, b"2")]);
    assert_eq!(bundle(&two), Err(Error::Several { names: vec!["a.cbor".into(), "b.cbor".into()] }));
    // The name decides before the media type.
    let named = pdf([file("a.cbor", MEDIA_TYPE, b"1"), file(NAME, "application/octet-stream", b"2")]);
    assert_eq!(bundle(&named).unwrap(), b"2");
    // Two files cannot have one name in a name tree, but can in two places of a file.
    assert_eq!(
        bundle(include_bytes!("resaved/two_of_the_name.pdf")),
        Err(Error::Several { names: vec![NAME.into(), NAME.into()] })
    );
    for encrypted in
        [include_bytes!("resaved/encrypted.pdf").as_slice(), include_bytes!("resaved/encrypted_without_a_password.pdf")]
    {
        assert_eq!(bundle(encrypted), Err(Error::Encrypted));
    }
}

#[test]
fn a_file_that_unpacks_to_more_than_a_bundle_is_refused() {
    let zeros = vec![0; MOST_BUNDLE + 1];
    let bomb = pdf([file(NAME, MEDIA_TYPE, &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(bundle(&bomb), Err(Error::TooLong { what: "the bundle in this PDF", most: MOST_BUNDLE }));
}

#[test]
fn a_tree_of_names_that_runs_in_a_circle_ends() {
    let mut document = Document::load_mem(&pdf([file("a.txt", "text/plain", b"1")])).unwrap();
    let node = document.new_object_id();
    let kids = vec![lopdf::Object::Reference(node); 50];
    document.objects.insert(node, lopdf::dictionary! { "Kids" => kids }.into());
    let names = lopdf::dictionary! { "EmbeddedFiles" => lopdf::Object::Reference(node) };
    document.catalog_mut().unwrap().set("Names", names);
    document.catalog_mut().unwrap().remove(b"AF");
    let mut saved = Vec::new();
    document.save_to(&mut saved).unwrap();
    assert_eq!(bundle(&saved), Err(Error::NoBundle { names: vec![] }));
}
