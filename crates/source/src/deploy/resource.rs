//! Resources of clouds that files declare: Bicep and Terraform line by line, templates of ARM and CloudFormation as trees.

use coseal_core::{fact::AssetKind, finding::Confidence};

use super::{
    product::{self, Named},
    shell::Word,
    told::Told,
};
use crate::{
    node::Node,
    settings::pair::{Context, tell as tell_pair},
};

/// Lines and open blocks beyond this many are not read.
const MAX_LINES: usize = 20_000;
const MAX_OPEN: usize = 64;
/// Resources nested deeper are not looked at.
const MAX_DEPTH: usize = 12;
/// Letters of the longest text that is kept of one instruction.
const MAX_INSTRUCTION: usize = 64 << 10;

/// Which language the lines are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// `resource name 'Type@version' = { key: 'value' }`.
    Bicep,
    /// `resource "type" "name" { key = "value" }`.
    Terraform,
}

/// What the blocks of a file declare.
pub(crate) fn lines(text: &str, language: Language, told: &mut Told<'_>) {
    let mut reader = Reader { language, open: Vec::new(), instruction: None };
    for (line, number) in text.lines().zip(1_u32..).take(MAX_LINES) {
        reader.line(line, number, told);
    }
}

struct Reader {
    language: Language,
    /// What the blocks that are open are called: the type of a resource, the name of a variable, a key.
    open: Vec<String>,
    /// A text over several lines: how it ends, its key, its first line, and what was read of it.
    instruction: Option<(String, String, u32, String)>,
}

impl Reader {
    fn line(&mut self, line: &str, number: u32, told: &mut Told<'_>) {
        if self.inside_text(line, told) {
            return;
        }
        let line = line.trim();
        if line.starts_with('#') || line.starts_with("//") {
            return;
        }
        let head = self.head(line, number, told);
        if let Some((key, value)) = self.pair(line) {
            self.value(&key, value, number, told);
        }
        self.nest(line, head);
    }

    /// A line of a text over several lines; its last line tells it.
    fn inside_text(&mut self, line: &str, told: &mut Told<'_>) -> bool {
        let Some((end, key, start, text)) = &mut self.instruction else { return false };
        if line.trim().starts_with(end.as_str()) {
            instruction(key, text, *start, told);
            self.instruction = None;
        } else if text.len() + line.len() < MAX_INSTRUCTION {
            text.push_str(line);
            text.push('\n');
        }
        true
    }

    /// What the line declares: the type of a resource, the name of a variable. A resource of a known product is told.
    fn head(&self, line: &str, number: u32, told: &mut Told<'_>) -> Option<String> {
        let mut words = line.split_whitespace();
        let first = words.next()?;
        let quote = if self.language == Language::Bicep { '\'' } else { '"' };
        let mut quoted = line.split(quote).skip(1).step_by(2);
        match (self.language, first) {
            (_, "resource" | "module") | (Language::Terraform, "data") => {
                let of = quoted.next()?.to_owned();
                let existing = first == "data" || line.contains(" existing ");
                if let Some(named) = product::of_resource(&of).filter(|_| !existing) {
                    told.product(named, number, None, sure(named));
                }
                let name = quoted.next().filter(|_| self.language == Language::Terraform);
                Some(name.map_or_else(|| of.clone(), |name| format!("{of} {name}")))
            }
            (Language::Terraform, "variable") => quoted.next().map(str::to_owned),
            _ => None,
        }
    }

    /// `key: 'value'`, `key = "value"`, `param key string = 'value'`: a key and the text behind it.
    fn pair<'a>(&self, line: &'a str) -> Option<(String, &'a str)> {
        let param = line.strip_prefix("param ").or_else(|| line.strip_prefix("var "));
        let (key, value) = match (self.language, param) {
            (Language::Bicep, Some(rest)) => rest.split_once('=')?,
            (Language::Bicep, None) => line.split_once(':')?,
            (Language::Terraform, _) => line.split_once('=')?,
        };
        let key = key.split_whitespace().next()?.trim_matches(['"', '\'']);
        let plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        plain.then(|| (key.to_owned(), value.trim()))
    }

    fn value(&mut self, key: &str, value: &str, number: u32, told: &mut Told<'_>) {
        if let Some(end) = value.strip_prefix("<<") {
            let end = end.trim_start_matches('-').trim().to_owned();
            self.instruction = Some((end, key.to_owned(), number, String::new()));
            return;
        }
        let quote = if self.language == Language::Bicep { '\'' } else { '"' };
        let Some(text) = value.strip_prefix(quote).and_then(|rest| rest.split(quote).next()) else {
            return;
        };
        let above = self.open.last().map_or("", String::as_str);
        if text.contains("${") && !text.contains("::foundation-model/") {
            return;
        }
        let resource = self.open.iter().find(|name| is_agent(name)).is_some();
        match key {
            "name" | "agentName" | "agent_name" if resource && self.open.len() == 1 => {
                told.asset(AssetKind::Agent, text, number, Confidence::High);
            }
            "instruction" | "instructions" => instruction(key, text, number, told),
            // The value that a variable has where nobody sets another.
            "default" => tell_pair(told, above, of_address(text), number, &Context::default()),
            "name" if above == "model" => {
                let context = Context::default().below(self.provider());
                tell_pair(told, "llm_model", text, number, &context);
            }
            _ => tell_pair(told, key, of_address(text), number, &Context::default()),
        }
    }

    /// Whose models the resource around deploys.
    fn provider(&self) -> &'static str {
        let of = self.open.iter().any(|name| name.to_ascii_lowercase().contains("bedrock"));
        if of { "bedrock" } else { "azure openai" }
    }

    /// Opens and closes blocks.
    fn nest(&mut self, line: &str, head: Option<String>) {
        let mut quoted = None;
        let key =
            || line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        let mut named = Some(head.unwrap_or_else(|| key().to_owned()));
        for symbol in line.chars() {
            match (symbol, quoted) {
                ('"' | '\'', None) => quoted = Some(symbol),
                (_, Some(quote)) if symbol == quote => quoted = None,
                ('{' | '[', None) if self.open.len() < MAX_OPEN => {
                    self.open.push(named.take().unwrap_or_default());
                }
                ('}' | ']', None) => drop(self.open.pop()),
                _ => {}
            }
        }
    }
}

/// `arn:aws:bedrock:REGION::foundation-model/ID` names a model by its id.
fn of_address(text: &str) -> &str {
    let marks = ["::foundation-model/", ":inference-profile/"];
    marks.iter().find_map(|mark| text.split_once(mark)).map_or(text, |(_, id)| id.trim())
}

/// What systems without AI have too is in a file of its own as often as not, and counts all the same.
fn sure(named: Named) -> Confidence {
    if named.1.generic { Confidence::Low } else { Confidence::High }
}

fn is_agent(name: &str) -> bool {
    let kind = name.split(' ').next().unwrap_or_default();
    matches!(kind, "aws_bedrockagent_agent" | "awscc_bedrock_agent" | "AWS::Bedrock::Agent")
}

fn instruction(key: &str, text: &str, line: u32, told: &mut Told<'_>) {
    let says = key.contains("instruction") || key.contains("prompt");
    if says && text.len() >= 40 && text.split_whitespace().count() > 5 {
        told.prompt(&format!("{key}-{line}"), text, line, Some("system"));
    }
}

/// What a template of ARM or CloudFormation declares; false if the document is none.
pub(crate) fn template(document: &Node, told: &mut Told<'_>) -> bool {
    let schema = document.text_at(&["$schema"]).unwrap_or_default();
    if schema.contains("deploymentTemplate.json") {
        for pair in document.get("parameters").map(Node::pairs).unwrap_or_default() {
            if let Some(value) = pair.node.text_at(&["defaultValue"]) {
                tell_pair(told, &pair.key, value, pair.line, &Context::default());
            }
        }
        arm(document, 0, told);
        return true;
    }
    let resources = document.get("Resources").map(Node::pairs).unwrap_or_default();
    let of_amazon = |node: &Node| node.text_at(&["Type"]).is_some_and(|of| of.starts_with("AWS::"));
    if !resources.iter().any(|pair| of_amazon(&pair.node)) {
        return false;
    }
    for pair in resources.iter().take(2_000) {
        formation(&pair.node, pair.line, told);
    }
    true
}

fn arm(node: &Node, depth: usize, told: &mut Told<'_>) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(pair) = node.pair("type")
        && let Some(named) = pair.node.text().and_then(product::of_resource)
    {
        told.product(named, pair.line, None, sure(named));
    }
    if let Some(name) = node.at(&["properties", "model", "name"])
        && let Some(text) = name.text().filter(|text| !text.starts_with('['))
    {
        tell_pair(told, "llm_model", text, name.line, &Context::default().below("azure openai"));
    }
    for pair in node.pairs() {
        if matches!(&*pair.key, "resources" | "properties" | "template") {
            arm(&pair.node, depth + 1, told);
        }
    }
    for item in node.items().iter().chain(node.pairs().iter().map(|pair| &pair.node)).take(2_000) {
        if item.get("type").is_some() {
            arm(item, depth + 1, told);
        }
    }
}

fn formation(node: &Node, line: u32, told: &mut Told<'_>) {
    let of = node.text_at(&["Type"]).unwrap_or_default();
    if let Some(named) = product::of_resource(of) {
        told.product(named, line, None, sure(named));
    }
    let Some(properties) = node.get("Properties") else { return };
    if is_agent(of)
        && let Some(name) = properties.get("AgentName").and_then(Node::text)
    {
        told.asset(AssetKind::Agent, name, line, Confidence::High);
    }
    if let Some(text) = properties.pair("Instruction")
        && let Some(said) = text.node.text()
    {
        instruction("instruction", said, text.line, told);
    }
    for key in ["FoundationModel", "ModelId", "EmbeddingModelArn"] {
        if let Some(pair) = properties.pair(key)
            && let Some(text) = pair.node.text()
        {
            let word = Word::new(of_address(text), pair.line);
            tell_pair(
                told,
                "model_id",
                &word.text,
                word.line,
                &Context::default().below("bedrock"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deploy::in_file;

    fn told(name: &str, text: &str) -> Vec<String> {
        let found = in_file(name, text).assets;
        found
            .iter()
            .map(|asset| format!("{} {} {}", asset.kind.word(), asset.name, asset.seen[0].line))
            .collect()
    }

    #[test]
    fn bicep_declares_services_and_their_models() {
        let text = "param chatModelName string = 'gpt-4o-mini'\nresource ai 'Microsoft.CognitiveServices/accounts@2024-10-01' = {\n  kind: 'OpenAI'\n}\nresource old 'Microsoft.Search/searchServices@2023-11-01' existing = {\n}\nmodule search 'br/public:avm/res/search/search-service:0.7.1' = {\n}\nresource chat 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {\n  name: 'chat'\n  properties: {\n    model: {\n      format: 'OpenAI'\n      name: 'text-embedding-3-large'\n    }\n  }\n}\n";
        assert_eq!(
            told("infra/main.bicep", text),
            [
                "model gpt-4o-mini 1",
                "model text-embedding-3-large 14",
                "store azure-ai-search 7",
                "service azure 2"
            ]
        );
    }

    #[test]
    fn terraform_declares_agents_with_their_instructions() {
        let text = "variable \"chat_model\" {\n  default = \"gpt-4o\"\n}\nresource \"aws_bedrockagent_agent\" \"desk\" {\n  agent_name = \"desk\"\n  foundation_model = \"anthropic.claude-3-haiku-20240307-v1:0\"\n  instruction = <<-EOT\n    Answer the customers of the shop, and name the price of each of the goods.\n  EOT\n}\nresource \"azurerm_cognitive_deployment\" \"m\" {\n  model {\n    name = \"gpt-4.1\"\n  }\n}\n";
        assert_eq!(
            told("main.tf", text),
            [
                "model anthropic.claude-3-haiku-20240307-v1:0 6",
                "model gpt-4.1 13",
                "model gpt-4o 2",
                "prompt main.tf#instruction-7 7",
                "agent desk 5",
                "service azure 11",
                "service bedrock 4"
            ]
        );
    }

    #[test]
    fn templates_of_clouds_are_trees() {
        let arm = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "parameters": {"chatModelName": {"defaultValue": "gpt-4o"}},
            "resources": [{"type": "Microsoft.Search/searchServices", "name": "x"}]}"#;
        assert_eq!(told("azuredeploy.json", arm), ["model gpt-4o 2", "store azure-ai-search 3"]);
        let formation = "Resources:\n  Desk:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      AgentName: desk\n      FoundationModel: anthropic.claude-3-haiku-20240307-v1:0\n";
        assert_eq!(
            told("stack.yaml", formation),
            ["model anthropic.claude-3-haiku-20240307-v1:0 6", "agent desk 2", "service bedrock 2"]
        );
    }
}
