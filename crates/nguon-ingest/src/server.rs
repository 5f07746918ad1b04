//! Listening, and stopping without losing what is under way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::JoinHandle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;

use crate::config::{Config, Limits};
use crate::forgetting;
use crate::log::{LogError, Running};
use crate::problem::Problem;
use crate::routes;
use crate::stopping::Stopping;

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is taken, or not one of this machine's.
    #[error("cannot listen on {address}: {source}; is another server running there? `--listen` takes another address")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The deployment's log cannot be run, or must not be.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// A running server. Dropping it stops it as [`Server::shutdown`] does, without waiting.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts to listen; requests are answered from the moment this returns. The log is begun first, if there is one.
    pub async fn start(mut config: Config) -> Result<Self, StartError> {
        let explain = |source| StartError::Listen { address: config.listen, source };
        let listener = TcpListener::bind(config.listen).await.map_err(explain)?;
        let address = listener.local_addr().map_err(explain)?;
        let running = match (config.trust.payload().log.is_some(), config.log.take()) {
            (true, Some(log)) => Some(Running::start(log, config.store.clone()).await?),
            (true, None) => return Err(LogError::NoKey.into()),
            (false, Some(_)) => return Err(LogError::NoLog.into()),
            (false, None) => None,
        };
        tracing::info!(%address, "listening");
        if !address.ip().is_loopback() {
            tracing::warn!(%address, "listening without TLS beyond this machine: put a reverse proxy in front");
        }
        let limits = config.limits;
        let log = running.as_ref().map(|running| running.log.clone());
        let stopping = Stopping::default();
        let forgetting = forgetting::start(config.store.clone(), stopping.clone());
        let router = routes::api(config, log, stopping.clone());
        let router = router.layer(CatchPanicLayer::custom(|_| panicked())).layer(TraceLayer::new_for_http());
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            accept(listener, router, limits, stopped, &stopping).await;
            // It holds the store.
            let _ = forgetting.await;
            // Last, so that requests under way still get their receipts.
            if let Some(running) = running {
                running.stop().await;
            }
        });
        Ok(Self { address, stop, task })
    }

    /// Where it listens.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting, finishes requests under way within the grace period, and returns when that is done.
    pub async fn shutdown(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

fn panicked() -> axum::response::Response {
    axum::response::IntoResponse::into_response(Problem::internal(&"a handler panicked"))
}

async fn accept(
    listener: TcpListener,
    router: axum::Router,
    limits: Limits,
    stopped: oneshot::Receiver<()>,
    stopping: &Stopping,
) {
    let connections = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let next = async {
        loop {
            // The semaphore is never closed; a permit comes when an earlier connection ends.
            let Ok(permit) = connections.clone().acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, _)) => serve(stream, permit, &router, &limits, &graceful),
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
    stopping.begin();
    if tokio::time::timeout(limits.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn serve(
    stream: TcpStream,
    permit: OwnedSemaphorePermit,
    router: &axum::Router,
    limits: &Limits,
    graceful: &GracefulShutdown,
) {
    // An answer is small and should leave at once.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router.clone());
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_patience)
        .max_buf_size(64 * 1024)
        // A client may close its side once it has sent its request, and still get the answer.
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(permit);
    });
}
