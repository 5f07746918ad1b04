//! No network, a dead server, a stuck one, a broken answer: a plain sentence each time, and a way to try again.

use nguon_tests::browser::Look;
use nguon_tests::world::{Weather, world};

use crate::verdicts::{INCOMPLETE, UNLOGGED};
use crate::visit::visit;

const UNREACHABLE: &str = "Không kết nối được. Hãy thử lại khi có mạng.";
const DAMAGED: &str = "Hồ sơ không hợp lệ: tệp hồ sơ bị hỏng, không đọc được.";
const RETRY: &str = "#verdict .next button";

fn bundles() -> String {
    "/v1/bundles/".to_owned()
}

#[test]
fn server_that_died_is_tried_again_when_it_is_back() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("no-inputs").await, INCOMPLETE);
        let page = visit.browser;
        let port = visit.server.port();
        visit.server.kill();
        page.click(RETRY).await;
        visit.says(UNREACHABLE).await;
        assert_eq!(page.text("#verdict .badge").await, "Mất kết nối");
        assert_eq!(page.text(RETRY).await, "Thử lại");
        page.click(RETRY).await;
        visit.says(UNREACHABLE).await;
        visit.server = world().server_on(port, visit.store.path(), Some(world().page()));
        page.click(RETRY).await;
        visit.says(INCOMPLETE).await;
        let complaints = page.complaints().await;
        // While nobody answers, the browser complains once more of what it was fetching to install the page.
        let of_one_gone =
            ["ERR_CONNECTION_REFUSED", "icon from the Manifest", "error occurred when fetching the script"];
        let expected = |one: &String| of_one_gone.iter().any(|words| one.contains(words));
        assert!(complaints.iter().all(expected), "{complaints:?}");
    });
}

#[test]
fn stuck_server_is_not_awaited_forever() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Stuck(bundles()));
        let page = visit.browser;
        page.open(&world().link("export").at(network.origin())).await;
        page.until("document.querySelector('#verdict[aria-busy=true]')").await;
        assert_eq!(page.text("#verdict h1").await, "Đang tải hồ sơ lô hàng…");
        visit.says(UNREACHABLE).await;
        assert_eq!(page.count("[aria-busy=true]").await, 0);
        network.turn(Weather::Fair);
        page.click(RETRY).await;
        visit.says(UNLOGGED).await;
    });
}

#[test]
fn answer_that_breaks_off_is_no_answer() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let network = visit.network(Weather::Dropped(bundles()));
        let torn = Weather::Torn(bundles(), vec![0x84; 4096]);
        let down = Weather::Answered(bundles(), 503, b"{}".to_vec());
        page.open(&world().link("export").at(network.origin())).await;
        visit.says(UNREACHABLE).await;
        for weather in [torn, down] {
            network.turn(weather);
            page.reload().await;
            visit.says(UNREACHABLE).await;
        }
        network.turn(Weather::Fair);
        page.click(RETRY).await;
        visit.says(UNLOGGED).await;
        assert!(!page.complaints().await.is_empty(), "the browser says why");
    });
}

#[test]
fn damaged_file_is_refused_wherever_it_is_cut() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let link = world().link("household");
        let network = visit.network(Weather::Fair);
        let url = link.at(network.origin());
        assert_eq!(visit.open(&url).await, UNLOGGED);
        let whole = bundle(&network.origin()["http://".len()..], link.gtin(), link.lot());
        let garbage = ["<!doctype html><p>Wi-Fi miễn phí".as_bytes().to_vec(), vec![0xff; 1000], Vec::new()];
        let cut = [1, whole.len() / 3, whole.len() / 2, whole.len() - 1].map(|at| whole[..at].to_vec());
        for body in garbage.into_iter().chain(cut) {
            let size = body.len();
            network.turn(Weather::Answered(bundles(), 200, body));
            page.reload().await;
            assert_eq!(visit.verdict().await, DAMAGED, "{size} bytes");
        }
        network.turn(Weather::Answered(bundles(), 200, whole));
        page.reload().await;
        assert_eq!(visit.verdict().await, UNLOGGED);
    });
}

/// What the server answers, as any client would read it.
fn bundle(host: &str, gtin: &str, lot: &str) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(host).expect("the server");
    let request =
        format!("GET /v1/bundles/01/{gtin}/10/{lot} HTTP/1.1\r\nhost: {host}\r\naccept: application/cbor\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..head]));
    answer.split_off(head + 4)
}
