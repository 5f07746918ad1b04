//! What ChromeDriver noted down: the console, and the network events of the DevTools protocol.

use serde_json::Value;

/// A request that a page made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Its address.
    pub url: String,
    /// The page it was made for.
    pub document: String,
}

/// Errors and warnings of the console.
pub(super) fn complaints(entries: &[Value]) -> Vec<String> {
    let serious = |entry: &&Value| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"));
    let words = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
    entries.iter().filter(serious).map(words).collect()
}

/// Requests in the order in which they were made.
pub(super) fn requests(entries: &[Value]) -> Vec<Request> {
    entries.iter().filter_map(request).collect()
}

fn request(entry: &Value) -> Option<Request> {
    let entry: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
    let message = &entry["message"];
    if message["method"] != "Network.requestWillBeSent" {
        return None;
    }
    let parameters = &message["params"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let url = text(&parameters["request"]["url"]);
    // The browser's own pages are none of ours.
    (!url.starts_with("chrome")).then_some(())?;
    Some(Request { method: text(&parameters["request"]["method"]), url, document: text(&parameters["documentURL"]) })
}
