//! What the calls that files make mean, and what to do about a verdict, in the words of somebody who trains models.

use coseal_core::fact::{Artefact, ArtefactVerdict};

/// What a module is for whoever loads a file that reaches it: the beginning of a name, and the words.
const REACHES: &[(&str, &str)] = &[
    (
        "posix.exec os.exec posix.spawn os.spawn os.popen os.startfile pty. popen2. commands. subprocess. posix.system os.system nt.system _posixsubprocess. asyncio. multiprocessing. distutils.spawn torch.utils.collect_env.",
        "it starts a program on the machine that loads it, with the rights of whoever loads it",
    ),
    (
        "builtins.exec builtins.eval builtins.compile __builtin__. runpy. code. codeop. timeit. trace. cProfile. profile. pdb. bdb. doctest. idlelib. lib2to3. pandas.eval numexpr.",
        "it runs Python that the file itself carries, with the rights of whoever loads it",
    ),
    (
        "importlib. pkgutil. builtins.__import__ imp. zipimport. site. builtins.getattr operator. _operator. functools. types.",
        "it reaches code by a name that the file chooses, and with it anything that is installed",
    ),
    (
        "pickle. _pickle. cPickle. dill. cloudpickle. marshal. joblib. torch.load torch.hub. torch.storage._load torch.serialization. yaml. shelve. numpy.load",
        "it loads something else that may run code, from wherever the file says",
    ),
    (
        "socket. urllib. http. ftplib. smtplib. requests. aiohttp. telnetlib. imaplib. poplib. ssl. xmlrpc. webbrowser. httpx.",
        "it talks to another machine: it can fetch code, or send out what it finds",
    ),
    (
        "builtins.open io. _io. shutil. pathlib. os. posix. tempfile. glob. fileinput. linecache. codecs.open logging. numpy.fromfile numpy.memmap pandas.read",
        "it reads or changes files of the machine that loads it",
    ),
    ("ctypes. cffi. _ctypes.", "it runs machine code in the process that loads it"),
];

/// What a call or import in a finding's message means; none where it is not known.
pub(super) fn reach(message: &str) -> Option<&'static str> {
    let name = message.strip_prefix("calls ").or_else(|| message.strip_prefix("imports "))?;
    let name = name.split(['(', ' ']).next()?;
    let begins = |starts: &&str| {
        starts
            .split(' ')
            .any(|start| name == start || name.starts_with(start) && is_whole(start, name))
    };
    REACHES.iter().find(|(starts, _)| begins(starts)).map(|(_, words)| *words)
}

/// `os.` is a module; `os.exec` may be the beginning of any name in it.
fn is_whole(start: &str, name: &str) -> bool {
    start.ends_with('.') || start.contains('.') && name.len() > start.len()
}

/// What to do about a file, first things first.
pub(super) fn advice(artefact: &Artefact) -> Vec<String> {
    let path = &artefact.path;
    let of_rule = |part: &str| artefact.findings.iter().any(|finding| finding.rule.contains(part));
    let pickled = is_pickled(&artefact.format);
    let mut out: Vec<String> = Vec::new();
    let mut say = |text: &str| out.push(text.to_owned());
    match artefact.verdict {
        ArtefactVerdict::Malicious => {
            say("Don't load it, not even to look into it: loading is what runs it.");
            say(
                "If it was loaded anywhere, treat that machine, and every key and token that it could read, as in other hands.",
            );
            say(
                "Tell whoever published it, and get the weights as safetensors or GGUF from a source that you trust.",
            );
        }
        ArtefactVerdict::Unknown => {
            if pickled {
                say("Ask its source for safetensors, which has no room for code.");
                say(
                    "If the weights are all that you want, torch.load(…, weights_only=True) refuses the rest; it is no proof that the file is harmless.",
                );
            } else {
                say(
                    "Find out what the part that was found is for, from somebody who knows the code.",
                );
            }
            if of_rule("unknown-call") || of_rule("unknown-import") {
                say(
                    "If it is code of your own, allow exactly that name in a policy file: coseal scan --policy FILE.",
                );
            }
            if of_rule("policy-") {
                say(
                    "The policy file forbids it: get what the policy asks for, or have the policy reviewed.",
                );
            }
        }
        ArtefactVerdict::Malformed => {
            say(
                "Fetch it again from its source, and compare the digest with the one published there.",
            );
            say(
                "If it is the same again, ask its source for a whole file: loaders may read different things from this one.",
            );
        }
        ArtefactVerdict::Undecided => {
            say(
                "This is not the same as clean: something that a loader interprets was not looked at.",
            );
            say(
                "Use a format that can be looked at in full, such as safetensors, or look at what is named above on its own.",
            );
        }
        ArtefactVerdict::Clean if pickled => {
            out.push(format!("Nothing needs to be done. If it holds tensors, keep them as safetensors so that it stays like this: coseal convert {path} (with --drop-other, without the rest)"));
        }
        ArtefactVerdict::Clean => {}
    }
    out
}

/// Whether files of a format are pickles, or archives of them.
fn is_pickled(format: &str) -> bool {
    matches!(format, "pickle" | "torch-legacy" | "torch-zip") || format.starts_with("compressed-")
}

#[cfg(test)]
mod tests {
    use super::reach;

    #[test]
    fn the_longest_way_to_say_it_wins_and_strangers_have_none() {
        assert!(reach("calls posix.system(\"…\")").unwrap().contains("starts a program"));
        assert!(reach("calls os.execv(\"…\")").unwrap().contains("starts a program"));
        assert!(reach("imports os.remove").unwrap().contains("files"));
        assert!(reach("calls builtins.eval(\"…\")").unwrap().contains("Python"));
        assert_eq!(reach("calls shop.models.load()"), None);
        assert_eq!(reach("calls ossify.run()"), None);
        assert_eq!(reach("the stream is broken"), None);
    }
}
