//! The page's content security policy: nothing but its own files, one inline script by hash, the server's origin, and
//! those of the witnesses that the trust root names.

use anyhow::{Context as _, Result};
use nguon_core::trust::TrustRoot;

/// The directives a `<meta>` may carry (CSP Level 3, section 3.3: no `frame-ancestors` there).
pub fn policy(boot_hash: &str, api: &str, watchers: &[String]) -> String {
    let others = std::iter::once(api).chain(watchers.iter().map(String::as_str)).filter(|origin| !origin.is_empty());
    let connect = std::iter::once("'self'").chain(others).collect::<Vec<_>>().join(" ");
    [
        "default-src 'none'".to_owned(),
        // Compiling wasm needs its own word; it allows no eval of text.
        format!("script-src 'self' 'wasm-unsafe-eval' '{boot_hash}'"),
        // A worker runs what the page's program, checked by its integrity, gives it as text; 'self' is for the service
        // worker of a page that opens without a network.
        "worker-src 'self' blob:".to_owned(),
        "style-src 'self'".to_owned(),
        // data: for the icon, blob: for the QR and the photos a reader opens.
        "img-src 'self' data: blob:".to_owned(),
        format!("connect-src {connect}"),
        "manifest-src 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

/// The origins of the witnesses and map auditors of a trust root, each once: where a reader asks how new a checkpoint is.
///
/// # Errors
/// Bytes that are no trust root.
pub fn watchers(root: &[u8]) -> Result<Vec<String>> {
    let trust = TrustRoot::from_bytes(root).context("the trust root for the page")?;
    let mut origins = Vec::new();
    if let Some(policy) = &trust.payload().log {
        for url in policy.witnesses.iter().chain(&policy.auditors).filter_map(|cosigner| cosigner.url.as_ref()) {
            let url = url.as_str();
            let host = url.find("://").map_or(0, |at| at + 3);
            let origin = url[host..].find('/').map_or(url, |at| &url[..host + at]).to_owned();
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    Ok(origins)
}

/// The policy a header carries.
pub fn header(policy: &str) -> String {
    format!("{policy}; frame-ancestors 'none'")
}
