//! The contract, with a server of S3 on this machine.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use coseal_assure::evidence::remote::{Change, Remote, RemoteError, Swap};
use jiff::Timestamp;

use super::{super::guarded::Guarded, Bucket, Settings};

const LOG: &str = "logs/triage/0123456789abcdef0123456789abcdef";

/// `moto_server`; ended when it is dropped.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// `None`, with one line, where moto is not installed.
    fn start() -> Option<Self> {
        let program = std::env::var("COSEAL_MOTO_SERVER").unwrap_or_else(|_| "moto_server".into());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        #[expect(clippy::disallowed_methods, reason = "a server of S3 to judge the client by")]
        let process = Command::new(program)
            .args(["--host", "127.0.0.1", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = process else {
            let strict = std::env::var_os("COSEAL_CI_STRICT").is_some();
            assert!(!strict, "moto_server is not there (pip install 'moto[server]')");
            println!("skipped: moto_server is not there (pip install 'moto[server]')");
            return None;
        };
        let server = Self { process, port };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "moto_server does not answer");
            thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    /// Makes a bucket.
    fn bucket(&self, name: &str) {
        let client = super::client::Client::new(settings(self.port, name, ""), now());
        assert_eq!(client.put("", ("x-amz-acl", "private"), b"").unwrap().status, 200);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn now() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

fn settings(port: u16, bucket: &str, prefix: &str) -> Settings {
    Settings::new(bucket, prefix, |name| match name {
        "AWS_ENDPOINT_URL" => Some(format!("http://127.0.0.1:{port}")),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("test".into()),
        _ => None,
    })
    .unwrap()
}

fn remote(port: u16, bucket: &str, prefix: &str) -> Box<dyn Remote> {
    Box::new(Guarded(Bucket::open(settings(port, bucket, prefix), now()).unwrap()))
}

#[test]
fn a_bucket_is_a_place() {
    let Some(server) = Server::start() else { return };
    server.bucket("proofs");
    super::super::tests::contract(&|| remote(server.port, "proofs", "team/a"));
    super::super::tests::contract(&|| remote(server.port, "proofs", ""));
    let error = remote(server.port, "absent", "").checkpoints().unwrap_err().to_string();
    assert_eq!(error, "there is no such bucket");
    let error = remote(server.port, "absent", "").read(&format!("{LOG}/checkpoint")).unwrap_err();
    assert_eq!(error.to_string(), "there is no such bucket");
}

#[test]
fn a_listing_of_several_pages_is_read_whole() {
    let port = answering_each(|request| {
        let last = request.contains("continuation-token=a%2Bb");
        let (more, name) = if last { ("", "b") } else { (MORE, "a") };
        match () {
            () if request.contains("checkpoint ") => "1".into(),
            () if request.contains("prefix=logs%2F&") || request.contains("prefix=logs%2F ") => {
                listing(more, &format!("logs/{name}/"))
            }
            () => {
                let system = if request.contains("prefix=logs%2Fa%2F") { "a" } else { "b" };
                listing("", &format!("logs/{system}/{}/", "0".repeat(32)))
            }
        }
    });
    let name = |system| format!("logs/{system}/{}/checkpoint", "0".repeat(32));
    assert_eq!(remote(port, "many", "").checkpoints().unwrap(), [name("a"), name("b")]);
    let endless = answering_each(|_| listing(MORE, "logs/a/"));
    let result = remote(endless, "many", "").checkpoints();
    assert!(matches!(result, Err(RemoteError::TooMany { .. })), "{result:?}");
}

const MORE: &str =
    "<IsTruncated>true</IsTruncated><NextContinuationToken>a+b</NextContinuationToken>";

fn listing(more: &str, prefix: &str) -> String {
    format!(
        "<ListBucketResult>{more}<CommonPrefixes><Prefix>{prefix}</Prefix></CommonPrefixes></ListBucketResult>"
    )
}

/// Answers every request with the same bytes.
fn answering(answer: &'static str) -> u16 {
    serving(move |_| answer.to_owned())
}

/// Answers a request with a body.
fn answering_each(body: impl Fn(&str) -> String + Send + 'static) -> u16 {
    serving(move |request| {
        let body = body(request);
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
    })
}

fn serving(answer: impl Fn(&str) -> String + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut seen = [0; 65536];
            let length = stream.read(&mut seen).unwrap();
            let request = String::from_utf8_lossy(&seen[..length]);
            let _written = stream.write_all(answer(&request).as_bytes());
        }
    });
    port
}

#[test]
fn a_server_that_ignores_conditions_is_refused() {
    let port = answering(
        "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let checkpoints =
        vec![Swap { name: format!("{LOG}/checkpoint"), expected: None, new: Vec::new() }];
    let result = remote(port, "proofs", "").publish(Change { checkpoints, ..Change::default() });
    assert!(matches!(result, Err(RemoteError::Unsupported(_))), "{result:?}");
}

#[test]
fn no_redirect_is_followed() {
    let port = answering(
        "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.2:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    );
    let error = remote(port, "proofs", "").checkpoints().unwrap_err().to_string();
    assert_eq!(error, "the bucket is in another region or at another endpoint");
}

#[test]
fn an_answer_without_end_is_cut() {
    let port = answering(
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n<ListBucketResult>",
    );
    assert!(remote(port, "proofs", "").checkpoints().is_err());
    let port = answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let error = remote(port, "proofs", "").checkpoints().unwrap_err().to_string();
    assert_eq!(error, "the credentials do not allow it");
}

#[test]
fn a_listing_that_leads_elsewhere_is_refused() {
    for prefix in ["logs/../", "logs/A/", "elsewhere/", "logs/a/b", "/"] {
        let port = answering_each(move |_| listing("", prefix));
        assert!(remote(port, "proofs", "").checkpoints().is_err(), "{prefix}");
    }
}
