//! MCP servers: those that an assistant's settings start or call, and the manifest of one that is defined here.

use coseal_core::{
    fact::{AssetKind, Pin},
    finding::Confidence,
    plain::plain,
    system::Location,
};

use crate::{deploy::told::Told, node::Node};

/// Whether a file is settings of an assistant by its name; then `servers` counts too.
pub(crate) fn is_settings(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let file = lower.rsplit('/').next().unwrap_or_default();
    matches!(
        file,
        ".mcp.json"
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
    ) || lower.ends_with(".cursor/mcp.json")
}

/// What a document says of MCP servers.
pub(crate) fn tell(document: &Node, told: &mut Told<'_>) {
    let by_name = is_settings(told.file);
    let places = [
        document.get("mcpServers"),
        document.get("mcp_servers"),
        document.at(&["mcp", "servers"]),
        document.get("servers").filter(|_| by_name),
        document.get("context_servers"),
    ];
    for pair in places.into_iter().flatten().flat_map(Node::pairs) {
        server(&pair.key, &pair.node, pair.line, told);
    }
    for item in places.into_iter().flatten().flat_map(Node::items) {
        server(item.text_at(&["name"]).unwrap_or_default(), item, item.line, told);
    }
}

fn server(name: &str, node: &Node, line: u32, told: &mut Told<'_>) {
    // Zed nests the command.
    let command = node.at(&["command", "path"]).or_else(|| node.get("command"));
    let arguments = node.get("args").or_else(|| node.at(&["command", "args"]));
    let address =
        ["url", "serverUrl", "httpUrl", "server_url"].iter().find_map(|key| node.text_at(&[key]));
    let location = match (command.and_then(Node::text), address) {
        (Some(command), _) => launched(command, arguments),
        (None, Some(address)) if address.starts_with("https://") => {
            without_query(address).parse().ok()
        }
        (None, Some(_)) => None,
        (None, None) => return,
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
fn launched(command: &str, arguments: Option<&Node>) -> Option<Location> {
    let program = command.rsplit(['/', '\\']).next().unwrap_or(command);
    let mut words = vec![program.to_owned()];
    let arguments = arguments.map(Node::words).unwrap_or_default();
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
    for (_, word) in arguments {
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
