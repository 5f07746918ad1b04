//! The page's content security policy: nothing but its own files, one inline script by hash, and the server's origin.

/// The directives a `<meta>` may carry (CSP Level 3, section 3.3: no `frame-ancestors` there).
pub fn policy(boot_hash: &str, api: &str) -> String {
    let connect = if api.is_empty() { "'self'".to_owned() } else { format!("'self' {api}") };
    [
        "default-src 'none'".to_owned(),
        // Compiling wasm needs its own word; it allows no eval of text.
        format!("script-src 'self' 'wasm-unsafe-eval' '{boot_hash}'"),
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

/// The policy a header carries.
pub fn header(policy: &str) -> String {
    format!("{policy}; frame-ancestors 'none'")
}
