//! `headers.json`: what a host says with each file. A list of rules `{path, headers}`; `*` in a path matches any run of
//! characters, every rule that matches applies, and a later rule overrides an earlier one.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::csp;

/// Headers for the addresses that `path` matches.
#[derive(Serialize)]
pub struct Rule {
    path: &'static str,
    headers: BTreeMap<&'static str, String>,
}

fn rule<const N: usize>(path: &'static str, headers: [(&'static str, &str); N]) -> Rule {
    Rule { path, headers: headers.into_iter().map(|(name, value)| (name, value.to_owned())).collect() }
}

/// The rules for a page with this policy.
pub fn rules(policy: &str) -> Vec<Rule> {
    vec![
        rule(
            "/*",
            [
                // The page names every other file by its hash, so it alone must be fresh.
                ("cache-control", "no-cache"),
                ("content-security-policy", &csp::header(policy)),
                ("content-type", "text/html; charset=utf-8"),
                ("cross-origin-opener-policy", "same-origin"),
                ("permissions-policy", "camera=(self), geolocation=(), microphone=()"),
                ("referrer-policy", "no-referrer"),
                ("x-content-type-options", "nosniff"),
            ],
        ),
        rule("/assets/*", [("cache-control", "public, max-age=31536000, immutable")]),
        rule("*.css", [("content-type", "text/css; charset=utf-8")]),
        rule("*.js", [("content-type", "text/javascript; charset=utf-8")]),
        rule("*.json", [("content-type", "application/json")]),
        rule("*.png", [("content-type", "image/png")]),
        rule("*.svg", [("content-type", "image/svg+xml")]),
        rule("*.txt", [("content-type", "text/plain; charset=utf-8")]),
        // Anything else and a browser will not compile it while it arrives.
        rule("*.wasm", [("content-type", "application/wasm")]),
        rule("*.webmanifest", [("content-type", "application/manifest+json")]),
    ]
}
