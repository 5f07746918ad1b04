//! The page behind the labels, served from memory: a static folder as `cargo xtask web` writes it.
//!
//! Every file is read once at the start, so that the page and its parts always belong together and no address can reach
//! any other file. `index.html` answers `/` and the labels' own links `/01/…`; any other address that is no file gets it
//! with 404. Another page, such as the inspector's, may stand below a name of its own ([`Folder::with_page`]).

mod encoding;
mod folder;
mod rules;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

pub use folder::{Folder, FolderError};

use crate::routes::{App, nothing_here};

/// Answers what is not part of the API.
pub(crate) async fn serve(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    let is_api = path.starts_with("/v1/") || path.starts_with("/log/");
    let Some(folder) = app.config.web.as_ref().filter(|_| !is_api) else {
        return nothing_here().await;
    };
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    match folder.file(path) {
        Some(file) => file.answer(StatusCode::OK, &headers),
        None if folder.file(&format!("{path}/")).is_some() => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, format!("{path}/"))]).into_response()
        }
        None if path == "/" || path.starts_with("/01/") => folder.index().answer(StatusCode::OK, &headers),
        None => folder.index().answer(StatusCode::NOT_FOUND, &headers),
    }
}
