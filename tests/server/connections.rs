use super::program::{PATIENCE, connect, exchange};
use axum::Router;
use axum::routing::get;
use signpost::server::listen::{self, Connections};
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// An accept loop with short limits, over a router of two routes.
struct Loop {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    runtime: Runtime,
    served: tokio::task::JoinHandle<()>,
}

impl Loop {
    fn start(connections: Connections) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let within = runtime.enter();
        let listener = listen::reserve(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap().listen().unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let large = "x".repeat(32 * 1024 * 1024);
        let router = Router::new()
            .route("/", get(async || "hello"))
            .route("/large", get(async move || large.clone()))
            .route("/never", get(std::future::pending::<()>));
        let stopped = async {
            let _ = stopped.await;
        };
        let served = runtime.spawn(listen::serve(listener, router, connections, stopped, || ()));
        drop(within);
        Self { address, stop: Some(stop), runtime, served }
    }

    /// Tells it to stop and waits until it has.
    fn stop(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, &mut self.served).await.unwrap().unwrap() });
    }
}

fn short() -> Connections {
    let time = Duration::from_millis(200);
    Connections { header_time: time, write_time: time, drain_time: time, most: 4 }
}

/// Reads until the other end closes, and gives what came. A test that hangs here fails by the read timeout.
fn read_to_close(mut stream: std::net::TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return all,
            Ok(bytes) => all.extend_from_slice(&part[..bytes]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return all,
            Err(error) => panic!("it was not closed: {error}"),
        }
    }
}

#[test]
fn clients_that_send_half_a_header_or_nothing_are_dropped_and_others_are_served() {
    let served = Loop::start(short());
    let mut half = connect(served.address);
    half.write_all(b"GET / HTTP/1.1\r\nhost:").unwrap();
    let silent = connect(served.address);
    let answer = exchange(served.address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(answer.ends_with("hello"), "{answer}");
    read_to_close(half);
    read_to_close(silent);
}

#[test]
fn a_connection_is_kept_for_the_next_request() {
    let served = Loop::start(short());
    let both = "GET / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    assert_eq!(exchange(served.address, both).matches("hello").count(), 2);
}

#[test]
fn more_connections_than_fit_wait_and_are_served_once_there_is_a_place() {
    let served = Loop::start(short());
    let silent: Vec<_> = (0..4).map(|_| connect(served.address)).collect();
    let answer = exchange(served.address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(answer.ends_with("hello"), "{answer}");
    silent.into_iter().for_each(|stream| drop(read_to_close(stream)));
}

#[test]
fn a_header_of_20_kb_is_refused() {
    let served = Loop::start(Connections::default());
    let mut stream = connect(served.address);
    // The server may close before all of it is sent.
    let _ =
        stream.write_all(format!("GET / HTTP/1.1\r\nhost: x\r\nx-large: {}\r\n\r\n", "x".repeat(20_000)).as_bytes());
    let answer = read_to_close(stream);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}

#[test]
fn a_client_that_does_not_read_its_answer_is_dropped() {
    let served = Loop::start(Connections { most: 1, ..short() });
    let mut deaf = connect(served.address);
    deaf.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    // There is one place: the next is served only when the first is gone.
    let answer = exchange(served.address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(answer.ends_with("hello"), "{answer}");
    assert!(read_to_close(deaf).len() < 32 * 1024 * 1024);
}

#[test]
fn stopping_ends_although_a_request_never_does() {
    let served = Loop::start(short());
    let mut endless = connect(served.address);
    endless.write_all(b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let half = connect(served.address);
    let address = served.address;
    // The endless request has been accepted once a later one is answered.
    assert!(exchange(address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").ends_with("hello"));
    served.stop();
    assert_eq!(std::net::TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    drop((endless, half));
}
