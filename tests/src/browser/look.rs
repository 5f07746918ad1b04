//! What a browser is like: its window, its colours, its age.

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use super::driver::Driver;

/// What a browser is like.
#[derive(Debug, Clone)]
pub struct Look {
    /// Width and height of the window in CSS pixels.
    pub window: (u32, u32),
    /// Device pixels a CSS pixel.
    pub scale: u32,
    /// Whether its user prefers dark colours.
    pub dark: bool,
    /// Whether it runs scripts.
    pub scripts: bool,
    /// Whether opening an address waits until all of the page has come.
    pub waits: bool,
    /// Run before any script of each page: to take away what an older browser lacks.
    pub before: String,
    /// What its user reads, as `--accept-lang` takes it.
    pub languages: &'static str,
    /// Further command line flags.
    pub flags: Vec<String>,
}

impl Default for Look {
    /// A small telephone in daylight.
    fn default() -> Self {
        Self {
            window: (360, 780),
            scale: 1,
            dark: false,
            scripts: true,
            waits: true,
            before: String::new(),
            languages: "vi",
            flags: Vec::new(),
        }
    }
}

impl Look {
    /// A desk's screen.
    #[must_use]
    pub fn desktop() -> Self {
        Self { window: (1280, 900), ..Self::default() }
    }

    /// A browser in which this script runs before any other.
    #[must_use]
    pub fn after(script: &str) -> Self {
        Self { before: script.to_owned(), ..Self::default() }
    }

    pub(super) fn capabilities(&self, driver: &Driver) -> Capabilities {
        let mut arguments: Vec<String> = [
            "--headless=new",
            // Its sandbox needs what containers and root do not have; it opens pages of this machine only.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-color-profile=srgb",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]
        .map(str::to_owned)
        .into();
        arguments.push(format!("--user-data-dir={}", driver.profile().display()));
        arguments.push(format!("--window-size={},{}", self.window.0, self.window.1));
        arguments.push(format!("--accept-lang={}", self.languages));
        arguments.extend(self.flags.iter().cloned());
        let options = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {
                "binary": driver.browser(),
                "args": arguments,
                "perfLoggingPrefs": {"enableNetwork": true, "enablePage": false},
            },
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            // A cut connection or a stuck server is what some tests are about.
            "pageLoadStrategy": if self.waits { "normal" } else { "none" },
            "timeouts": {"pageLoad": 60_000, "script": 60_000},
        });
        match options {
            Value::Object(options) => options,
            _ => Capabilities::new(),
        }
    }

    pub(super) fn commands(&self) -> Vec<(&'static str, Value)> {
        let (width, height) = self.window;
        let scheme = if self.dark { "dark" } else { "light" };
        let mut commands = vec![
            (
                "Emulation.setDeviceMetricsOverride",
                json!({"width": width, "height": height, "deviceScaleFactor": self.scale, "mobile": width < 600}),
            ),
            ("Emulation.setEmulatedMedia", json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]})),
        ];
        if !self.before.is_empty() {
            commands.push(("Page.addScriptToEvaluateOnNewDocument", json!({"source": self.before})));
        }
        if !self.scripts {
            commands.push(("Emulation.setScriptExecutionDisabled", json!({"value": true})));
        }
        commands
    }
}
