//! Every state that the shopper's page comes to on a server with the sample season, and how.

use nguon_tests::browser::Browser;
use nguon_tests::world::{Forgery, Network, Server, Weather, forged, world};

/// A state of the page.
pub struct State {
    /// Its name in a failure.
    pub name: &'static str,
    /// The season's link, or home.
    link: Option<&'static str>,
    weather: Option<fn() -> Weather>,
    /// Run when the page has made up its mind.
    then: &'static str,
    /// What shows that the state is there.
    ready: &'static str,
    /// What shows that [`Self::then`] has been done.
    done: &'static str,
}

const DECIDED: &str = "document.querySelector('#verdict:not([aria-busy=true])')";
/// What is loaded once the verdict stands, such as the scanner, has come.
const COMPANION: &str = "[...document.querySelectorAll('#scan, #typed')].every(slot => slot.children.length)";
const SCAN: &str = "document.querySelector('#scan-open').click()";
const REFUSED: &str = "(navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')), \
    document.querySelector('#scan-open').click())";
const WRONG_CODE: &str = "(() => { const code = document.querySelector('#code'); code.value = '(01) 09529876000010 (10) A'; \
    code.form.requestSubmit(); })()";
const AT_HOME: &str = "document.querySelector('#scan-open') && document.querySelector('#code')";
const BUNDLES: &str = "/v1/bundles/";

const fn of(name: &'static str) -> State {
    State { name, link: Some(name), weather: None, then: "0", ready: DECIDED, done: COMPANION }
}

/// Those of links, and those of a network that fails.
pub const STATES: &[State] = &[
    State { link: None, ready: AT_HOME, ..of("home") },
    State {
        link: None,
        ready: AT_HOME,
        then: WRONG_CODE,
        done: "document.querySelector('#code-error').innerText",
        ..of("wrong code")
    },
    State {
        link: None,
        ready: AT_HOME,
        then: SCAN,
        done: "document.querySelector('.scan-view video')?.videoWidth",
        ..of("scanning")
    },
    State { link: None, ready: AT_HOME, then: REFUSED, done: "document.querySelector('.scan-panel')", ..of("refused") },
    of("export"),
    of("household"),
    of("on-behalf"),
    of("marketplace"),
    of("collected"),
    of("irradiated"),
    of("released"),
    of("part-recalled"),
    of("recalled"),
    of("suspect"),
    of("no-inputs"),
    of("wrong-label"),
    of("unbound-label"),
    of("no-such-lot"),
    State { link: Some("household"), weather: Some(over_allocated), ..of("over-allocated") },
    State { link: Some("household"), weather: Some(untrusted_key), ..of("untrusted-key") },
    State { link: Some("household"), weather: Some(needs_newer), ..of("needs-newer") },
    State { link: Some("household"), weather: Some(garbage), ..of("damaged") },
    State { link: Some("household"), weather: Some(gone), ..of("not-reachable") },
    State {
        link: Some("household"),
        weather: Some(stuck),
        ready: "document.querySelector('#verdict[aria-busy=true]')",
        done: "true",
        ..of("loading")
    },
    State {
        link: Some("household"),
        weather: Some(without_program),
        ready: "document.documentElement.classList.contains('failed-slow')",
        ..of("page-not-loaded")
    },
];

fn over_allocated() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, forged("household", Forgery::OverAllocated))
}

fn untrusted_key() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, forged("household", Forgery::UntrustedKey))
}

fn needs_newer() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, forged("household", Forgery::NeedsNewer))
}

fn garbage() -> Weather {
    Weather::Answered(BUNDLES.into(), 200, vec![0xff; 100])
}

fn gone() -> Weather {
    Weather::Dropped(BUNDLES.into())
}

fn stuck() -> Weather {
    Weather::Stuck(BUNDLES.into())
}

fn without_program() -> Weather {
    Weather::Dropped("/assets/app-".into())
}

impl State {
    /// Whether it shows a verdict, with its sign and its words.
    pub fn is_verdict(&self) -> bool {
        self.ready == DECIDED
    }

    /// Brings the page to it. What is given back is the network that it needs.
    pub async fn open(&self, page: &Browser, server: &Server) -> Option<Network> {
        let network = self.weather.map(|weather| Network::before(server.port(), weather()));
        let origin = network.as_ref().map_or(server.origin(), Network::origin);
        let url = self.link.map_or_else(|| format!("{origin}/?lang=vi"), |link| world().link(link).at_in(origin, "vi"));
        page.open("about:blank").await;
        page.open(&url).await;
        page.until(self.ready).await;
        page.until("document.documentElement.lang === 'vi'").await;
        // What is loaded after the verdict may be there a moment later.
        if self.is_verdict() {
            page.until(COMPANION).await;
        }
        page.value(&format!("({}, 0)", self.then)).await;
        page.until(self.done).await;
        settled(page).await;
        network
    }
}

/// Ends a state: what is kept waiting would keep the next address waiting.
pub fn leave(network: Option<Network>) {
    if let Some(network) = network {
        network.turn(Weather::Fair);
    }
}

/// Waits until nothing moves any more, and what comes after the verdict has come.
pub async fn settled(page: &Browser) {
    page.until("document.readyState === 'complete'").await;
    page.until("document.getAnimations().every(one => one.playState !== 'running')").await;
}
