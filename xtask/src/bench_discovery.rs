//! Discovery over a repository of 200,000 lines, beside reading and hashing the same files, and beside parsing its Python.

use std::{fs, io, path::Path};

use crate::{
    bench::measured,
    workspace::{command, run as run_command},
};

/// Files of each language, and lines of each file.
const PYTHON: usize = 600;
const SCRIPT: usize = 250;
const YAML: usize = 100;
const JSON: usize = 50;
const LINES: usize = 200;

pub(crate) fn run(coseal: &str, target: &Path) -> Result<(), String> {
    run_command(command("cargo").args([
        "build",
        "--release",
        "--locked",
        "--quiet",
        "-p",
        "coseal-source",
        "--example",
        "discovery_peers",
    ]))?;
    let folder = target.join("bench/repository");
    drop(fs::remove_dir_all(&folder));
    let lines = repository(&folder).map_err(|error| format!("failed to write: {error}"))?;
    let (folder, peers) =
        (folder.to_string_lossy(), target.join("release/examples/discovery_peers"));
    let peers = peers.to_string_lossy();

    println!("user + system seconds, least of several; wall seconds; peak memory");
    let (found, _) = measured(
        &format!("coseal assets, {lines} lines"),
        coseal,
        &["assets", "--all", "--quiet", &folder],
    )?;
    let (digest, _) = measured("read and SHA-256 of each file", &peers, &["digest", &folder])?;
    let (parse, _) = measured("parse of its Python", &peers, &["parse", &folder])?;
    println!("coseal assets: {:.0} lines a second of processor time", lines as f64 / found);
    println!("assets : SHA-256 = {:.2}", found / digest);
    println!("assets : parse of the Python alone = {:.2}", found / parse);
    Ok(())
}

/// Writes the repository; how many lines it has.
fn repository(folder: &Path) -> io::Result<usize> {
    let mut lines = 0;
    for (count, suffix, text) in [
        (PYTHON, "py", python as fn(usize) -> String),
        (SCRIPT, "ts", script),
        (YAML, "yaml", yaml),
        (JSON, "json", json),
    ] {
        for index in 0..count {
            let inner = folder.join(format!("{suffix}/part_{}", index / 20));
            fs::create_dir_all(&inner)?;
            let text = text(index);
            lines += text.lines().count();
            fs::write(inner.join(format!("module_{index}.{suffix}")), text)?;
        }
    }
    Ok(lines)
}

/// Blocks after a head until there are enough lines.
fn filled(head: String, block: impl Fn(usize) -> String) -> String {
    let mut text = head;
    let mut count = text.lines().count();
    for number in 0.. {
        if count >= LINES {
            break;
        }
        let block = block(number);
        count += block.lines().count();
        text.push_str(&block);
    }
    text
}

/// Every third file uses models; what it asks for is in a module of settings.
fn python(index: usize) -> String {
    let uses = index.is_multiple_of(3);
    let head = if uses {
        format!(
            "\"\"\"Answers questions about topic {index}.\"\"\"\nimport os\nimport logging\n\nfrom openai import OpenAI\n\
             from .module_{} import LIMIT_0 as LIMIT\n\nlogger = logging.getLogger(__name__)\nclient = OpenAI()\n\
             MODEL = os.getenv(\"MODEL_{index}\", \"gpt-4o-mini\")\nSYSTEM_PROMPT = \"\"\"You answer questions about topic {index},\n\
             in one sentence, and name the source.\"\"\"\n\n",
            index + 1
        )
    } else {
        format!(
            "\"\"\"Orders of region {index}.\"\"\"\nimport json\nimport logging\nfrom dataclasses import dataclass\n\nlogger = logging.getLogger(__name__)\n\n"
        )
    };
    filled(head, |number| {
        let ask = format!(
            "\ndef ask_{number}(question: str, context: list[str] | None = None) -> str:\n    \"\"\"Asks about part {number}.\"\"\"\n    \
             messages = [\n        {{\"role\": \"system\", \"content\": SYSTEM_PROMPT}},\n        {{\"role\": \"user\", \"content\": question}},\n    ]\n    \
             if context:\n        messages.append({{\"role\": \"user\", \"content\": \"\\n\".join(context[:LIMIT])}})\n    \
             answer = client.chat.completions.create(model=MODEL, messages=messages, temperature=0.{number})\n    \
             logger.info(\"asked %s of %d\", question, {number})\n    return answer.choices[0].message.content\n"
        );
        let plain = format!(
            "\nLIMIT_{number} = {number}\n\n\n@dataclass\nclass Order{number}:\n    name: str\n    amount: int = {number}\n    labels: list[str] | None = None\n\n    \
             def total(self, rate: float = 1.{number}) -> float:\n        if self.amount > LIMIT_{number}:\n            logger.warning(\"large: %s\", self.name)\n        \
             return round(self.amount * rate, 2)\n\n    def as_json(self) -> str:\n        return json.dumps({{\"name\": self.name, \"amount\": self.amount, \"total\": self.total()}})\n\n\n\
             def orders_{number}(rows):\n    found = [Order{number}(row[\"name\"], int(row[\"amount\"])) for row in rows if row.get(\"name\")]\n    \
             return sorted(found, key=lambda order: order.total())\n"
        );
        if uses && number < 6 { ask } else { plain }
    })
}

fn script(index: usize) -> String {
    let head = if index.is_multiple_of(3) {
        format!(
            "import {{ openai }} from \"@ai-sdk/openai\";\nimport {{ generateText, tool }} from \"ai\";\nimport {{ z }} from \"zod\";\n\n\
             export const find{index} = tool({{\n  description: \"Finds orders of part {index}\",\n  inputSchema: z.object({{ name: z.string() }}),\n  \
             execute: async ({{ name }}) => fetch(`/orders/${{name}}`).then((r) => r.json()),\n}});\n\n\
             export async function answer(question: string) {{\n  const {{ text }} = await generateText({{\n    model: openai(\"gpt-4o\"),\n    \
             system: \"You are a clerk of part {index} and answer in one sentence.\",\n    prompt: question,\n    tools: {{ find: find{index} }},\n  }});\n  return text;\n}}\n"
        )
    } else {
        "import React, { useState } from \"react\";\nimport { format } from \"../lib/format\";\n"
            .to_owned()
    };
    filled(head, |number| {
        format!(
            "\nexport interface Row{number} {{\n  id: string;\n  amount: number;\n  labels?: string[];\n}}\n\n\
             export function View{number}({{ rows }}: {{ rows: Row{number}[] }}) {{\n  const [open, setOpen] = useState(false);\n  \
             const total = rows.reduce((sum, row) => sum + row.amount * {number}, 0);\n  const shown = open ? rows : rows.slice(0, {number});\n  \
             const label = `${{format(total)}} of ${{rows.length}} rows`;\n  return {{ label, shown, toggle: () => setOpen(!open) }};\n}}\n"
        )
    })
}

fn yaml(index: usize) -> String {
    filled(
        format!("# settings of part {index}\nllm:\n  provider: openai\n  model: gpt-4o\n"),
        |number| {
            format!(
                "service_{number}:\n  image: example/service-{index}:{number}.0\n  ports:\n    - \"80{number}:80\"\n  environment:\n    LEVEL: info\n    LIMIT: {number}\n"
            )
        },
    )
}

fn json(index: usize) -> String {
    let text = filled(
        format!("{{\n\"name\": \"part-{index}\",\n\"model\": \"gpt-4o-mini\""),
        |number| {
            format!(
                ",\n\"rule_{number}\": {{\n  \"id\": {number},\n  \"url\": \"https://example.com/{index}/{number}\",\n  \"values\": [1, 2, 3]\n}}"
            )
        },
    );
    text + "\n}\n"
}
