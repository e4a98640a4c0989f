//! The literal lines of `pom.xml` and of Gradle's build files. Neither is run.

use std::collections::BTreeMap;

use super::named::{Lines, Named, Package, number};

const CONFIGURATIONS: [&str; 8] = [
    "implementation",
    "api",
    "compile",
    "compileOnly",
    "runtimeOnly",
    "testImplementation",
    "testCompile",
    "testRuntimeOnly",
];

/// Packages of a `pom.xml`: `group:artifact`, versions from its own properties filled in.
pub(super) fn read_pom(text: &str) -> Named {
    let properties: BTreeMap<&str, &str> =
        inside(text, "properties").into_iter().flat_map(|(_, block)| leaves(block)).collect();
    let lines = Lines::of(text);
    let mut named = Named::default();
    for (at, block) in inside(text, "dependency") {
        let fields: BTreeMap<&str, &str> = leaves(block).into_iter().collect();
        let (Some(group), Some(artifact)) = (fields.get("groupId"), fields.get("artifactId"))
        else {
            continue;
        };
        let written = fields.get("version").copied().unwrap_or_default();
        let property = written.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        let wants = property.and_then(|name| properties.get(name).copied()).unwrap_or(written);
        let name = format!("{group}:{artifact}");
        let mut package = Package::new(lines.at(at), &name, wants, is_exact(wants));
        package.development = fields.get("scope").is_some_and(|scope| *scope == "test");
        named.packages.push(package);
    }
    named
}

/// Packages of a Gradle build file that stand there as `configuration 'group:artifact:version'`.
pub(super) fn read_gradle(text: &str) -> Named {
    let mut named = Named::default();
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        let Some(name) = CONFIGURATIONS
            .iter()
            .find(|name| line.strip_prefix(*name).is_some_and(|rest| rest.starts_with([' ', '('])))
        else {
            continue;
        };
        let Some(quoted) = line.split(['"', '\'']).nth(1) else { continue };
        let parts: Vec<&str> = quoted.split(':').take(4).collect();
        let ([group, artifact], wants) = match parts.as_slice() {
            [group, artifact] => ([*group, *artifact], ""),
            [group, artifact, version, ..] => ([*group, *artifact], *version),
            _ => continue,
        };
        let name_of = format!("{group}:{artifact}");
        let mut package = Package::new(number(place), &name_of, wants, is_exact(wants));
        package.development = name.starts_with("test");
        named.packages.push(package);
    }
    named
}

fn is_exact(version: &str) -> bool {
    let moving = ["SNAPSHOT", "LATEST", "RELEASE", "latest.", "+", "$", "[", "(", ","];
    version.contains(|c: char| c.is_ascii_digit())
        && !moving.iter().any(|mark| version.contains(mark))
}

/// What stands between `<name>` and `</name>`, with its place; comments are not left out.
fn inside<'a>(text: &'a str, name: &str) -> Vec<(usize, &'a str)> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((before, rest)) = text.get(from..).and_then(|rest| rest.split_once(&open)) {
        let Some((block, _)) = rest.split_once(&close) else { break };
        let at = from.saturating_add(before.len());
        from = at.saturating_add(open.len() + block.len() + close.len());
        found.push((at, block));
    }
    found
}

/// `<name>text</name>` pairs without further elements in them.
fn leaves(block: &str) -> Vec<(&str, &str)> {
    block
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .filter(|(name, _)| !name.starts_with(['/', '!', '?']))
        .map(|(name, text)| (name.trim(), text.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{read_gradle, read_pom};

    #[test]
    fn reads_a_pom_with_its_properties() {
        let named = read_pom(
            "<project><properties><v>1.2.3</v></properties>\n<dependencies>\n<dependency><groupId>dev.langchain4j</groupId>\
             <artifactId>langchain4j</artifactId><version>${v}</version></dependency>\n<dependency><groupId>a</groupId>\
             <artifactId>b</artifactId><version>[1,2)</version><scope>test</scope></dependency></dependencies></project>",
        );
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.wants.as_str(), p.exact, p.development))
            .collect();
        assert_eq!(
            told,
            [
                (3, "dev.langchain4j:langchain4j", "1.2.3", true, false),
                (4, "a:b", "[1,2)", false, true)
            ]
        );
    }

    #[test]
    fn reads_literal_lines_of_gradle() {
        let named = read_gradle(
            "dependencies {\n  implementation 'a.b:c:1.0'\n  api(\"d:e:1.+\")\n  testImplementation \"f:g\"\n  implementation libs.x\n}\n",
        );
        let told: Vec<_> = named
            .packages
            .iter()
            .map(|p| (p.line, p.name.as_str(), p.exact, p.development))
            .collect();
        assert_eq!(
            told,
            [(2, "a.b:c", true, false), (3, "d:e", false, false), (4, "f:g", false, true)]
        );
    }
}
