//! A shopper's visit: a browser, and the season on a server.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Network, Server, Weather, world};
use tempfile::TempDir;

/// Everything a test has to itself.
pub struct Visit<'a> {
    /// The shopper's browser.
    pub browser: &'a Browser,
    /// The server with the season and the page.
    pub server: Server,
    /// The server's store.
    pub store: TempDir,
}

/// Lets `test` visit the season. At its end, the browser's console must have nothing to complain of that the test did
/// not ask for ([`Browser::complaints`]): a policy violation or a failed request is a fault of the page.
pub fn visit(look: &Look, test: impl AsyncFnOnce(&mut Visit<'_>)) {
    let store = world().store();
    let server = world().server(store.path());
    Browser::run(look, async |browser| {
        let mut visit = Visit { browser, server, store };
        test(&mut visit).await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    });
}

impl Visit<'_> {
    /// Opens the page of a link of the season and gives its sentence.
    pub async fn scan(&self, name: &str) -> String {
        self.open(&world().link(name).at(self.server.origin())).await
    }

    /// Opens an address and gives the page's sentence.
    pub async fn open(&self, url: &str) -> String {
        // An address that differs from the last one in its fragment alone would not be loaded.
        self.browser.open("about:blank").await;
        self.browser.open(url).await;
        self.verdict().await
    }

    /// Waits until the page has made up its mind and drawn all of it, and gives its sentence.
    pub async fn verdict(&self) -> String {
        // What it tells its companion last.
        self.browser.until("document.querySelector('#verdict:not([aria-busy=true])') && window.nguonTold").await;
        self.browser.text("#verdict h1").await
    }

    /// Waits until the page says this.
    pub async fn says(&self, sentence: &str) {
        let quoted = serde_json::Value::from(sentence);
        self.browser.until(&format!("document.querySelector('#verdict h1')?.innerText === {quoted}")).await;
    }

    /// A network before the server.
    pub fn network(&self, weather: Weather) -> Network {
        Network::before(self.server.port(), weather)
    }
}
