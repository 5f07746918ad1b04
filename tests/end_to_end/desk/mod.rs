//! The co-op's desk: a list taken in, phones and officers, a lot packed and labelled.

mod gates;
mod ground;
mod households;
mod import;
mod kept;
mod looks;
mod orders;
mod packing;
mod phones;

use nguon_tests::browser::Browser;

/// Has the page keep in `saved`, as text of bytes, what it would save as files.
const KEEPS_SAVED: &str = "(() => { window.saved = []; const make = URL.createObjectURL.bind(URL); \
    URL.createObjectURL = blob => { blob.arrayBuffer().then(bytes => window.saved.push([...new Uint8Array(bytes)] \
        .map(byte => String.fromCharCode(byte)).join(''))); return make(blob); }; \
    HTMLAnchorElement.prototype.click = () => {}; })()";

fn decoded(base64: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(base64).expect("base64")
}

/// Puts a file into a field, once it is there: the part of the program that reads lists comes when it is wanted.
async fn choose_file(page: &Browser, id: &str, name: &str, media_type: &str, bytes: &[u8]) {
    use base64::Engine as _;
    page.until(&format!("document.getElementById({id:?})")).await;
    let text = base64::engine::general_purpose::STANDARD.encode(bytes);
    let choose = "(() => { const [id, name, type, text] = arguments; \
        const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0)); \
        const files = new DataTransfer(); files.items.add(new File([bytes], name, { type })); \
        const field = document.getElementById(id); field.files = files.files; \
        field.dispatchEvent(new Event('change', { bubbles: true })); })()";
    page.call(choose, vec![id.into(), name.into(), media_type.into(), text.into()]).await;
}

/// Types into a field of the page.
async fn type_into(page: &Browser, id: &str, text: &str) {
    page.until(&format!("document.getElementById({id:?})")).await;
    let set = "(() => { const field = document.getElementById(arguments[0]); field.value = arguments[1]; \
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); })()";
    page.call(set, vec![id.into(), text.into()]).await;
}

/// Presses a button, wherever on the page it is, once it can be pressed.
async fn press(page: &Browser, selector: &str) {
    let find = format!("[...document.querySelectorAll({selector:?})].find((one, at) => at === 0 && !one.disabled)");
    page.until(&find).await;
    page.value(&format!("{find}.click()")).await;
}

/// Goes to a page of the desk.
async fn part(page: &Browser, fragment: &str) {
    page.value(&format!("location.hash = {fragment:?}")).await;
    page.until(&format!("document.querySelector('.d-parts a[aria-current]')?.hash.startsWith({fragment:?}.split('/').slice(0, 2).join('/'))")).await;
}

/// Nothing waits to be sent any more.
async fn all_sent(page: &Browser) {
    page.until("!document.querySelector('.d-sending')").await;
}

/// Keeps a picture of the page where the test is told to, for people to look at.
async fn show(page: &Browser, name: &str) {
    if let Some(folder) = std::env::var_os("NGUON_SHOTS") {
        let file = std::path::Path::new(&folder).join(format!("{name}.png"));
        std::fs::write(file, page.whole_picture().await).expect("a picture");
    }
}
