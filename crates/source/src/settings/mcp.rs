//! MCP servers: those that an assistant's settings start or call, and the manifest of one that is defined here.

use coseal_core::{
    fact::{AssetKind, Pin},
    finding::Confidence,
    plain::plain,
    system::Location,
};

use crate::{
    deploy::told::Told,
    node::{Node, Pair},
};

/// Levels of objects in which servers are looked for: a project or an extension may hold them.
const MAX_DEPTH: u32 = 3;

/// Whether a file is settings of an assistant by its name; then `servers` counts too.
pub(crate) fn is_settings(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let file = lower.rsplit('/').next().unwrap_or_default();
    matches!(
        file,
        ".mcp.json"
            | "mcp.jsonc"
            | ".mcp.jsonc"
            | "opencode.json"
            | "opencode.jsonc"
            | "crush.json"
            | ".crush.json"
            | "mcp.json"
            | "claude_desktop_config.json"
            | "mcp_config.json"
            | "mcp-config.json"
            | "mcp_settings.json"
            | "cline_mcp_settings.json"
            | "mcp.yaml"
            | "mcp.yml"
            | "mcp.toml"
            | "mcp_servers.json"
            | "mcp-servers.json"
    )
}

/// Whether a file may hold settings of an assistant: by its name, or by the folder that it stands in.
pub(crate) fn may_be_settings(path: &str) -> bool {
    is_settings(path) || {
        let lower = path.to_ascii_lowercase();
        FOLDERS.iter().any(|folder| is_below(&lower, folder))
    }
}

/// Folders of assistants whose settings of any name may hold servers.
const FOLDERS: [&str; 12] = [
    ".cursor",
    ".vscode",
    ".gemini",
    ".roo",
    ".kiro",
    ".amazonq",
    ".windsurf",
    ".codeium",
    ".continue",
    ".claude",
    ".codex",
    ".zed",
];

/// Whether a file of settings stands in a folder of this name.
fn is_below(path: &str, folder: &str) -> bool {
    let settings =
        [".json", ".jsonc", ".toml", ".yaml", ".yml"].iter().any(|end| path.ends_with(end));
    settings && path.split('/').rev().skip(1).any(|part| part == folder)
}

/// Whether `servers` by itself means MCP servers: in a file of such a name, or where one of them is started or reached as they are.
fn says_servers(path: &str, servers: &Node) -> bool {
    let named =
        || path.to_ascii_lowercase().rsplit('/').next().is_some_and(|it| it.contains("mcp"));
    is_settings(path) || named() && servers.pairs().iter().any(|pair| starts(&pair.node))
}

/// What a document says of MCP servers.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>) {
    let mut found = Vec::new();
    let own = document.pairs().iter().filter(|pair| &*pair.key == "servers");
    found.extend(own.filter(|pair| says_servers(told.file, &pair.node)));
    named(document, 0, &mut found);
    for places in found {
        for pair in places.node.pairs() {
            server(&pair.key, &pair.node, pair.line, told);
        }
        for item in places.node.items() {
            server(item.text_at(&["name"]).unwrap_or_default(), item, item.line, told);
        }
    }
}

/// The keys that hold servers, also of a project or an extension: `mcpServers`, `amp.mcpServers`, `mcp.servers`, `mcp_servers`,
/// `context_servers`, `mcp` where what stands in it starts something. A key that stands twice counts twice.
fn named<'a>(node: &'a Node, depth: u32, found: &mut Vec<&'a Pair>) {
    for pair in node.pairs() {
        let last = pair.key.rsplit('.').next().unwrap_or_default();
        let inner = pair.node.pairs().iter().filter(|inner| &*inner.key == "servers");
        match last {
            "mcpServers" | "mcp_servers" | "context_servers" => found.push(pair),
            "servers" if pair.key.ends_with("mcp.servers") => found.push(pair),
            "mcp" if inner.clone().next().is_some() => found.extend(inner),
            "mcp" if pair.node.pairs().iter().any(|inner| starts(&inner.node)) => found.push(pair),
            _ if depth < MAX_DEPTH => named(&pair.node, depth + 1, found),
            _ => {}
        }
    }
}

/// Whether an entry says how a server is started or reached.
fn starts(node: &Node) -> bool {
    ["command", "url", "serverUrl", "httpUrl"].iter().any(|key| node.get(key).is_some())
}

fn server(name: &str, node: &Node, line: u32, told: &mut Told<'_>) {
    if node.pairs().is_empty() {
        return;
    }
    // Zed nests the command; others write it with its arguments as one list.
    let command = node.at(&["command", "path"]).or_else(|| node.get("command"));
    let arguments = node.get("args").or_else(|| node.at(&["command", "args"]));
    let address =
        ["url", "serverUrl", "httpUrl", "server_url"].iter().find_map(|key| node.text_at(&[key]));
    let mut words: Vec<&str> =
        command.into_iter().flat_map(Node::words).map(|(_, it)| it).collect();
    words.extend(arguments.into_iter().flat_map(Node::words).map(|(_, word)| word));
    let location = match (words.split_first(), address) {
        (Some((command, arguments)), _) if !command.is_empty() => launched(command, arguments),
        (_, Some(address)) if address.starts_with("https://") => {
            without_query(address).parse().ok()
        }
        _ => None,
    };
    if name.is_empty() {
        return;
    }
    let http = address.filter(|address| address.starts_with("http://"));
    let asset = told.asset(AssetKind::Mcp, name, line, Confidence::High);
    if let Some(address) = http {
        asset.details.insert("address".into(), plain(without_query(address), 200));
    }
    if let Some(location) = &location {
        asset.pin = if location.is_pinned() { Pin::Snapshot } else { Pin::Alias };
    }
    asset.location = location;
}

/// Keys are sometimes put into an address.
fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// A flag whose next word is a secret, told by its name.
fn names_a_secret(word: &str) -> bool {
    let secrets = ["password", "passwd", "token", "secret", "key", "credential", "auth"];
    let word = word.to_ascii_lowercase();
    word.starts_with('-') && !word.contains('=') && secrets.iter().any(|part| word.contains(part))
}

/// The command up to the package that it starts: what stands behind is paths and, sometimes, secrets.
fn launched(command: &str, arguments: &[&str]) -> Option<Location> {
    let program = command.rsplit(['/', '\\']).next().unwrap_or(command);
    let mut words = vec![program.to_owned()];
    let fetches = matches!(
        program.trim_end_matches(".cmd").trim_end_matches(".exe"),
        "npx"
            | "uvx"
            | "bunx"
            | "pnpm"
            | "pipx"
            | "uv"
            | "docker"
            | "podman"
            | "npm"
            | "yarn"
            | "deno"
            | "cmd"
    );
    let mut skip = false;
    for word in arguments.iter().copied() {
        if std::mem::take(&mut skip) {
            continue;
        }
        // Variables, mounts and headers take the next word, which may be a secret or a path.
        skip = matches!(
            word,
            "-e" | "--env"
                | "-v"
                | "--volume"
                | "--mount"
                | "--header"
                | "-H"
                | "--name"
                | "--network"
                | "--directory"
                | "--api-key"
                | "-p"
        ) || names_a_secret(word);
        if skip || word.starts_with("-e") || word.starts_with("--env") {
            continue;
        }
        let flag = word.starts_with('-');
        if flag && !matches!(word, "-y" | "--from" | "-m" | "--yes" | "-c" | "--package") {
            continue;
        }
        words.push(shown(word));
        let verb = matches!(
            word,
            "run" | "dlx" | "exec" | "tool" | "x" | "/c" | "npx" | "uvx" | "python" | "start"
        ) || flag;
        // Behind the package stand its own arguments.
        if !verb {
            break;
        }
    }
    let named = fetches || words.len() > 1;
    format!("command:{}", plain(&words.join(" "), 200))
        .parse()
        .ok()
        .filter(|_| named || !program.is_empty())
}

/// A path shows no more than its last part.
fn shown(word: &str) -> String {
    let absolute = word.starts_with('/') || word.get(1..3) == Some(":\\") || word.starts_with('~');
    if absolute {
        word.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
    } else {
        word.to_owned()
    }
}

/// The manifest of a server that is defined here: `server.json` of the registry, `smithery.yaml`, `manifest.json` of a bundle.
pub(crate) fn manifest(document: &Node, told: &mut Told<'_>) {
    let file = told.file.rsplit('/').next().unwrap_or_default();
    let schema = document.text_at(&["$schema"]).unwrap_or_default();
    let of_registry = file == "server.json"
        && (schema.contains("modelcontextprotocol")
            || document.get("packages").is_some() && document.get("name").is_some()
            || document.get("remotes").is_some());
    let of_bundle = file == "manifest.json"
        && (document.get("dxt_version").is_some() || document.get("mcpb_version").is_some());
    let of_smithery = matches!(file, "smithery.yaml" | "smithery.yml");
    if !of_registry && !of_bundle && !of_smithery {
        return;
    }
    let name = document.pair("name");
    let folder = told.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = folder
        .rsplit('/')
        .next()
        .filter(|name| !name.is_empty())
        .unwrap_or("mcp-server")
        .to_owned();
    let (name, line) = match name.and_then(|pair| Some((pair.node.text()?, pair.line))) {
        Some((name, line)) => (name.to_owned(), line),
        None => (beside, 1),
    };
    let location = format!("path:{}", told.file).parse().ok();
    let asset = told.asset(AssetKind::Mcp, &name, line, Confidence::High);
    asset.location = location;
    asset.details.insert("defined".into(), "here".into());
    if let Some(version) = document.text_at(&["version"]) {
        asset.details.insert("version".into(), plain(version, 60));
    }
}

#[cfg(test)]
mod tests {
    use super::tell;
    use crate::{deploy::told::Told, node::json};

    /// The servers of a text, each with its place.
    fn servers(path: &str, text: &str) -> Vec<String> {
        let mut told = Told::new(path);
        tell(&json(text).documents[0], &mut told);
        let place = |asset: &coseal_core::fact::Asset| {
            let location = asset.location.as_ref().map(ToString::to_string);
            format!("{} {}", asset.name, location.unwrap_or_default())
        };
        told.into_found().assets.iter().map(place).collect()
    }

    #[test]
    fn settings_of_each_editor_are_read() {
        let start = r#"{"command": "npx", "args": ["@x/y"]}"#;
        for (path, text) in [
            (
                ".vscode/mcp.json",
                format!(r#"{{"inputs": [{{"id": "k"}}], "servers": {{"a": {start}}}}}"#),
            ),
            (".vscode/settings.json", format!(r#"{{"mcp": {{"servers": {{"a": {start}}}}}}}"#)),
            (".vscode/settings.json", format!(r#"{{"amp.mcpServers": {{"a": {start}}}}}"#)),
            (
                ".gemini/settings.json",
                format!(r#"{{"theme": "x", "mcpServers": {{"a": {start}}}}}"#),
            ),
            (
                ".claude.json",
                format!(r#"{{"projects": {{"/p": {{"mcpServers": {{"a": {start}}}}}}}}}"#),
            ),
            (
                ".continue/config.json",
                r#"{"mcpServers": [{"name": "a", "command": "npx", "args": ["@x/y"]}]}"#.to_owned(),
            ),
            (
                "opencode.json",
                r#"{"mcp": {"a": {"type": "local", "command": ["npx", "@x/y"]}}}"#.to_owned(),
            ),
            (
                ".zed/settings.json",
                r#"{"context_servers": {"a": {"command": {"path": "npx", "args": ["@x/y"]}}}}"#
                    .to_owned(),
            ),
        ] {
            assert_eq!(servers(path, &text), ["a command:npx @x/y"], "{path} {text}");
        }
        assert!(servers("servers.json", r#"{"servers": {"a": {"command": "x"}}}"#).is_empty());
    }

    #[test]
    fn no_server_hides_behind_another_or_behind_a_form_of_its_own() {
        let text =
            r#"{"mcpServers": {"a": {"command": "x"}}, "mcpServers": {"b": {"endpoint": "z"}}}"#;
        assert_eq!(servers(".mcp.json", text), ["a command:x", "b "]);
    }

    #[test]
    fn servers_with_their_package_and_no_secret() {
        let text = r#"{"mcpServers": {
            "files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@1.2.3", "/home/somebody"]},
            "git": {"command": "uvx", "args": ["--from", "mcp-server-git", "--repository", "x"]},
            "data": {"command": "npx", "args": ["-y", "--db-password", "PlainPw123456", "x"]},
            "hub": {"command": "docker", "args": ["run", "-i", "--rm", "-e", "TOKEN=abc", "ghcr.io/github/github-mcp-server"]},
            "far": {"type": "http", "url": "https://mcp.example.org/sse?key=abc"},
            "own": {"command": "node", "args": ["/home/somebody/server.js"]}
        }}"#;
        let mut told = Told::new(".mcp.json");
        tell(&json(text).documents[0], &mut told);
        let found = told.into_found();
        let all: Vec<_> = found
            .assets
            .iter()
            .map(|asset| format!("{} {}", asset.name, asset.location.as_ref().unwrap()))
            .collect();
        assert_eq!(
            all,
            [
                "data command:npx -y x",
                "far https://mcp.example.org/sse",
                "files command:npx -y @modelcontextprotocol/server-filesystem@1.2.3",
                "git command:uvx --from mcp-server-git",
                "hub command:docker run ghcr.io/github/github-mcp-server",
                "own command:node server.js"
            ]
        );
        assert!(
            !format!("{found:?}").contains("abc") && !format!("{found:?}").contains("somebody")
        );
    }
}
