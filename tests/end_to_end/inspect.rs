//! The inspector's page: the trace graph by pointer and keyboard, many codes at once, and inspections recorded offline.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::{Event, KeyAdded};
use nguon_core::ids::PublicKeyBytes;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::record::Record;
use nguon_core::values::Time;
use nguon_core::verify::{Options, verify};
use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Deployment, deployment_with_inspector};
use serde_json::{Value, json};

const AUDIT: &str = include_str!("audit.js");
/// What has the keyboard, as a screen reader tells it.
const FOCUS: &str = "document.activeElement.getAttribute('aria-label') ?? ''";

async fn open(page: &Browser, at: &Deployment, fragment: &str) {
    page.open("about:blank").await;
    page.open(&format!("{}/inspect/{fragment}", at.server.origin())).await;
    page.until("document.querySelector('main h1')").await;
}

async fn fill(page: &Browser, id: &str, text: &str) {
    let set = "(() => { const field = document.getElementById(arguments[0]); field.value = arguments[1]; })()";
    page.call(set, vec![id.into(), text.into()]).await;
}

/// Traces a code and waits until all of it has come.
async fn trace(page: &Browser, code: &str, direction: &str) {
    fill(page, "code", code).await;
    fill(page, "direction", direction).await;
    page.click(".ask .button").await;
    page.until("document.querySelector('.status[aria-busy=false]') && document.querySelector('.cell')").await;
}

/// Remembers files instead of saving them.
const CATCH_FILES: &str = "(() => { window.saved = []; const make = URL.createObjectURL.bind(URL); \
    URL.createObjectURL = blob => { blob.text().then(text => window.saved.push(text)); return make(blob); }; \
    HTMLAnchorElement.prototype.click = () => {}; })()";

/// What is written in a drawing.
async fn words(page: &Browser, selector: &str) -> Vec<String> {
    let script = "[...document.querySelectorAll(arguments[0])].map(e => e.textContent.replaceAll('\u{a0}', ' '))";
    serde_json::from_value(page.call(script, vec![selector.into()]).await).expect("a list of texts")
}

/// Has the page make a key, once it knows that there is none.
async fn make_key(page: &Browser) {
    page.until("document.querySelector('.card .button')").await;
    page.click(".card .button").await;
}

async fn complains_only_of(page: &Browser, expected: &[&str]) {
    let complaints = page.complaints().await;
    let is_expected = |one: &String| expected.iter().any(|word| one.contains(word));
    assert!(complaints.iter().all(is_expected), "{complaints:?}");
}

#[test]
fn a_trace_folds_households_and_is_walked_by_keyboard_alone() {
    let at = deployment_with_inspector();
    let link = at.link("export").at(at.server.origin());
    Browser::run(&Look::desktop(), async |page| {
        open(page, &at, "").await;
        page.value("document.getElementById('code').focus()").await;
        page.type_text(&link).await;
        page.press("Enter").await;
        page.until("document.querySelector('.status[aria-busy=false]') && document.querySelector('.cell.start')").await;
        let folds = words(page, ".cell[aria-expanded] .title").await;
        assert!(folds.iter().any(|title| title.contains(" hộ, ") && title.ends_with("kg")), "{folds:?}");
        // Along an edge to what it came from, and on.
        page.value("document.querySelector('.cell.start').focus()").await;
        page.press("ArrowLeft").await;
        page.until("document.activeElement.classList.contains('link')").await;
        let edge = page.text_of(FOCUS).await.replace('\u{a0}', " ");
        assert!(edge.starts_with("từ ") && edge.contains(" đến ") && edge.contains("kg"), "{edge}");
        page.press("ArrowLeft").await;
        page.until("document.activeElement.classList.contains('cell')").await;
        assert_eq!(page.count(".drawing svg [tabindex='0']").await, 1, "one thing at a time can be tabbed to");
        // A node's facts, and its own bundle verified here.
        page.press("Home").await;
        page.until("document.activeElement.classList.contains('start')").await;
        page.press("Enter").await;
        page.until("document.activeElement.id === 'facts-title'").await;
        page.click(".card .row .button:first-child").await;
        page.until("document.querySelector('.proof .told')").await;
        assert_eq!(page.text(".proof .told").await, "Đầy đủ, chưa bị sửa đổi");
        // A fold opens.
        let before = page.count(".cell").await;
        page.click(".cell[aria-expanded]").await;
        page.until(&format!("document.querySelectorAll('.cell').length > {before}")).await;
        // The table says what the picture says.
        page.click("details > summary").await;
        page.until("document.querySelector('details[open] tbody tr')").await;
        assert!(page.text(".holders").await.contains("kg"));
        complains_only_of(page, &["404"]).await;
    });
}

#[test]
fn a_recall_is_marked_on_all_that_came_from_it_and_can_be_kept_as_a_list() {
    let at = deployment_with_inspector();
    let link = at.link("recalled").at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        open(page, &at, "").await;
        page.value(CATCH_FILES).await;
        trace(page, &link, "both").await;
        let marks = words(page, ".cell .mark").await;
        assert!(marks.iter().any(|mark| mark == "Thu hồi"), "{marks:?}");
        assert!(page.count(".cell.recalled path.frame").await > 0, "by its shape as well");
        page.click(".reach .button").await;
        page.until("window.saved.length").await;
        let list = page.text_of("window.saved[0]").await;
        assert!(list.contains("Mã chuỗi,Loại,GTIN,Lô") && list.contains("Thu hồi"), "{list}");
        complains_only_of(page, &["404"]).await;
    });
}

#[test]
fn two_hundred_codes_are_verified_here_and_no_line_is_lost() {
    let at = deployment_with_inspector();
    let links: Vec<String> = at.links().iter().map(|link| link.at(at.server.origin())).collect();
    let bad = ["(01)09521234543214(10)A", "vải thiều", "(01)09521234543213"];
    let all: Vec<&str> = links.iter().map(String::as_str).chain(bad).cycle().take(200).collect();
    Browser::run(&Look::default(), async |page| {
        open(page, &at, "#check").await;
        page.value(CATCH_FILES).await;
        fill(page, "codes", &all.join("\n")).await;
        page.click("form .button").await;
        page.until(
            "/^Đã kiểm tra xong 200 dòng/.test(document.querySelector('section [role=status]')?.innerText ?? '')",
        )
        .await;
        assert_eq!(
            page.text_of("document.getElementById('codes').value.split('\\n').length").await,
            "200",
            "what was pasted stays"
        );
        page.until("document.querySelectorAll('.found tbody tr').length === 200").await;
        let found = page.texts(".found tbody tr td:first-child .told").await;
        assert_eq!(found.len(), 200);
        assert!(found[0].starts_with("Thu hồi"), "worst first: {}", found[0]);
        assert!(found.iter().any(|words| words == "Không đọc được mã"));
        assert_eq!(found.last().map(String::as_str), Some("Đầy đủ, chưa bị sửa đổi"));
        for link in at.links().iter().filter(|link| link.expected == "valid") {
            let row = format!(
                "[...document.querySelectorAll('.found tbody tr')].some(row => row.querySelector('button')?.innerText === '{}' \
                 && /Đầy đủ, chưa bị sửa đổi|Một phần bị thu hồi/.test(row.innerText))",
                link.lot()
            );
            assert_eq!(page.value(&row).await, true, "{}", link.name);
        }
        page.click("section:last-child > .button").await;
        page.until("window.saved.length").await;
        assert_eq!(page.text_of("window.saved[0]").await.lines().count(), 201);
        complains_only_of(page, &["404"]).await;
    });
}

async fn network(page: &Browser, offline: bool) {
    page.devtools("Network.enable", json!({})).await;
    let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    page.devtools("Network.emulateNetworkConditions", conditions).await;
}

/// Remembers files as their bytes, in base64.
const CATCH_BYTES: &str = "(() => { window.saved = []; const make = URL.createObjectURL.bind(URL); \
    URL.createObjectURL = blob => { blob.arrayBuffer().then(bytes => window.saved.push([blob.type, \
        btoa([...new Uint8Array(bytes)].map(byte => String.fromCharCode(byte)).join(''))])); return make(blob); }; \
    HTMLAnchorElement.prototype.click = () => {}; })()";

#[test]
fn files_for_other_readers_are_made_here_of_what_was_verified_here() {
    let at = deployment_with_inspector();
    let link = |name: &str| at.link(name).at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        open(page, &at, "#check").await;
        page.value(CATCH_BYTES).await;
        for (case, press) in [("export", 0), ("recalled", 0)] {
            fill(page, "codes", &link(case)).await;
            page.click("form .button").await;
            page.until("document.querySelectorAll('.found .told').length === 1 && document.querySelector('.files')")
                .await;
            page.click(".files summary").await;
            page.until("document.querySelectorAll('.files .row .button').length === 8").await;
            page.value(&format!("document.querySelectorAll('.files .row .button')[{press}].click()")).await;
            if case == "recalled" {
                // The verdict stands against it: only on a second, plain request, and stamped.
                page.until("document.querySelector('.files .alert-words')").await;
                assert_eq!(page.value("window.saved.length").await, 1);
                page.click(".files > .button").await;
                page.until("window.saved.length === 2").await;
            } else {
                page.until("window.saved.length === 1").await;
                page.until("document.querySelector('.files .missing li')").await;
            }
        }
        let root = std::fs::read(at.root()).expect("the trust root");
        let trust = nguon_core::trust::TrustRoot::from_bytes(&root).expect("a trust root");
        for (n, outcome) in [(0, "valid"), (1, "recalled")] {
            assert_eq!(page.value(&format!("window.saved[{n}][0]")).await, "application/pdf");
            let pdf = page.text_of(&format!("window.saved[{n}][1]")).await;
            let pdf = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, pdf).expect("base64");
            let bundle = nguon_export::attached::bundle(&pdf).expect("a bundle inside");
            let verified = verify(&bundle, &trust, &Options::at(now()));
            assert_eq!(verified.verdict.outcome.kind().as_str(), outcome);
        }
        // Every other file comes too.
        fill(page, "codes", &link("export")).await;
        page.click("form .button").await;
        page.until(
            "document.querySelectorAll('.found .told').length === 1 && document.querySelector('.files summary')",
        )
        .await;
        page.value("document.querySelector('.files').open || document.querySelector('.files summary').click()").await;
        page.until("document.querySelectorAll('.files .row .button').length === 8").await;
        for n in 1..8 {
            page.value(&format!("document.querySelectorAll('.files .row .button')[{n}].click()")).await;
            page.until(&format!("window.saved.length === {}", n + 2)).await;
            page.until("![...document.querySelectorAll('.files .row .button')].some(button => button.disabled)").await;
        }
        complains_only_of(page, &["404"]).await;
    });
}

fn now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
    Time::new(since.as_secs()).expect("a time")
}

async fn in_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("a thread")
}

/// The office adds the device's key to the inspector's chain.
async fn enrol(at: &Deployment, key: PublicKeyBytes) {
    let season = at.season();
    let office = season.key("office/1");
    let chain = season.ledger.chain(&season.id("inspector")).expect("the inspector");
    let added = KeyAdded { key, holder: None };
    let record = next_record(&Pen::new(season.authority, &office, now()), added.into(), &chain);
    let signed = SignedRecord::sign(&record, &office, season.ledger.trust().deployment()).expect("a record");
    let url = format!("{}/v1/records?wait=20", at.server.origin());
    let bytes = signed.as_bytes().to_vec();
    let status = in_thread(move || {
        let agent = ureq::Agent::new_with_defaults();
        agent
            .post(&url)
            .content_type("application/cose")
            .send(&bytes[..])
            .expect("the server takes it")
            .status()
            .as_u16()
    });
    assert_eq!(status.await, 201);
}

/// The records of a chain, oldest first.
async fn records(at: &Deployment, chain: String) -> Vec<Record> {
    let url = format!("{}/v1/chains/{chain}/records", at.server.origin());
    let bytes = in_thread(move || {
        let mut answer = ureq::Agent::new_with_defaults().get(&url).call().expect("the chain");
        answer.body_mut().read_to_vec().expect("its bytes")
    });
    let bytes = bytes.await;
    let items = nguon_core::cbor::split_sequence(&bytes).expect("records");
    let signed = items.into_iter().map(|item| SignedRecord::from_bytes(item.to_vec()).expect("a record"));
    signed.map(|signed| Record::from_payload(signed.payload()).expect("a record")).collect()
}

/// Takes a photo, as a camera does that writes where it was taken.
const PHOTO: &str = "(async () => { const canvas = document.createElement('canvas'); canvas.width = 2400; canvas.height = 1800; \
    const pen = canvas.getContext('2d'); pen.fillStyle = '#a5243d'; pen.fillRect(0, 0, 2400, 900); \
    const plain = new Uint8Array(await (await new Promise(done => canvas.toBlob(done, 'image/jpeg'))).arrayBuffer()); \
    const note = new TextEncoder().encode('Exif\\0\\0GPS 21.2 106.5'); \
    const told = [0xff, 0xe1, 0, note.length + 2, ...note]; \
    const bytes = new Uint8Array([...plain.slice(0, 2), ...told, ...plain.slice(2)]); \
    const files = new DataTransfer(); files.items.add(new File([bytes], 'anh.jpg', { type: 'image/jpeg' })); \
    const field = document.getElementById('photo'); field.files = files.files; \
    field.dispatchEvent(new Event('change', { bubbles: true })); })()";

const STAGE: &str = "(document.querySelector('.entry .told')?.innerText ?? '')";

#[test]
fn an_inspection_recorded_without_a_network_reaches_the_log_by_itself() {
    let at = deployment_with_inspector();
    let season = at.season();
    let (inspector, batch) = (season.id("inspector"), season.id("hung/0614"));
    let link = at.link("household").at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        open(page, &at, "#record").await;
        page.until("navigator.serviceWorker.controller").await;
        make_key(page).await;
        page.until("document.getElementById('public-key')").await;
        let key: PublicKeyBytes = page.text("#public-key").await.parse().expect("a key");
        assert_eq!(page.count(".symbol path").await, 1);
        fill(page, "actor", &inspector.to_string()).await;
        page.click(".card form .button").await;
        page.until("/chưa có trong mã chuỗi/.test(document.getElementById('actor-status').innerText)").await;
        enrol(&at, key).await;
        page.click(".card form .button").await;
        page.until("/đã được đăng ký/.test(document.getElementById('actor-status').innerText)").await;

        network(page, true).await;
        page.until("document.querySelector('.offline')").await;
        fill(page, "target", &link).await;
        page.value("document.querySelector('input[value=defects]').click()").await;
        fill(page, "words", "Sổ phun thiếu ngày 12/6").await;
        page.value(PHOTO).await;
        page.until("document.querySelector('.photos img')").await;
        page.click("form.record .row .button").await;
        page.until(&format!("{STAGE} === 'Trên máy, chưa ký'")).await;
        // Closed and opened again, still without a network.
        page.reload().await;
        page.until(&format!("{STAGE} === 'Trên máy, chưa ký'")).await;
        let _ = page.complaints().await;

        // A record tells when it happened if that was not in the second in which it was signed.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        network(page, false).await;
        page.until(&format!("/^Đã ghi vào sổ chung \\(mục [\\d.]+\\)$/.test({STAGE})")).await;
        let chain = records(&at, batch.to_string()).await;
        let last = chain.last().expect("a record");
        let Event::Inspected(event) = &last.event else { panic!("{:?}", last.event) };
        assert_eq!(event.result, nguon_core::event::InspectionResult::Defects);
        assert!(event.details.is_some() && event.at.is_some());
        let photo = &last.attachments.as_ref().expect("a photo")[0];
        assert!(photo.length.get() < 400_000, "{} bytes", photo.length.get());
        // Sent as well, and nothing waits any more.
        page.until("/ảnh đã gửi: 1\\/1/.test(document.querySelector('.entry').innerText)").await;
        // The chain verifies with it.
        open(page, &at, "#check").await;
        fill(page, "codes", &link).await;
        page.click("form .button").await;
        page.until("document.querySelector('.found .told')").await;
        assert_eq!(page.text(".found .told").await, "Đầy đủ, chưa bị sửa đổi");
        complains_only_of(page, &["404"]).await;
    });
}

#[test]
fn a_refusal_says_why_and_the_way_out_and_the_next_signature_replaces_the_refused_one() {
    let at = deployment_with_inspector();
    let season = at.season();
    let (inspector, plot) = (season.id("inspector"), season.id("hung/0614"));
    Browser::run(&Look::default(), async |page| {
        open(page, &at, "#record").await;
        make_key(page).await;
        page.until("document.getElementById('public-key')").await;
        let key: PublicKeyBytes = page.text("#public-key").await.parse().expect("a key");
        fill(page, "actor", &inspector.to_string()).await;
        page.click(".card form .button").await;
        fill(page, "target", &plot.to_string()).await;
        page.value("document.querySelector('input[value=conforms]').click()").await;
        page.click("form.record .row .button").await;
        page.until(&format!("{STAGE} === 'Bị từ chối'")).await;
        let why = page.text(".why").await;
        assert!(why.contains("chưa được đăng ký") && why.contains("Thử lại"), "{why}");
        enrol(&at, key).await;
        page.click(".entry .button").await;
        page.until(&format!("/^Đã ghi vào sổ chung/.test({STAGE})")).await;
        let chain = records(&at, plot.to_string()).await;
        let last = chain.last().expect("a record");
        assert!(matches!(last.event, Event::Inspected(_)));
        assert_eq!(last.replaces.as_ref().map(|replaced| replaced.len()), Some(1));
        complains_only_of(page, &["404", "422", "403", "401"]).await;
    });
}

#[test]
fn a_browser_without_ed25519_keeps_the_key_under_a_passphrase_and_says_so() {
    let at = deployment_with_inspector();
    let lacking = "crypto.subtle && (() => { const make = crypto.subtle.generateKey.bind(crypto.subtle); \
        crypto.subtle.generateKey = (kind, ...more) => kind.name === 'Ed25519' \
        ? Promise.reject(new DOMException('no', 'NotSupportedError')) : make(kind, ...more); })()";
    Browser::run(&Look::after(lacking), async |page| {
        open(page, &at, "#record").await;
        make_key(page).await;
        page.until("document.getElementById('new-passphrase')").await;
        fill(page, "new-passphrase", "vải thiều chín đỏ").await;
        page.click(".card form .button").await;
        page.until("document.getElementById('public-key')").await;
        assert!(page.text(".card").await.contains("mã hóa bằng cụm mật khẩu"));
        let key = page.text("#public-key").await;
        // Closed and opened again it is locked; a wrong passphrase does not open it.
        page.reload().await;
        page.until("document.getElementById('passphrase')").await;
        assert_eq!(page.text("#public-key").await, key);
        fill(page, "passphrase", "sai").await;
        page.click(".card form .button").await;
        page.until("/không đúng/.test(document.querySelector('.card .error').innerText)").await;
        fill(page, "passphrase", "vải thiều chín đỏ").await;
        page.click(".card form .button").await;
        page.until("!document.getElementById('passphrase')").await;
        complains_only_of(page, &[]).await;
    });
}

/// What the page owes to every reader. The picture is walked, not looked at: it is a group of buttons and no single image; it
/// and fields scroll in themselves, and the head of a table is for screen readers where rows are cards.
async fn audit(page: &Browser, what: &str) {
    let faults = page.value(AUDIT).await;
    let faults: Vec<&Value> = faults.as_array().into_iter().flatten().collect();
    let scrolls = ["<input", "<textarea", "<select", "<thead", "<div role=\"region\""];
    let walked = |fault: &Value| {
        fault.as_str().is_some_and(|fault| {
            (fault.starts_with("drawing neither") && fault.contains("role=\"group\""))
                // The whole label is the target.
                || (fault.starts_with("target of") && fault.contains("type=\"radio\""))
                || scrolls.iter().any(|what| fault.strip_prefix("cut off: ").is_some_and(|rest| rest.starts_with(what)))
        })
    };
    let faults: Vec<&&Value> = faults.iter().filter(|fault| !walked(fault)).collect();
    assert!(faults.is_empty(), "{what}: {faults:?}");
}

/// Checks a lot, and makes the sheet of it that says most of what is missing.
async fn make_a_file(page: &Browser, at: &Deployment) {
    page.value(CATCH_BYTES).await;
    fill(page, "codes", &at.link("export").at(at.server.origin())).await;
    page.click("form .button").await;
    page.until("document.querySelector('.found .told') && document.querySelector('.files summary')").await;
    page.click(".files summary").await;
    page.until("document.querySelectorAll('.files .row .button').length === 8").await;
    page.value("document.querySelectorAll('.files .row .button')[3].click()").await;
    page.until("document.querySelector('.files .missing li')").await;
}

/// For people to look at.
fn keep(picture: &[u8], name: &str) {
    let folder = nguon_tests::workspace::target().join("e2e/inspect");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{name}.png")), picture).expect("a picture");
}

#[test]
fn every_part_suits_every_screen() {
    let at = deployment_with_inspector();
    let link = at.link("recalled").at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        for lang in ["vi", "en"] {
            open(page, &at, &format!("?lang={lang}")).await;
            trace(page, &link, "both").await;
            page.value(
                "document.querySelector('.cell.recalled').dispatchEvent(new MouseEvent('click', { bubbles: true }))",
            )
            .await;
            page.until("document.getElementById('facts-title')").await;
            page.unfold("main").await;
            for part in ["trace", "check", "record"] {
                page.click(&format!(".tabs a[href='#{part}']")).await;
                page.until(&format!("document.querySelector('.tabs a[href=\"#{part}\"][aria-current]')")).await;
                if part == "check" {
                    make_a_file(page, &at).await;
                }
                for window in [(320, 640), (360, 780), (1280, 900)] {
                    for dark in [false, true] {
                        page.look(&Look { window, dark, ..Look::default() }).await;
                        audit(page, &format!("{part} {lang} {window:?} {dark}")).await;
                        if part == "check" {
                            keep(&page.whole_picture().await, &format!("check-{lang}-{}-{dark}", window.0));
                        }
                    }
                }
            }
        }
        complains_only_of(page, &["404"]).await;
    });
}
