//! Parts of files, with servers on this machine that behave and that do not.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use coseal_scan::bytes::{ReadAt as _, read_up_to};

use super::{Bytes, is_address, open, without_query};

/// What a server answers to a request for `first..=last` of `file`.
type Answer = fn(file: &[u8], first: usize, last: usize, count: usize) -> Vec<u8>;

/// First and last byte of each request.
type Ranges = Arc<Mutex<Vec<(usize, usize)>>>;

/// Starts a server for one file; its address, and the ranges that it was asked for.
fn served(file: Vec<u8>, answer: Answer) -> (String, Ranges) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/model.bin", listener.local_addr().unwrap());
    let asked: Arc<Mutex<Vec<_>>> = Arc::default();
    let seen = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some((first, last)) = range_of(&stream) else { continue };
            seen.lock().unwrap().push((first, last));
            let count = seen.lock().unwrap().len();
            drop(stream.write_all(&answer(&file, first, last.min(file.len() - 1), count)));
        }
    });
    (address, asked)
}

fn range_of(stream: &TcpStream) -> Option<(usize, usize)> {
    let mut range = None;
    for line in BufReader::new(stream).lines() {
        let line = line.ok()?.to_ascii_lowercase();
        if line.is_empty() {
            return range;
        }
        if let Some((first, last)) =
            line.strip_prefix("range: bytes=").and_then(|range| range.split_once('-'))
        {
            range = Some((first.parse().ok()?, last.parse().ok()?));
        }
    }
    None
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn part(file: &[u8], first: usize, last: usize) -> Vec<u8> {
    let range = format!("Content-Range: bytes {first}-{last}/{}\r\nETag: \"1\"\r\n", file.len());
    answer("206 Partial Content", &range, &file[first..=last])
}

fn content() -> Vec<u8> {
    (0..5_000_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// Why a file can't be read to its end.
fn why(answer: Answer) -> String {
    let read = |bytes: Bytes| {
        let end = bytes.size().saturating_sub(9);
        let error = read_up_to(&bytes, end, &mut [0; 9]).unwrap_err().to_string();
        assert_eq!(bytes.failure().as_deref(), Some(error.as_str()));
        error
    };
    match open(&served(content(), answer).0) {
        Ok(bytes) => read(bytes),
        Err(why) => why,
    }
}

#[test]
fn only_what_is_asked_for_is_fetched() {
    let file = content();
    let (address, asked) = served(file.clone(), |file, first, last, _| part(file, first, last));
    let bytes = open(&address).unwrap();
    assert_eq!(bytes.size(), file.len() as u64);
    for offset in [0, 7, 70_000, 4_999_991, 70_003] {
        let mut read = [0; 9];
        assert_eq!(read_up_to(&bytes, offset as u64, &mut read).unwrap(), 9);
        assert_eq!(read, file[offset..offset + 9]);
    }
    assert!(bytes.fetched() < 400_000, "{}", bytes.fetched());
    assert_eq!(asked.lock().unwrap().len(), 3);
    assert_eq!(bytes.failure(), None);
}

#[test]
fn reading_on_fetches_more_at_a_time_and_keeps_little() {
    let file = content();
    let (address, asked) = served(file.clone(), |file, first, last, _| part(file, first, last));
    let bytes = open(&address).unwrap();
    let mut read = vec![0; file.len()];
    assert_eq!(read_up_to(&bytes, 0, &mut read).unwrap(), file.len());
    assert!(read == file);
    assert_eq!(bytes.fetched(), file.len() as u64);
    assert!(asked.lock().unwrap().len() < 12, "{:?}", asked.lock().unwrap());
    bytes.forget();
    assert_eq!(read_up_to(&bytes, 9, &mut read[..9]).unwrap(), 9);
}

#[test]
fn servers_that_give_no_parts_or_lie_are_refused() {
    let whole = |file: &[u8], _, _, _| answer("200 OK", "", &file[..9]);
    assert!(why(whole).contains("sends no parts"), "{}", why(whole));
    assert_eq!(why(|_, _, _, _| answer("404 Not Found", "", b"")), "it is not there");
    assert_eq!(why(|_, _, _, _| answer("403 No", "", b"")), "the server does not allow it");
    let unsaid = |file: &[u8], _, _, _| answer("206 Partial Content", "", &file[..9]);
    assert_eq!(why(unsaid), "the server does not say which part it sent");
    let other = |file: &[u8], _: usize, last: usize, count| {
        let first = if count == 1 { 0 } else { last - 12 };
        part(file, first, last)
    };
    assert_eq!(why(other), "the server sent another part than was asked for");
    let short = |file: &[u8], first: usize, last: usize, _| {
        let range = format!("Content-Range: bytes {first}-{last}/{}\r\n", file.len());
        answer("206 Partial Content", &range, &file[first..last])
    };
    assert_eq!(why(short), "the server sent another number of bytes than it said");
    let packed = |file: &[u8], first, last, _| {
        let part = String::from_utf8_lossy(&part(file, first, last)).into_owned();
        part.replacen("ETag", "Content-Encoding: gzip\r\nETag", 1).into_bytes()
    };
    assert_eq!(why(packed), "the server packs what it sends");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_said() {
    let tag = |file: &[u8], first: usize, last: usize, count| {
        let part = part(file, first, last);
        let at = part.windows(9).position(|window| window == b"ETag: \"1\"").unwrap() + 7;
        let mut part = part;
        part[at] = b'0' + count as u8;
        part
    };
    assert_eq!(why(tag), "the file changed while it was read");
    let size = |file: &[u8], first: usize, last: usize, count: usize| {
        let range = format!("Content-Range: bytes {first}-{last}/{}\r\n", file.len() + count - 1);
        answer("206 Partial Content", &range, &file[first..=last])
    };
    assert!(why(size).contains("the server sent another part") || why(size).contains("changed"));
}

#[test]
fn redirects_are_followed_a_few_times_and_not_to_anywhere() {
    let (address, _) = served(content(), |file, first, last, _| part(file, first, last));
    let target = Box::leak(address.into_boxed_str());
    static TARGET: Mutex<Option<&'static str>> = Mutex::new(None);
    *TARGET.lock().unwrap() = Some(target);
    let redirect = |_: &[u8], _, _, _| {
        let to = TARGET.lock().unwrap().unwrap();
        answer("302 Found", &format!("Location: {to}\r\n"), b"")
    };
    assert_eq!(open(&served(content(), redirect).0).unwrap().size(), 5_000_000);
    let round = |_: &[u8], _, _, _| answer("302 Found", "Location: /again\r\n", b"");
    assert_eq!(why(round), "the server redirects too often");
    let away = |_: &[u8], _, _, _| answer("302 Found", "Location: file:///etc/passwd\r\n", b"");
    assert_eq!(why(away), "the server redirects to what is no address");
}

#[test]
fn addresses_without_tls_or_with_a_user_are_refused() {
    for address in ["http://example.org/x", "https://a:b@example.org/x", "https://", "s3://a/b c"] {
        assert!(is_address(address) && open(address).is_err(), "{address}");
    }
    assert!(!is_address("model.pt"));
    let shown = without_query("https://me:secret@example.org/a/b.pt?signature=secret#x");
    assert_eq!(shown, "https://example.org/a/b.pt");
}
