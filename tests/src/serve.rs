//! A folder over HTTP on this machine, for wasm modules that a test or bench opens in a browser. Nothing more than that: the
//! page is served by the real server.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

/// A page that is alone in its process may tell time to five microseconds.
const ISOLATED: &str = "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n";

/// A folder being served, until the process ends.
#[derive(Debug)]
pub struct Served {
    /// Where.
    pub origin: String,
    /// What pages post, to whatever address.
    pub posted: Receiver<String>,
}

/// Serves the files of `folder`, and `page` at `/`.
///
/// # Panics
/// There is no port.
#[must_use]
pub fn folder(folder: &Path, page: &'static str) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, posted) = channel();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (folder, sender) = (folder.clone(), sender.clone());
            std::thread::spawn(move || answer(&stream, &folder, page, &sender));
        }
    });
    Served { origin, posted }
}

fn answer(mut stream: &TcpStream, folder: &Path, page: &str, posted: &Sender<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = reader.by_ref().lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    let mut length = 0;
    while let Some(line) = lines.next().transpose()?.filter(|line| !line.is_empty()) {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut words = request.split(' ');
    let method = words.next().unwrap_or_default();
    let (status, kind, body) = match words.next().unwrap_or_default().trim_start_matches('/') {
        _ if method == "POST" => {
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            // Nobody listening is no fault of the page's.
            let _ = posted.send(String::from_utf8_lossy(&body).into_owned());
            ("204 No Content", "text/plain", Vec::new())
        }
        "" => ("200 OK", "text/html; charset=utf-8", page.as_bytes().to_vec()),
        name => match fs::read(inside(folder, name)) {
            Ok(body) => ("200 OK", media_type(name), body),
            Err(_) => ("404 Not Found", "text/plain", Vec::new()),
        },
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n{ISOLATED}\r\n"
    );
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
