//! WebDriver commands that are Chrome's own.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::Value;

/// A command below `/session/ID/`.
#[derive(Debug)]
pub struct Wire {
    /// Its path.
    pub path: &'static str,
    /// Its JSON body.
    pub body: Value,
}

impl WebDriverCompatibleCommand for Wire {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
