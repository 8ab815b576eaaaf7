//! The accept loop: what stands between the network and the router.
//!
//! `axum::serve` 0.8 has no time limit on headers, so 200 clients that send half a header would hold 200 connections
//! for ever, and shutdown with them. This loop has one, a small header buffer, a number of connections that is not
//! exceeded, a limit on unread answers, and a drain that ends. Peers' errors are their own: nothing about a peer is
//! logged. `tests/server/connections.rs` keeps it.

use crate::server::limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::Semaphore;

use super::unread::Unread;

/// Connections the kernel holds for us while all of ours are taken.
const BACKLOG: u32 = 1024;

/// How long to wait when the system has no more file descriptors: some will be closed by then.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(100);

/// The limits on connections, as values so that tests need not wait.
#[derive(Clone, Copy, Debug)]
pub struct Connections {
    pub header_time: Duration,
    pub write_time: Duration,
    pub drain_time: Duration,
    pub most: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            header_time: limits::HEADER_TIME,
            write_time: limits::WRITE_TIME,
            drain_time: limits::DRAIN_TIME,
            most: limits::CONNECTIONS,
        }
    }
}

/// An address that is ours but refuses connections until [`Reserved::listen`], so that "port in use" is known before a
/// long build and nobody waits in a queue during it.
pub struct Reserved(TcpSocket);

/// Takes the address.
///
/// # Errors
/// It is in use, or not one of this machine's.
pub fn reserve(address: SocketAddr) -> io::Result<Reserved> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Lets a restart take the port while old connections linger; it does not let two servers share it.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(Reserved(socket))
}

impl Reserved {
    /// Begins to accept. Call it within a tokio runtime.
    ///
    /// # Errors
    /// Another program began to listen on the address in the meantime.
    pub fn listen(self) -> io::Result<TcpListener> {
        self.0.listen(BACKLOG)
    }
}

/// Serves until `stop` is ready, calls `on_stop`, then lets running requests end for at most the drain time.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Connections,
    stop: impl Future<Output = ()>,
    on_stop: impl FnOnce(),
) {
    let places = Arc::new(Semaphore::new(connections.most));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(connections.header_time).max_buf_size(limits::HEADER_BYTES);

    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &places) => accepted,
        };
        let Ok((stream, place)) = accepted else {
            tokio::time::sleep(OUT_OF_DESCRIPTORS).await;
            continue;
        };
        // Answers are written whole, so waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let io = TokioIo::new(Unread::new(stream, connections.write_time));
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(http.serve_connection(io, service));
        tokio::spawn(async move {
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    on_stop();
    let _ = tokio::time::timeout(connections.drain_time, graceful.shutdown()).await;
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

/// Ready when the process is told to stop: SIGTERM or Ctrl-C.
///
/// # Errors
/// The system does not let us listen for signals.
#[cfg(unix)]
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => (),
            _ = interrupt.recv() => (),
        }
    })
}

/// Ready when the process is told to stop by Ctrl-C.
///
/// # Errors
/// None on this system.
#[cfg(not(unix))]
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
