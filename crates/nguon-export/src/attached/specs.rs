//! The files in a PDF: those of its name tree (ISO 32000-1 §7.7.4) and those associated with it (ISO 19005-3 annex E).

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// No document has more files, nor a tree of them more branches: one that names its own branches again would have no end.
const MOST: usize = 4_096;

/// A file specification (ISO 32000-1 §7.11.3) with a file in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spec {
    pub name: String,
    /// Empty if none is given.
    pub media_type: String,
    /// The file's bytes.
    pub stream: ObjectId,
}

/// All of them; what is broken is left out.
pub(super) fn specs(document: &Document) -> Vec<Spec> {
    let mut found = Vec::new();
    let Ok(catalog) = document.catalog() else { return found };
    if let Some(files) = associated(document, catalog) {
        found.extend(files.iter().take(MOST).filter_map(|file| spec(document, file)));
    }
    let tree = document
        .get_dict_in_dict(catalog, b"Names")
        .and_then(|names| document.get_dict_in_dict(names, b"EmbeddedFiles"));
    if let Ok(tree) = tree {
        walk(document, tree, &mut found);
    }
    found
}

fn associated<'a>(document: &'a Document, catalog: &'a Dictionary) -> Option<&'a Vec<Object>> {
    let (_, files) = document.dereference(catalog.get(b"AF").ok()?).ok()?;
    files.as_array().ok()
}

/// A name tree's leaves: `Names` is key, value, key, value, and so on.
fn walk<'a>(document: &'a Document, root: &'a Dictionary, found: &mut Vec<Spec>) {
    let mut next = vec![root];
    for _ in 0..MOST {
        let Some(node) = next.pop() else { return };
        let array = |key: &[u8]| {
            let (_, value) = node.get(key).and_then(|value| document.dereference(value)).ok()?;
            value.as_array().ok().map(Vec::as_slice)
        };
        for value in array(b"Names").unwrap_or_default().iter().skip(1).step_by(2) {
            if found.len() >= MOST {
                return;
            }
            found.extend(spec(document, value));
        }
        let room = MOST.saturating_sub(next.len());
        let kids = array(b"Kids").unwrap_or_default().iter().take(room);
        next.extend(kids.filter_map(|kid| document.dereference(kid).and_then(|(_, kid)| kid.as_dict()).ok()));
    }
}

fn spec(document: &Document, object: &Object) -> Option<Spec> {
    let (_, object) = document.dereference(object).ok()?;
    let spec = object.as_dict().ok()?;
    let files = document.get_dict_in_dict(spec, b"EF").ok()?;
    // A stream is an object of its own, and so is named by a reference.
    let stream = [b"UF".as_slice(), b"F"].iter().find_map(|key| files.get(key).and_then(Object::as_reference).ok())?;
    let text = |key: &[u8]| {
        let (_, text) = spec.get(key).and_then(|text| document.dereference(text)).ok()?;
        decode_text_string(text).ok()
    };
    let dictionary = &document.get_object(stream).and_then(Object::as_stream).ok()?.dict;
    let media_type = dictionary.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
    Some(Spec {
        name: text(b"UF").or_else(|| text(b"F")).unwrap_or_default(),
        media_type: String::from_utf8_lossy(media_type).into_owned(),
        stream,
    })
}
