//! Which headers go with which file: the folder's own `headers.json`, or rules that fit any page that brings none.
//!
//! `headers.json` is a list of `{path, headers}`; `*` in a path matches any run of characters, every rule that matches
//! applies, and a later one overrides an earlier one.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Deserialize;

/// Headers for the addresses that `path` matches.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    path: String,
    headers: BTreeMap<String, String>,
}

/// What holds for a page that says nothing: its own files only, its own workers, the camera, no frames, no sniffing.
const USUAL: &str = r#"[
    {"path": "*", "headers": {
        "cache-control": "no-cache",
        "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "content-type": "text/html; charset=utf-8",
        "permissions-policy": "camera=(self), geolocation=(), microphone=()"
    }},
    {"path": "/assets/*", "headers": {"cache-control": "public, max-age=31536000, immutable"}},
    {"path": "*.css", "headers": {"content-type": "text/css; charset=utf-8"}},
    {"path": "*.js", "headers": {"content-type": "text/javascript; charset=utf-8"}},
    {"path": "*.json", "headers": {"content-type": "application/json"}},
    {"path": "*.png", "headers": {"content-type": "image/png"}},
    {"path": "*.svg", "headers": {"content-type": "image/svg+xml"}},
    {"path": "*.txt", "headers": {"content-type": "text/plain; charset=utf-8"}},
    {"path": "*.wasm", "headers": {"content-type": "application/wasm"}},
    {"path": "*.webmanifest", "headers": {"content-type": "application/manifest+json"}},
    {"path": "*.woff2", "headers": {"content-type": "font/woff2"}}
]"#;

/// Reads `headers.json`, or what holds without one.
pub(super) fn read(text: Option<&[u8]>) -> Result<Vec<Rule>, String> {
    let text = text.unwrap_or(USUAL.as_bytes());
    let rules: Vec<Rule> = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    for rule in &rules {
        parse(rule)?;
    }
    Ok(rules)
}

/// The headers of an address.
pub(super) fn headers(rules: &[Rule], path: &str) -> Result<HeaderMap, String> {
    // The least that holds whatever a page says of itself.
    let mut all = HeaderMap::from_iter([
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'none'")),
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
    ]);
    for rule in rules.iter().filter(|rule| fits(&rule.path, path)) {
        for (name, value) in parse(rule)? {
            all.insert(name, value);
        }
    }
    Ok(all)
}

fn parse(rule: &Rule) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let header = |(name, value): (&String, &String)| {
        let wrong = || format!("`{name}: {value}` for {} is not a header", rule.path);
        Ok((name.parse().map_err(|_| wrong())?, value.parse().map_err(|_| wrong())?))
    };
    rule.headers.iter().map(header).collect()
}

/// `*` matches any run of characters.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, rest)) => path.strip_prefix(start).is_some_and(|path| {
            let ends = (0..=path.len()).filter(|at| path.is_char_boundary(*at));
            ends.into_iter().any(|at| fits(rest, &path[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_match_any_run() {
        assert!(fits("/*", "/"));
        assert!(fits("*.js", "/assets/app.js"));
        assert!(fits("/a*c*e", "/abcde"));
        assert!(!fits("*.js", "/assets/app.json"));
        assert!(!fits("/assets/*", "/asset"));
    }

    #[test]
    fn later_rules_override_earlier_ones() {
        let rules = read(None).unwrap();
        let page = headers(&rules, "/").unwrap();
        let script = headers(&rules, "/assets/app-1.js").unwrap();
        assert_eq!(
            (&page[header::CACHE_CONTROL], &page[header::CONTENT_TYPE]),
            (&HeaderValue::from_static("no-cache"), &HeaderValue::from_static("text/html; charset=utf-8"))
        );
        assert_eq!(script[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(script[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    }

    #[test]
    fn a_rule_that_is_no_header_is_refused() {
        assert!(read(Some(br#"[{"path": "/", "headers": {"a b": "c"}}]"#)).is_err());
    }
}
