use coseal_core::{fact::DependencySource, tree::Tree};

use super::{Discovered, found};

fn of(files: &[(&str, &str)]) -> Discovered {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    found(&Tree::open(folder.path()).unwrap().walk())
}

fn told(found: &Discovered) -> Vec<(&str, u32, &str, Option<&str>, bool)> {
    let rows = found.dependencies.iter();
    rows.map(|d| (d.path.as_str(), d.line, d.name.as_str(), d.locked.as_deref(), d.ai)).collect()
}

#[test]
fn a_lock_beside_or_above_fixes_versions() {
    let found = of(&[
        (
            "a/pyproject.toml",
            "[project]\nname='a'\ndependencies=['LangChain_OpenAI>=1', 'click']\n",
        ),
        ("uv.lock", "[[package]]\nname = \"langchain-openai\"\nversion = \"1.1.0\"\n"),
        ("a/web/package.json", "{\"dependencies\":{\"openai\":\"^4\"}}"),
        ("a/web/yarn.lock", "openai@^4:\n  version \"4.2.0\"\n"),
        ("b/requirements.txt", "openai\n"),
    ]);
    assert_eq!(
        told(&found),
        [
            ("a/pyproject.toml", 3, "langchain-openai", Some("1.1.0"), true),
            ("a/pyproject.toml", 3, "click", None, false),
            ("a/web/package.json", 1, "openai", Some("4.2.0"), true),
            ("b/requirements.txt", 1, "openai", None, true),
        ]
    );
    assert!(found.gaps.is_empty());
    let names: Vec<_> = found.assets.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["langchain-openai", "openai", "openai"]);
    assert_eq!(found.assets[0].details["version"], "1.1.0");
    assert_eq!(found.assets[0].details["provider"], "openai");
}

#[test]
fn the_repository_itself_is_no_dependency() {
    let found = of(&[
        ("pyproject.toml", "[project]\nname='openai'\ndependencies=['httpx']\n"),
        ("examples/requirements.txt", "openai\ntorch\n"),
    ]);
    assert_eq!(
        told(&found),
        [
            ("examples/requirements.txt", 2, "torch", None, true),
            ("pyproject.toml", 3, "httpx", None, false),
        ]
    );
    assert!(found.assets[0].optional);
}

#[test]
fn includes_are_followed_once_and_constraints_fix() {
    let found = of(&[
        (
            "requirements.txt",
            "-r deps/base.list\n-c deps/pins.list\n-r requirements.txt\n-r ../../etc/x\ntorch\n",
        ),
        ("deps/base.list", "-r ../requirements.txt\nopenai\n"),
        ("deps/pins.list", "openai==1.0\ntorch==2.0\n"),
    ]);
    let rows = told(&found);
    assert!(rows.contains(&("requirements.txt", 5, "torch", Some("2.0"), true)), "{rows:?}");
    assert!(rows.contains(&("deps/base.list", 2, "openai", None, true)), "{rows:?}");
}

#[test]
fn what_is_installed_is_no_manifest_and_what_is_broken_is_a_gap() {
    let found = of(&[
        ("node_modules/x/package.json", "{\"dependencies\":{\"openai\":\"^4\"}}"),
        ("package.json", "{"),
        ("poetry.lock", "x"),
    ]);
    assert!(found.dependencies.is_empty());
    assert_eq!(found.gaps.len(), 1);
}

#[test]
fn an_address_shows_no_password() {
    let found = of(&[("requirements.txt", "x @ git+https://user:hush@h.example/x@main\n")]);
    assert_eq!(found.dependencies[0].source, DependencySource::Branch);
    assert_eq!(found.dependencies[0].wants, "git+https://h.example/x@main");
}
