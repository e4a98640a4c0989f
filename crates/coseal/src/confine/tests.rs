//! Rights are each thread's own: what is given up in a thread of a test stays there.

use std::{
    fs, io,
    net::{TcpListener, TcpStream, UdpSocket},
    path::Path,
    process::Command,
    thread,
};

use coseal_core::tree::{Tree, open_regular, read_text};

use super::{Confined, Given, confine, confine_to_write};

/// What `work` comes to where only `readable` can be read; nothing where the kernel can't do it.
fn confined<R: Send>(readable: &Path, work: impl FnOnce() -> R + Send) -> Option<R> {
    within(|| confine([readable].into_iter()), work)
}

fn within<R: Send>(
    give_up: impl FnOnce() -> Confined + Send,
    work: impl FnOnce() -> R + Send,
) -> Option<R> {
    let up = Confined { files: Given::Up, calls: Given::Up };
    thread::scope(|scope| scope.spawn(|| (give_up() == up).then(work)).join().unwrap())
}

fn refused<T>(result: io::Result<T>) -> bool {
    result.is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

#[test]
fn only_what_was_named_is_read_and_nothing_is_written() {
    let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (model, other) = (inside.path().join("model.pkl"), outside.path().join("other"));
    fs::write(&model, "a model").unwrap();
    fs::write(&other, "a secret").unwrap();
    confined(inside.path(), || {
        // Also in a thread that is started later.
        thread::scope(|scope| {
            scope.spawn(|| {
                assert!(open_regular(&model).is_ok());
                assert_eq!(Tree::open(inside.path()).unwrap().walk().files.len(), 1);
                assert!(open_regular(&other).is_err());
                assert!(Tree::open(outside.path()).is_err());
                assert!(refused(fs::write(&model, "changed")));
                assert!(refused(fs::write(inside.path().join("new"), "")));
                assert!(refused(fs::create_dir(inside.path().join("folder"))));
                assert!(refused(fs::remove_file(&model)));
                assert!(refused(fs::rename(&model, inside.path().join("moved"))));
            });
        });
    });
    assert_eq!(read_text(&model).unwrap(), "a model");
}

#[test]
fn who_writes_writes_in_one_folder() {
    let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let model = outside.path().join("model.pkl");
    fs::write(&model, "a model").unwrap();
    within(
        || confine_to_write([model.as_path()].into_iter(), inside.path()),
        || {
            let (hidden, result) = (inside.path().join(".hidden"), inside.path().join("result"));
            let written = fs::write(&hidden, read_text(&model).unwrap());
            written.and_then(|()| fs::hard_link(&hidden, &result)).unwrap();
            fs::remove_file(&hidden).unwrap();
            assert_eq!(read_text(&result).unwrap(), "a model");
            assert!(refused(fs::write(&model, "changed")));
            assert!(refused(fs::remove_file(&model)));
            assert!(refused(fs::write(outside.path().join("new"), "")));
            assert!(refused(UdpSocket::bind("127.0.0.1:0")));
        },
    );
    assert_eq!(read_text(&model).unwrap(), "a model");
}

#[test]
fn no_network_and_no_program_is_reached() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    confined(Path::new("/"), || {
        assert!(refused(TcpStream::connect(address)));
        assert!(refused(TcpListener::bind("127.0.0.1:0")));
        assert!(refused(UdpSocket::bind("127.0.0.1:0")));
        #[expect(clippy::disallowed_methods, reason = "to see that it is refused")]
        let ran = Command::new("/bin/true").status();
        assert!(ran.is_err());
    });
}

#[test]
fn what_a_kernel_lacks_is_said() {
    let none = Confined::default().sentence();
    assert_eq!(none, "while parsing: this system has no Landlock; it has no seccomp");
    let both = Confined { files: Given::Partly, calls: Given::Up }.sentence();
    assert!(
        both.contains("only the named paths can be read (as far as this kernel can)"),
        "{both}"
    );
}
