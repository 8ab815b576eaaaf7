//! The program `signpost serve`, started for one test over a small directory, and a client that speaks plain HTTP.

use crate::fixture::Folder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longer than anything here takes; only a test that fails waits for so long.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Program {
    pub folder: Folder,
    pub index: TempDir,
    pub address: SocketAddr,
    child: Child,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

/// `signpost serve` over these folders on a free port, not started yet.
pub fn command(folder: &Folder, index: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    let kept = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("SIGNPOST_"));
    command.env_clear().envs(kept).arg("serve");
    command.arg("--directory").arg(folder.path()).arg("--index").arg(index.path());
    command.env("SIGNPOST_LISTEN", "127.0.0.1:0");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

impl Program {
    /// Started, and ready to answer.
    pub fn start(folder: Folder, arguments: &[&str]) -> Self {
        let index = tempfile::tempdir().unwrap();
        let mut child = command(&folder, &index).args(arguments).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let address = loop {
            let mut line = String::new();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it stopped:\n{}", log.lock().unwrap());
            log.lock().unwrap().push_str(&line);
            if let Some(rest) = line.strip_prefix("serving http://") {
                break rest.split(' ').next().unwrap().parse().unwrap();
            }
        };
        let into = Arc::clone(&log);
        let reader = std::thread::spawn(move || {
            for line in lines.lines() {
                into.lock().unwrap().push_str(&(line.unwrap() + "\n"));
            }
        });
        Self { folder, index, address, child, log, reader: Some(reader) }
    }

    /// The body of an answer, whatever its status.
    pub fn get(&self, uri: &str) -> String {
        self.send(&format!("GET {uri} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"))
    }

    pub fn post(&self, uri: &str, json: &str) -> String {
        let length = json.len();
        self.send(&format!(
            "POST {uri} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{json}"
        ))
    }

    /// A form, or a file that goes with one.
    pub fn form(&self, uri: &str, content_type: &str, body: &str) -> String {
        let length = body.len();
        self.send(&format!(
            "POST {uri} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {content_type}\r\n\
             content-length: {length}\r\n\r\n{body}"
        ))
    }

    /// The whole answer to a request, header and body.
    pub fn send(&self, request: &str) -> String {
        exchange(self.address, request)
    }

    /// Waits until an answer holds a text.
    pub fn wait_for(&self, uri: &str, text: &str) -> String {
        let began = Instant::now();
        loop {
            let answer = self.get(uri);
            if answer.contains(text) {
                return answer;
            }
            assert!(began.elapsed() < PATIENCE, "no `{text}` in {uri}:\n{answer}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits until it has ended by itself, and gives its status and everything that it wrote.
    pub fn ended(mut self) -> (ExitStatus, String) {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < PATIENCE, "it goes on:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        };
        self.reader.take().unwrap().join().unwrap();
        (status, self.log())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request and reads until the other end closes.
pub fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}
