//! Two phones in an orchard without a network: one shows codes, the other reads pictures of them; both show the same figures.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_core::event::{Event, Role};
use nguon_core::ids::ChainId;
use nguon_tests::browser::{Browser, Look};
use serde_json::{Value, json};

use super::ground::{Ground, Orchard, Taps, apart, enrolled, new_phone, plots_are_here};

/// What one phone's side of the test tells the other's.
enum Told {
    /// What its screen shows, as pictures
    Pictures(Vec<Vec<u8>>),
    /// What its screen says, as text
    Text(String),
    /// Who is there, and what they hold
    Batch(ChainId),
    /// It is done
    Done,
}

/// One side: its browser, and the way to the other.
struct Side {
    to: Sender<Told>,
    from: Receiver<Told>,
}

impl Side {
    fn tell(&self, told: Told) {
        self.to.send(told).expect("the other side is there");
    }

    fn hear(&self) -> Told {
        self.from.recv().expect("the other side is there")
    }

    fn pictures(&self) -> Vec<Vec<u8>> {
        match self.hear() {
            Told::Pictures(all) => all,
            _ => panic!("pictures were expected"),
        }
    }

    fn text(&self) -> String {
        match self.hear() {
            Told::Text(text) => text,
            _ => panic!("text was expected"),
        }
    }
}

/// Two browsers at once, each on a thread of its own.
fn two_phones(one: impl AsyncFnOnce(&Browser, Side) + Send, other: impl AsyncFnOnce(&Browser, Side) + Send) {
    let look = Look { scale: 2, ..Look::default() };
    let ((to_one, from_other), (to_other, from_one)) = (channel(), channel());
    let sides = (Side { to: to_other, from: from_other }, Side { to: to_one, from: from_one });
    std::thread::scope(|scope| {
        scope.spawn(|| Browser::run(&look, async move |page| one(page, sides.0).await));
        Browser::run(&look, async move |page| other(page, sides.1).await);
    });
}

/// The browser's own switch.
async fn network(page: &Browser, offline: bool) {
    page.devtools("Network.enable", json!({})).await;
    let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    page.devtools("Network.emulateNetworkConditions", conditions).await;
}

/// Pictures of the code on the screen, of each where several take turns.
async fn pictures(page: &Browser) -> Vec<Vec<u8>> {
    let top = "document.querySelector('.t-code svg').scrollIntoView({block: 'center'})";
    page.until("document.querySelector('.t-code svg')").await;
    page.value(top).await;
    let several = page.count("#t-hold").await > 0;
    if !several {
        return vec![page.picture().await];
    }
    page.click("#t-hold").await;
    let all = page.text(".t-code p").await.rsplit(' ').next().and_then(|all| all.parse::<usize>().ok());
    let mut found = Vec::new();
    for _ in 0..all.expect("how many there are") {
        page.value(top).await;
        found.push(page.picture().await);
        page.click("#t-turn").await;
    }
    found
}

/// The other phone reads them.
async fn read(page: &Browser, pictures: &[Vec<u8>]) {
    page.until("document.getElementById('scan-picture')").await;
    let all: Vec<Value> = pictures.iter().map(|picture| STANDARD.encode(picture).into()).collect();
    let choose = "(() => { const files = new DataTransfer(); \
        for (const text of arguments[0]) { const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0)); \
            files.items.add(new File([bytes], 'ma.png', { type: 'image/png' })); } \
        const field = document.getElementById('scan-picture'); field.files = files.files; \
        field.dispatchEvent(new Event('change', { bubbles: true })); })()";
    page.call(choose, vec![json!(all)]).await;
}

/// A farmer with a plot and a collector, both enrolled; the farmer's side goes on with the orchard.
async fn farmer(page: &Browser, ground: &Mutex<Ground>) -> Orchard {
    let address = ground.lock().expect("the ground").address("");
    let key = new_phone(page, &address, "Bảy").await;
    let orchard = apart(|| ground.lock().expect("the ground").orchard("Nguyễn Văn Bảy", Some(key))).await;
    enrolled(page).await;
    plots_are_here(page).await;
    orchard
}

async fn collector(page: &Browser, ground: &Mutex<Ground>) -> ChainId {
    let address = ground.lock().expect("the ground").address("");
    let key = new_phone(page, &address, "Điểm cân").await;
    let who = apart(|| ground.lock().expect("the ground").enrol(Role::Collector, "Điểm cân Hùng", Some(key))).await;
    enrolled(page).await;
    who
}

/// The reader of codes is fetched while there is a network, as it is when the app is installed.
async fn warm(page: &Browser) {
    page.until("navigator.serviceWorker.controller").await;
}

#[test]
fn fruit_changes_hands_between_two_phones_without_a_network_and_both_show_the_same_figures() {
    let ground = Mutex::new(Ground::start());
    two_phones(
        async |page, side| {
            let orchard = farmer(page, &ground).await;
            warm(page).await;
            let mut taps = Taps::of(page, "thu hoạch trước khi giao");
            taps.on(".action[data-task=harvest]").await;
            taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
            taps.digits("120,5").await;
            taps.on("#t-sign").await;
            taps.kept(4).await;
            page.click("#t-done").await;
            network(page, true).await;
            let mut taps = Taps::of(page, "giao hàng");
            taps.on(".action[data-task=give]").await;
            read(page, &side.pictures()).await;
            page.until("document.getElementById('t-given')").await;
            taps.digits("120,5").await;
            taps.on("#t-sign").await;
            taps.kept(3).await;
            side.tell(Told::Pictures(pictures(page).await));
            // The receiver's answer: both figures stand here too.
            page.click("#t-answer").await;
            read(page, &side.pictures()).await;
            page.until("/Hao hụt/.test(document.getElementById('t-figures')?.innerText ?? '')").await;
            side.tell(Told::Text(page.text("#t-figures").await));
            network(page, false).await;
            let Event::HarvestDrawn(drawn) = wait(&ground, page, &orchard.plots[0], 3).await else { panic!("a draw") };
            let Event::Drawn(given) = wait(&ground, page, &drawn.to, 3).await else { panic!("a draw") };
            assert_eq!(given.grams.get(), 120_500);
            side.tell(Told::Batch(given.to));
            side.hear();
        },
        async |page, side| {
            collector(page, &ground).await;
            warm(page).await;
            network(page, true).await;
            let mut taps = Taps::of(page, "nhận hàng");
            taps.on(".action[data-task=receive]").await;
            taps.on("#t-offer-make").await;
            page.until("document.getElementById('t-offer')").await;
            side.tell(Told::Pictures(pictures(page).await));
            let given = side.pictures();
            taps.on("#t-scan").await;
            read(page, &given).await;
            page.until("document.getElementById('t-short')").await;
            taps.digits("119,8").await;
            assert_eq!(page.text("#t-short").await, "0,7 kg");
            taps.on("#t-sign").await;
            taps.kept(4).await;
            side.tell(Told::Pictures(pictures(page).await));
            let theirs = side.text();
            assert_eq!(page.text("#t-figures").await, theirs);
            assert!(
                theirs.contains("120,5 kg") && theirs.contains("119,8 kg") && theirs.contains("0,7 kg"),
                "{theirs}"
            );
            network(page, false).await;
            let Told::Batch(batch) = side.hear() else { panic!("a batch") };
            let Event::Received(received) = wait(&ground, page, &batch, 2).await else { panic!("an arrival") };
            assert_eq!(received.inputs[0].grams.get(), 119_800);
            side.tell(Told::Done);
        },
    );
}

#[test]
fn codes_that_cannot_be_scanned_are_sent_as_text_and_a_farmer_gives_straight_from_the_plot() {
    let ground = Mutex::new(Ground::start());
    two_phones(
        async |page, side| {
            let orchard = farmer(page, &ground).await;
            let mut taps = Taps::of(page, "giao thẳng từ vườn, gõ mã");
            taps.on(".action[data-task=give]").await;
            taps.typed("t-code", "đây không phải mã").await;
            taps.on("#t-use").await;
            page.until("document.getElementById('t-told')").await;
            assert!(page.text("#t-told").await.starts_with("Đây không phải mã giao nhận"));
            taps.typed("t-code", &side.text()).await;
            taps.on("#t-use").await;
            page.until("document.getElementById('t-given')").await;
            taps.on(&format!("[id='plot-{}']", orchard.plots[1])).await;
            taps.digits("80").await;
            taps.on("#t-sign").await;
            taps.kept(8).await;
            side.tell(Told::Text(page.text_of("document.querySelector('.t-frames').textContent").await));
            let Event::HarvestDrawn(drawn) = wait(&ground, page, &orchard.plots[1], 3).await else { panic!("a draw") };
            side.tell(Told::Batch(drawn.to));
            side.hear();
        },
        async |page, side| {
            collector(page, &ground).await;
            let mut taps = Taps::of(page, "điểm cân: hộ tự ký");
            taps.on(".action[data-task='weigh-in']").await;
            taps.on("#t-phone").await;
            page.until("document.getElementById('t-offer')").await;
            side.tell(Told::Text(page.text("#t-offer").await));
            let given = side.text();
            taps.on("#t-scan").await;
            taps.typed("t-code", &given).await;
            taps.on("#t-use").await;
            page.until("document.getElementById('t-short')").await;
            taps.digits("40").await;
            taps.on("#t-add").await;
            taps.digits("39,5").await;
            taps.on("#t-sign").await;
            taps.kept(7).await;
            assert_eq!(page.text(".t-net").await, "79,5 kg");
            let Told::Batch(batch) = side.hear() else { panic!("a batch") };
            let Event::Harvested(harvested) = wait(&ground, page, &batch, 2).await else { panic!("an input") };
            assert_eq!(harvested.inputs[0].grams.get(), 79_500);
            side.tell(Told::Done);
        },
    );
}

/// The newest event of a chain, once it has so many records: both sides ask the one server.
async fn wait(ground: &Mutex<Ground>, page: &Browser, chain: &ChainId, records: usize) -> Event {
    loop {
        let found = apart(|| ground.lock().expect("the ground").find(chain)).await;
        if found.len() >= records {
            return found.into_iter().nth(records - 1).expect("a record").event;
        }
        page.value("new Promise(done => setTimeout(done, 100))").await;
    }
}
