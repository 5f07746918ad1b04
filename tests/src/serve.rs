//! A folder over HTTP on this machine, for wasm modules that a test or bench opens in a browser. Nothing more than that: the
//! page is served by the real server.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// Serves the files of `folder`, and `page` at `/`, until the process ends; gives the origin.
///
/// # Panics
/// There is no port.
#[must_use]
pub fn folder(folder: &Path, page: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let folder = folder.clone();
            std::thread::spawn(move || answer(&stream, &folder, page));
        }
    });
    origin
}

fn answer(mut stream: &TcpStream, folder: &Path, page: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let name = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
    let (status, kind, body) = match name {
        "" => ("200 OK", "text/html; charset=utf-8", page.as_bytes().to_vec()),
        name => match fs::read(inside(folder, name)) {
            Ok(body) => ("200 OK", media_type(name), body),
            Err(_) => ("404 Not Found", "text/plain", Vec::new()),
        },
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    stream.write_all(&[head.as_bytes(), &body].concat())
}

/// The file of this name, whatever folders the name claims.
fn inside(folder: &Path, name: &str) -> PathBuf {
    folder.join(Path::new(name).file_name().unwrap_or_default())
}

fn media_type(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
