//! A cheap telephone on a weak network: a page whose network and processor are slowed down, and those of its workers.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::devtools::Devtools;

/// Longer than anything here takes: reaching it is a failure.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(50);

/// How slow a telephone and its network are.
#[derive(Clone, Copy)]
pub struct Hardship {
    /// Milliseconds from a request to the first byte of its answer.
    pub latency: f64,
    /// Bytes a second towards the telephone; -1 for as many as there are.
    pub down: f64,
    /// Bytes a second from it.
    pub up: f64,
    /// How many times slower than this machine it computes.
    pub slowdown: f64,
}

impl Hardship {
    /// What Lighthouse calls a mid-tier telephone on slow 4G, with a processor slower still.
    pub const SHOP: Self = Self { latency: 562.5, down: 180_000.0, up: 84_375.0, slowdown: 6.0 };
    /// This machine as it is.
    pub const NONE: Self = Self { latency: 0.0, down: -1.0, up: -1.0, slowdown: 1.0 };

    fn commands(self) -> [(&'static str, Value); 3] {
        let Self { latency, down, up, slowdown } = self;
        let network = json!({"offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up});
        [
            ("Network.enable", json!({})),
            ("Network.emulateNetworkConditions", network),
            ("Emulation.setCPUThrottlingRate", json!({"rate": slowdown})),
        ]
    }
}

/// An answer that the browser gives itself, to requests whose path holds this.
#[derive(Clone)]
pub struct Answer {
    /// Part of the path.
    pub path: String,
    /// Its media type.
    pub kind: String,
    /// What is answered.
    pub body: Vec<u8>,
}

/// A browser with one page, and nothing in its profile before.
pub struct Phone {
    devtools: Devtools,
    page: String,
    hardship: Hardship,
    /// What is as slow as the page.
    sessions: Vec<String>,
    /// Workers that the page hired.
    pub workers: usize,
    answer: Option<Answer>,
    tasks: Vec<Value>,
    _profile: TempDir,
}

/// A task of the page's thread.
#[derive(Debug)]
pub struct Task {
    /// Milliseconds after the page was opened
    pub at: f64,
    /// Milliseconds it took
    pub took: f64,
    /// The longer things in it, with their milliseconds
    pub parts: Vec<String>,
}

/// Microseconds from which on a part of a task is told.
const PART: f64 = 5_000.0;
/// Run before all scripts of a page.
const WATCH: &str = include_str!("watch.js");
/// What it reports by.
const BINDING: &str = "watcherTold";

impl Phone {
    /// Starts one.
    pub fn new(hardship: Hardship) -> Self {
        Self::with(hardship, &[])
    }

    /// Starts one with further flags on its command line.
    pub fn with(hardship: Hardship, flags: &[&str]) -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut devtools = Devtools::start(profile.path(), flags);
        let targets = devtools.ask(None, "Target.getTargets", json!({})).expect("targets");
        let targets = targets["targetInfos"].as_array().cloned().unwrap_or_default();
        let target = targets.iter().find(|target| target["type"] == "page").expect("a page")["targetId"].clone();
        let attach = json!({"targetId": target, "flatten": true});
        let attached = devtools.ask(None, "Target.attachToTarget", attach).expect("the page");
        let page = attached["sessionId"].as_str().expect("a session").to_owned();
        let (sessions, tasks) = (Vec::new(), Vec::new());
        let mut phone = Self { devtools, page, hardship, sessions, workers: 0, answer: None, tasks, _profile: profile };
        let auto = json!({"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true});
        phone.ask("Target.setAutoAttach", auto.clone());
        // Service workers belong to no page.
        let mut of_browser = auto;
        of_browser["filter"] = json!([{"type": "service_worker"}]);
        phone.devtools.ask(None, "Target.setAutoAttach", of_browser).expect("service workers");
        phone.ask("Page.enable", json!({}));
        phone.ask("Runtime.enable", json!({}));
        phone.ask("Runtime.addBinding", json!({"name": BINDING}));
        phone.ask("Page.addScriptToEvaluateOnNewDocument", json!({"source": WATCH}));
        let screen = json!({"width": 360, "height": 780, "deviceScaleFactor": 2, "mobile": true});
        phone.ask("Emulation.setDeviceMetricsOverride", screen);
        phone.slow_page_down();
        phone
    }

    /// Changes how hard it is for the page and its workers.
    pub fn set(&mut self, hardship: Hardship) {
        self.hardship = hardship;
        self.slow_page_down();
        for session in self.sessions.clone() {
            self.slow_worker_down(&session);
        }
    }

    /// What the browser would not do for workers. Chromium slows down their network, not their processor.
    pub fn refusals(&self) -> &BTreeSet<String> {
        &self.devtools.refusals
    }

    /// Has the browser itself give an answer.
    pub fn answers(&mut self, answer: Answer) {
        self.ask("Fetch.enable", json!({"patterns": [{"urlPattern": format!("*{}*", answer.path)}]}));
        self.answer = Some(answer);
    }

    /// Notes every task from now on.
    pub fn trace(&mut self) {
        let categories = ["disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing"];
        let config = json!({"includedCategories": categories, "excludedCategories": ["*"]});
        let parameters = json!({"transferMode": "ReportEvents", "traceConfig": config});
        self.devtools.ask(None, "Tracing.start", parameters).expect("a trace");
    }

    /// Each task of the page's thread since it opened its address.
    pub fn tasks(&mut self) -> Vec<Task> {
        self.devtools.ask(None, "Tracing.end", json!({})).expect("a trace");
        while self.event()["method"] != "Tracing.tracingComplete" {}
        let opened = |event: &&Value| {
            let url = &event["args"]["data"]["documentLoaderURL"];
            event["name"] == "navigationStart" && url.as_str().is_some_and(|url| url.starts_with("http"))
        };
        let opened = self.tasks.iter().rfind(opened).expect("the page was opened");
        let here = |event: &&Value| {
            let of_page = event["pid"] == opened["pid"] && event["tid"] == opened["tid"];
            event["name"] == "RunTask" && of_page && event["ts"].as_f64() >= opened["ts"].as_f64()
        };
        let began = opened["ts"].as_f64().unwrap_or_default();
        let span = |event: &Value| Some((event["ts"].as_f64()?, event["dur"].as_f64()?));
        let all: Vec<(f64, f64, &Value)> =
            self.tasks.iter().filter_map(|event| span(event).map(|(from, took)| (from, took, event))).collect();
        let of_page = |event: &Value| event["pid"] == opened["pid"] && event["tid"] == opened["tid"];
        let task = |event: &Value| {
            let (from, took) = span(event)?;
            let inside = all.iter().filter(|(at, long, inner)| {
                of_page(inner) && inner["name"] != "RunTask" && *at >= from && *at < from + took && *long >= PART
            });
            let parts = inside.map(|(_, long, inner)| {
                let data = &inner["args"]["data"];
                let told = data["functionName"].as_str().or(data["type"].as_str()).unwrap_or_default();
                format!("{} {told} {:.0}", inner["name"].as_str().unwrap_or_default(), long / 1e3)
            });
            Some(Task { at: (from - began) / 1e3, took: took / 1e3, parts: parts.collect() })
        };
        self.tasks.iter().filter(here).filter_map(task).collect()
    }

    /// Opens an address and gives what the page's watcher tells when the verdict is on the screen.
    pub fn visit(&mut self, url: &str) -> Value {
        self.ask("Page.navigate", json!({"url": "about:blank"}));
        self.devtools.tell(Some(&self.page), "Page.navigate", json!({"url": url}));
        loop {
            let event = self.devtools.event();
            if event["method"] == "Runtime.bindingCalled" && event["params"]["name"] == BINDING {
                let told = event["params"]["payload"].as_str().expect("words");
                return serde_json::from_str(told).expect("JSON");
            }
            self.take(&event);
        }
    }

    /// The value of an expression in the page; of a promise, what it comes to.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.ask("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression holds in the page, whose worker may have to be let go on meanwhile.
    pub fn until(&mut self, expression: &str) {
        let started = Instant::now();
        while self.value(&format!("!!({expression})")) != true {
            assert!(started.elapsed() < PATIENCE, "never became true: {expression}");
            self.devtools.waiting().into_iter().for_each(|event| self.take(&event));
            std::thread::sleep(GLANCE);
        }
    }

    /// A command to the page.
    pub fn ask(&mut self, command: &str, parameters: Value) -> Value {
        self.devtools.ask(Some(&self.page), command, parameters).expect("a command that is understood")
    }

    /// The next event of page, workers and browser.
    pub fn event(&mut self) -> Value {
        let event = self.devtools.event();
        self.take(&event);
        event
    }

    fn take(&mut self, event: &Value) {
        let parameters = &event["params"];
        match event["method"].as_str() {
            Some("Target.attachedToTarget") => self.take_worker(parameters),
            Some("Fetch.requestPaused") => self.give(&parameters["requestId"]),
            Some("Tracing.dataCollected") => {
                self.tasks.extend(parameters["value"].as_array().cloned().unwrap_or_default());
            }
            _ => {}
        }
    }

    /// A new worker waits until it is as slow as the page.
    fn take_worker(&mut self, attached: &Value) {
        let session = attached["sessionId"].as_str().expect("a session").to_owned();
        let kind = attached["targetInfo"]["type"].as_str().unwrap_or_default();
        self.slow_worker_down(&session);
        self.workers += usize::from(kind == "worker");
        self.devtools.tell(Some(&session), "Runtime.runIfWaitingForDebugger", json!({}));
        self.sessions.push(session);
    }

    fn give(&mut self, request: &Value) {
        let Some(Answer { kind, body, .. }) = &self.answer else { return };
        let parameters = json!({
            "requestId": request, "responseCode": 200, "body": STANDARD.encode(body),
            "responseHeaders": [{"name": "content-type", "value": kind}],
        });
        self.devtools.tell(Some(&self.page), "Fetch.fulfillRequest", parameters);
    }

    fn slow_page_down(&mut self) {
        for (command, parameters) in self.hardship.commands() {
            self.ask(command, parameters);
        }
    }

    /// One that waits to begin answers only when it has begun.
    fn slow_worker_down(&mut self, session: &str) {
        for (command, parameters) in self.hardship.commands() {
            self.devtools.tell(Some(session), command, parameters);
        }
    }
}
