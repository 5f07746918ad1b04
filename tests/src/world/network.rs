//! The network between a reader and a server, which can be made bad: a TCP relay that reads a request's first line and
//! decides.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What the network does with requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weather {
    /// Passes everything on.
    Fair,
    /// Drops requests whose path begins so.
    Dropped(String),
    /// Keeps requests whose path begins so until the weather changes.
    Stuck(String),
    /// Answers them itself: status and body.
    Answered(String, u16, Vec<u8>),
    /// Announces this body and sends only its first half.
    Torn(String, Vec<u8>),
}

/// A network with one server behind it.
pub struct Network {
    shared: Arc<Shared>,
    origin: String,
}

struct Shared {
    upstream: u16,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    weather: Weather,
    paths: Vec<String>,
}

impl Network {
    /// A network before the server on this port.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn before(upstream: u16, weather: Weather) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let state = Mutex::new(State { weather, paths: Vec::new() });
        let shared = Arc::new(Shared { upstream, state, changed: Condvar::new() });
        let relay = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let relay = relay.clone();
                // A connection that breaks is what this is for.
                thread::spawn(move || relay.carry(stream));
            }
        });
        Self { shared, origin }
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Changes the weather for requests to come.
    pub fn turn(&self, weather: Weather) {
        self.shared.state().weather = weather;
        self.shared.changed.notify_all();
    }

    /// Every path that was asked for, in order.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.shared.state().paths.clone()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One request a connection: the relay asks both sides to close, so that it need not know where answers end.
    fn carry(&self, mut reader: TcpStream) -> io::Result<()> {
        let (path, head) = read_head(&reader)?;
        let weather = {
            let mut state = self.state();
            state.paths.push(path.clone());
            state.weather.clone()
        };
        match weather.clone() {
            Weather::Dropped(prefix) if path.starts_with(&prefix) => reader.shutdown(Shutdown::Both),
            Weather::Stuck(prefix) if path.starts_with(&prefix) => {
                self.wait_while(&weather);
                self.pass_on(&head, reader)
            }
            Weather::Answered(prefix, status, body) if path.starts_with(&prefix) => {
                write!(reader, "HTTP/1.1 {status} X\r\ncontent-type: application/cbor\r\n")?;
                write!(reader, "content-length: {}\r\nconnection: close\r\n\r\n", body.len())?;
                reader.write_all(&body)
            }
            Weather::Torn(prefix, body) if path.starts_with(&prefix) => {
                write!(reader, "HTTP/1.1 200 OK\r\ncontent-type: application/cbor\r\n")?;
                write!(reader, "content-length: {}\r\nconnection: close\r\n\r\n", body.len())?;
                reader.write_all(&body[..body.len() / 2])
            }
            _ => self.pass_on(&head, reader),
        }
    }

    fn wait_while(&self, weather: &Weather) {
        drop(self.changed.wait_while(self.state(), |state| state.weather == *weather));
    }

    fn pass_on(&self, head: &str, mut reader: TcpStream) -> io::Result<()> {
        let mut server = TcpStream::connect(("127.0.0.1", self.upstream))?;
        server.write_all(head.as_bytes())?;
        io::copy(&mut server, &mut reader)?;
        reader.shutdown(Shutdown::Both)
    }
}

/// The path and the head of a request without a body, which asks for the connection to be closed after it.
fn read_head(reader: &TcpStream) -> io::Result<(String, String)> {
    let mut lines = BufReader::new(reader).lines();
    let first = lines.next().unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()))?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut head = format!("{first}\r\n");
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if !line.to_ascii_lowercase().starts_with("connection:") {
            head += &format!("{line}\r\n");
        }
    }
    Ok((path, head + "connection: close\r\n\r\n"))
}
