//! Somebody on the way changes the page's own files: the browser refuses them, and the page says that it did not come.

use nguon_tests::browser::Look;
use nguon_tests::world::{Weather, world};

use crate::visit::{Visit, visit};

const NOT_LOADED: &str = "Chưa tải được trang. Hãy thử lại khi có mạng.";

/// The page's own program or script, not its companion's: its path and its bytes.
fn asset(extension: &str) -> (String, Vec<u8>) {
    let files = std::fs::read_dir(world().page().join("assets")).expect("the page's files");
    let mut paths = files.map_while(Result::ok).map(|file| file.path());
    let own = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        name.starts_with("app-") && name.ends_with(&format!(".{extension}"))
    };
    let path = paths.find(own).expect("such a file");
    let name = path.file_name().expect("a name").to_string_lossy();
    (format!("/assets/{name}"), std::fs::read(&path).expect("its bytes"))
}

async fn open_with(visit: &Visit<'_>, weather: Weather) {
    let network = visit.network(weather);
    visit.browser.open(&world().link("export").at(network.origin())).await;
    visit.browser.until("document.documentElement.classList.contains('failed-slow')").await;
    assert_eq!(visit.browser.text(".boot-slow h1").await, NOT_LOADED);
    assert_eq!(visit.browser.text("#app").await, "");
    assert!(!visit.browser.complaints().await.is_empty(), "the browser says why");
}

#[test]
fn altered_program_does_not_run() {
    visit(&Look::default(), async |visit| {
        let (path, mut bytes) = asset("wasm");
        *bytes.last_mut().expect("a byte") ^= 1;
        open_with(visit, Weather::Answered(path, 200, bytes)).await;
    });
}

#[test]
fn altered_script_does_not_run() {
    visit(&Look::default(), async |visit| {
        let (path, mut bytes) = asset("js");
        bytes.extend(b"\nalert('!');");
        open_with(visit, Weather::Answered(path, 200, bytes)).await;
    });
}

#[test]
fn script_that_did_not_come_is_said_to_be_missing() {
    visit(&Look::default(), async |visit| open_with(visit, Weather::Dropped(asset("js").0)).await);
}

#[test]
fn program_that_never_comes_is_not_awaited_forever() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Stuck(asset("wasm").0));
        visit.browser.open(&world().link("export").at(network.origin())).await;
        assert_eq!(visit.browser.text(".boot-wait p").await, "Đang mở trang kiểm tra…");
        visit.browser.until("document.documentElement.classList.contains('failed-slow')").await;
        assert_eq!(visit.browser.text(".boot-slow h1").await, NOT_LOADED);
        assert_eq!(visit.browser.text(".boot-wait").await, "");
    });
}

/// The commitment stands in the fragment: a second try must not lose it.
#[test]
fn trying_again_keeps_the_label_bound() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Dropped(asset("wasm").0));
        let link = world().link("export").at(network.origin());
        visit.browser.open(&link).await;
        visit.browser.until("document.documentElement.classList.contains('failed-slow')").await;
        visit.browser.complaints().await;
        network.turn(Weather::Fair);
        visit.browser.click(".boot-slow .button").await;
        visit.says(crate::verdicts::UNLOGGED).await;
        assert_eq!(visit.browser.address().await, link);
        assert!(visit.browser.text("#verdict").await.contains("Tem chỉ theo lô"));
    });
}
