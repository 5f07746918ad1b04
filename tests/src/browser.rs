//! A real Chromium, driven over WebDriver (W3C) with Chrome's additions: DevTools commands, the console and the network log.
//!
//! Each [`Browser`] is a process of its own with an empty profile, reaches this machine only, and is ended with all its
//! children when the test ends, however it ends. A machine without Chromium fails the test and says what to install.
//!
//! ```no_run
//! use nguon_tests::browser::{Browser, Look};
//!
//! Browser::run(&Look::default(), async |browser| {
//!     browser.open("http://127.0.0.1:8787/").await;
//!     browser.until("document.querySelector('h1')").await;
//!     assert_eq!(browser.complaints().await, Vec::<String>::new());
//! });
//! ```

mod driver;
mod log;
mod look;
mod wire;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use self::log::Request;
pub use self::look::Look;

use self::driver::Driver;
use self::wire::Wire;

/// Far longer than anything here takes: reaching it is a failure, not a measurement.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(40);

/// Pixels of a picture's height that Chromium can draw.
const MOST_AT_ONCE: f64 = 16_000.0;

/// A browser with one page.
pub struct Browser {
    client: Client,
    // Ends the driver and the browser when dropped.
    _driver: Driver,
}

impl Browser {
    /// Starts a browser, lets `test` drive it, and ends it. When the test fails, its last picture is left in
    /// `target/e2e/failed/`.
    ///
    /// # Panics
    /// The test does, or there is no browser.
    pub fn run(look: &Look, test: impl AsyncFnOnce(&Self)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let browser = runtime.block_on(Self::start(look));
        let result = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&browser))));
        if let Err(reason) = result {
            let picture = runtime.block_on(browser.try_devtools("Page.captureScreenshot", json!({})));
            keep_picture(picture);
            resume_unwind(reason);
        }
        // A browser that will not close is ended by its driver's process group.
        let _ = runtime.block_on(browser.client.clone().close());
    }

    async fn start(look: &Look) -> Self {
        let driver = Driver::start();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(look.capabilities(&driver));
        let client = builder.connect(driver.address()).await.unwrap_or_else(|error| panic!("chromium: {error}"));
        let browser = Self { client, _driver: driver };
        browser.look(look).await;
        // What its own first page did is of no interest.
        browser.open("about:blank").await;
        browser.requests().await;
        browser
    }

    /// Changes the window and the colours; a script to run before others is added to those there are.
    pub async fn look(&self, look: &Look) {
        for (command, parameters) in look.commands() {
            self.devtools(command, parameters).await;
        }
    }

    /// Opens an address and waits until the document, its scripts and its style sheets are there, unless its look says
    /// otherwise.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.client.refresh().await.unwrap_or_else(|error| panic!("reload: {error}"));
    }

    /// The page's address.
    pub async fn address(&self) -> String {
        self.text_of("location.href").await
    }

    /// The value of a JavaScript expression.
    pub async fn value(&self, expression: &str) -> Value {
        self.call(expression, vec![]).await
    }

    /// The value of a JavaScript expression over `arguments[0]` and so on.
    pub async fn call(&self, expression: &str, arguments: Vec<Value>) -> Value {
        let script = format!("return ({expression});");
        self.client.execute(&script, arguments).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// The same as text; empty for null.
    pub async fn text_of(&self, expression: &str) -> String {
        match self.value(expression).await {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }

    /// The visible text of the first element that a CSS selector finds, with spaces that do not break made plain; empty if
    /// there is none.
    pub async fn text(&self, selector: &str) -> String {
        // Of an element that is not drawn, `innerText` is all its text.
        let script = "(e => e?.checkVisibility() ? e.innerText.trim().replaceAll('\u{a0}', ' ') : '')(document.querySelector(arguments[0]))";
        self.call(script, vec![selector.into()]).await.as_str().unwrap_or_default().to_owned()
    }

    /// The visible text of every element that a CSS selector finds.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let script =
            "[...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim().replaceAll('\u{a0}', ' '))";
        let found = self.call(script, vec![selector.into()]).await;
        serde_json::from_value(found).expect("a list of texts")
    }

    /// How many elements a CSS selector finds.
    pub async fn count(&self, selector: &str) -> u64 {
        let found = self.call("document.querySelectorAll(arguments[0]).length", vec![selector.into()]).await;
        found.as_u64().expect("a number")
    }

    /// Waits until a JavaScript expression holds.
    ///
    /// # Panics
    /// It does not within a minute; with what the page shows by then.
    pub async fn until(&self, expression: &str) {
        let started = Instant::now();
        let holds = format!("!!({expression})");
        while self.value(&holds).await != Value::Bool(true) {
            if started.elapsed() > PATIENCE {
                let shown = self.text_of("document.body?.innerText ?? ''").await;
                panic!("never became true: {expression}\nthe page shows:\n{shown}");
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Opens every `details` below what a CSS selector finds, and those that come to light with them.
    pub async fn unfold(&self, selector: &str) {
        // What a fold hides may be drawn only when it is opened.
        let script = "(async () => { for (;;) { \
            const shut = [...document.querySelectorAll(arguments[0] + ' details:not([open])')]; \
            if (!shut.length) return; \
            await Promise.all(shut.map(one => new Promise(done => { \
                one.addEventListener('toggle', done, {once: true}); one.open = true; }))); \
            await new Promise(done => setTimeout(done)); } })()";
        self.call(script, vec![selector.into()]).await;
    }

    /// Clicks the first element that a CSS selector finds, as a pointer would: what covers it gets the click.
    pub async fn click(&self, selector: &str) {
        let element = self.client.find(fantoccini::Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|error| panic!("{selector}: {error}"));
        element.click().await.unwrap_or_else(|error| panic!("click on {selector}: {error}"));
    }

    /// Presses a key of DevTools' `Input.dispatchKeyEvent`, wherever the focus is: `Tab`, `Enter`, ` `, `a`.
    pub async fn press(&self, key: &str) {
        self.press_with(key, false).await;
    }

    /// The same with Shift held.
    pub async fn press_shifted(&self, key: &str) {
        self.press_with(key, true).await;
    }

    async fn press_with(&self, key: &str, shifted: bool) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            " " => (32, " "),
            "Escape" => (27, ""),
            "End" => (35, ""),
            "Home" => (36, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            letter => (0, letter),
        };
        let modifiers = if shifted { 8 } else { 0 };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers,
                "code": if key == " " { "Space" } else { key },
            });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = text.into();
            }
            self.devtools("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Types text where the focus is.
    pub async fn type_text(&self, text: &str) {
        self.devtools("Input.insertText", json!({"text": text})).await;
    }

    /// A picture of what is in the window.
    pub async fn picture(&self) -> Vec<u8> {
        let picture = self.devtools("Page.captureScreenshot", json!({"format": "png"})).await;
        decode(&picture)
    }

    /// A picture of the whole page, or of as much as the browser draws at once.
    pub async fn whole_picture(&self) -> Vec<u8> {
        let size = self.devtools("Page.getLayoutMetrics", json!({})).await["cssContentSize"].clone();
        let height = size["height"].as_f64().unwrap_or_default().min(MOST_AT_ONCE);
        let clip = json!({"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1});
        let parameters = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        decode(&self.devtools("Page.captureScreenshot", parameters).await)
    }

    /// Runs a command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.try_devtools(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    async fn try_devtools(&self, command: &str, parameters: Value) -> Result<Value, fantoccini::error::CmdError> {
        let body = json!({"cmd": command, "params": parameters});
        self.client.issue_cmd(Wire { path: "goog/cdp/execute", body }).await
    }

    /// What the browser complained of since the last time it was asked: errors and warnings of its console, policy
    /// violations and requests that failed among them.
    pub async fn complaints(&self) -> Vec<String> {
        log::complaints(&self.log("browser").await)
    }

    /// What was asked of the network since the last time, in order.
    pub async fn requests(&self) -> Vec<Request> {
        log::requests(&self.log("performance").await)
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let read = self.client.issue_cmd(Wire { path: "se/log", body: json!({"type": kind}) }).await;
        let read = read.unwrap_or_else(|error| panic!("log {kind}: {error}"));
        read.as_array().cloned().unwrap_or_default()
    }
}

fn decode(picture: &Value) -> Vec<u8> {
    let data = picture["data"].as_str().expect("a picture");
    STANDARD.decode(data).expect("base64")
}

/// A picture says more than an assertion; that it cannot be had must not hide why the test failed.
fn keep_picture(picture: Result<Value, fantoccini::error::CmdError>) {
    let folder: PathBuf = crate::workspace::target().join("e2e/failed");
    // The test harness names its threads after the tests.
    let thread = std::thread::current();
    let file = folder.join(format!("{}.png", thread.name().unwrap_or("test").replace("::", "-")));
    if let (Ok(picture), Ok(())) = (picture, std::fs::create_dir_all(&folder))
        && std::fs::write(&file, decode(&picture)).is_ok()
    {
        eprintln!("what the browser showed: {}", file.display());
    }
}
