//! Listening, and stopping without losing what is under way.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::JoinHandle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

/// Connections at a time; further ones wait to be accepted.
const CONNECTIONS: usize = 256;

/// How long a request's head may take to arrive, an idle connection to ask again, and a request to be answered.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long requests under way may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// A running server. Dropping it stops it as [`Self::shutdown`] does, without waiting.
#[derive(Debug)]
pub struct Listening {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Listening {
    /// Starts to listen within a Tokio runtime; requests are answered from the moment this returns. Without TLS: that is
    /// a reverse proxy's work.
    pub async fn start(address: SocketAddr, routes: Router) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE);
        let routes = routes.layer(timeout).layer(CatchPanicLayer::new());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept(listener, routes, stopped));
        Ok(Self { address, stop, task })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting, finishes what is under way, and returns when that is done.
    pub async fn shutdown(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

/// Serves until the process is asked to end (SIGINT, SIGTERM). `ready` is told the address first.
pub fn serve_until_signal(address: SocketAddr, routes: Router, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let server = Listening::start(address, routes).await?;
        ready(server.local_addr());
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        server.shutdown().await;
        Ok(())
    })
}

async fn accept(listener: TcpListener, routes: Router, stopped: oneshot::Receiver<()>) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let next = async {
        loop {
            // The semaphore is never closed; a permit comes when an earlier connection ends.
            let Ok(permit) = connections.clone().acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, _)) => serve(stream, permit, &routes, &graceful),
                Err(error) => {
                    // Out of file descriptors, or the client was gone already. Without a pause the first would spin.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    };
    tokio::select! {
        () = next => {}
        _ = stopped => {}
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

fn serve(stream: TcpStream, permit: OwnedSemaphorePermit, routes: &Router, graceful: &GracefulShutdown) {
    // An answer is small and should leave at once.
    let _ = stream.set_nodelay(true);
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes.clone()));
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(permit);
    });
}
