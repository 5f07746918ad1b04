//! What stands in the phone's database, read and written as the app does it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_draft::kept::{Kept, from_bytes, to_bytes};
use nguon_farm_app::tasks::Task;
use nguon_farm_app::tasks::field::Field;
use nguon_farm_app::tasks::half::{Half, name};
use nguon_farm_app::tasks::sheet::{Sheet, Step};
use nguon_tests::browser::Browser;
use serde_json::Value;

/// All that a shelf holds.
pub async fn all<T: Kept>(page: &Browser, database: &str, shelf: &str) -> Vec<T> {
    let read = "new Promise((done, fail) => { const ask = indexedDB.open(arguments[0]); ask.onerror = fail; \
        ask.onsuccess = () => { const all = ask.result.transaction(arguments[1]).objectStore(arguments[1]).getAll(); \
            all.onsuccess = () => { ask.result.close(); \
                done(all.result.map(one => btoa(Array.from(one, byte => String.fromCharCode(byte)).join('')))); }; }; })";
    let found = page.call(read, vec![database.into(), shelf.into()]).await;
    let found: Vec<String> = serde_json::from_value(found).expect("a list");
    let bytes = found.iter().map(|text| STANDARD.decode(text).expect("base64"));
    bytes.map(|bytes| from_bytes(&bytes).expect("what the app keeps there")).collect()
}

/// The bytes among all other things whose key ends like this.
pub async fn bytes(page: &Browser, end: &str) -> Vec<Vec<u8>> {
    let read = "new Promise((done, fail) => { const ask = indexedDB.open('nguon-farm'); ask.onerror = fail; \
        ask.onsuccess = () => { const work = ask.result.transaction('things'), found = []; \
            work.objectStore('things').openCursor().onsuccess = event => { const at = event.target.result; if (!at) return; \
                if (at.key.endsWith(arguments[0])) found.push(btoa(Array.from(at.value, byte => String.fromCharCode(byte)).join(''))); \
                at.continue(); }; \
            work.oncomplete = () => { ask.result.close(); done(found); }; }; })";
    let found = page.call(read, vec![end.into()]).await;
    let found: Vec<String> = serde_json::from_value(found).expect("a list");
    found.iter().map(|text| STANDARD.decode(text).expect("base64")).collect()
}

/// Waits until the form is on disk with this in a field.
pub async fn is_kept(page: &Browser, task: &Task, field: Field, text: &str) {
    loop {
        let found = bytes(page, &name(task)).await;
        let mut sheet = Sheet::new(Step::Plot);
        if let Some(half) = found.first().and_then(|bytes| Half::read(bytes))
            && half.fill(task, &mut sheet)
            && sheet.text(field) == text
        {
            return;
        }
        page.value("new Promise(done => setTimeout(done, 50))").await;
    }
}

/// A thing to be put on a shelf under a key.
pub fn thing(shelf: &str, key: &str, value: &impl Kept) -> Value {
    Value::from(vec![shelf, key, &STANDARD.encode(to_bytes(value))])
}

/// Puts these on their shelves, in one transaction, with who is at work.
pub async fn put(page: &Browser, things: Vec<Value>, at_work: &str) {
    let put = "new Promise((done, fail) => { const [things, at_work] = arguments; const ask = indexedDB.open('nguon-farm'); \
        ask.onerror = fail; ask.onsuccess = () => { \
            const work = ask.result.transaction(['people', 'entries', 'work', 'things'], 'readwrite'); \
            for (const [shelf, key, value] of things) \
                work.objectStore(shelf).put(Uint8Array.from(atob(value), letter => letter.charCodeAt(0)), key); \
            work.objectStore('things').put(at_work, 'at_work'); \
            work.onabort = fail; work.oncomplete = () => { ask.result.close(); done(true); }; }; })";
    assert_eq!(page.call(put, vec![things.into(), at_work.into()]).await, true);
}
