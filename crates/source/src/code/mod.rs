//! What code shows: files are read into facts of our own (`ir`), names are followed to where they are set, and tables say
//! which calls show which assets.

mod assets;
mod elsewhere;
mod entry;
mod graphs;
mod index;
mod ir;
mod known;
mod project;
mod python;
mod read;
mod resolve;
mod running;
mod script;
mod steps;
#[cfg(test)]
mod ways;

pub(crate) use assets::{digest_of, is_optional, is_whisper, opens_as_prompt};
pub(crate) use known::{
    addresses,
    datasets::{is_data_path, is_tool_of_text},
    hosted::prefixed,
};

use std::collections::{BTreeMap, BTreeSet};

use coseal_core::{
    fact::{Asset, AssetKind, Kind, Pin},
    outcome::Gap,
    tree::{Walk, read_text},
};

use crate::discover::{Discovered, is_prompt, text_prompts};

/// Prompts that are files of their own beyond this many have no digest.
const MAX_FILES: usize = 10_000;

/// What the code of a folder shows. `hosted` are the names of hosted models that the catalogue knows.
pub(crate) fn discover(walk: &Walk, hosted: &[(&str, Pin)]) -> Discovered {
    let code = read::code(walk);
    let project = project::Project::new(code.modules);
    let files: BTreeSet<&str> = walk.files.iter().map(|file| file.name.as_str()).collect();
    let pins: BTreeMap<&str, Pin> = hosted.iter().copied().collect();
    let running = running::files(&project, &entry::words(walk));
    let mut look = assets::Look {
        project: &project,
        files: &files,
        running: &running,
        hosted: &pins,
        found: Vec::new(),
    };
    assets::assets(&mut look);
    let mut found = look.found;
    let mut gaps = code.gaps;
    gaps.extend(project.steps.gaps(&project.modules));
    if found.len() >= assets::MAX_FOUND {
        let why = format!("it shows more than {} assets", assets::MAX_FOUND);
        gaps.push(Gap { what: "code".into(), why });
    }
    graphs::name(walk, &mut found);
    found.extend(graphs::assets(walk));
    found.extend(elsewhere::assets(walk, hosted));
    found.extend(text_prompts(walk));
    measure_files(walk, &mut found);
    Discovered { assets: found, gaps, ..Discovered::default() }
}

/// The digests of prompts that are files which code reads, as far as they can be read.
fn measure_files(walk: &Walk, found: &mut [Asset]) {
    let files: BTreeMap<&str, &coseal_core::tree::FileEntry> =
        walk.files.iter().map(|file| (file.name.as_str(), file)).collect();
    let unmeasured = |asset: &&mut Asset| asset.kind == AssetKind::Prompt && asset.digest.is_none();
    for asset in found.iter_mut().filter(unmeasured).take(MAX_FILES) {
        let text = files.get(asset.name.as_str()).and_then(|file| read_text(&file.path).ok());
        asset.digest = text.map(|text| digest_of(&text));
    }
}

/// What one file of code shows by itself, unjoined.
///
/// # Errors
/// A lower-case fragment that says why it is not read: it is of no language that is read, nests too deep or holds too much.
pub fn of_text(path: &str, text: &str) -> Result<Vec<Asset>, &'static str> {
    let project = project::Project::new(vec![read::one(path, text)?]);
    let (files, hosted, running) = (BTreeSet::from([path]), BTreeMap::new(), BTreeSet::new());
    let mut look = assets::Look {
        project: &project,
        files: &files,
        running: &running,
        hosted: &hosted,
        found: Vec::new(),
    };
    assets::assets(&mut look);
    Ok(look.found)
}

/// The files of code that are looked at.
pub(crate) fn searched(walk: &Walk) -> BTreeMap<Kind, BTreeSet<String>> {
    let wanted = |name: &str| {
        read::is_code(name) || read::may_be_program(name) || is_prompt(name) || entry::is_read(name)
    };
    let files = walk.files.iter().filter(|file| wanted(&file.name));
    BTreeMap::from([(Kind::Asset, files.map(|file| file.name.clone()).collect())])
}

#[cfg(test)]
mod tests {
    use coseal_core::{
        fact::{AssetKind, Pin},
        tree::Tree,
    };

    use super::{discover, of_text};

    /// The assets of some kinds in a text, as `kind name location`.
    fn shown(path: &str, text: &str, kinds: &[AssetKind]) -> Vec<String> {
        let found = of_text(path, text).unwrap();
        let mut lines: Vec<_> = found
            .iter()
            .filter(|asset| kinds.contains(&asset.kind))
            .map(|asset| {
                let location = asset.location.as_ref().map(ToString::to_string);
                let choice = if asset.optional { " ?" } else { "" };
                format!("{} {}{choice}", asset.name, location.unwrap_or_default())
            })
            .collect();
        lines.sort();
        lines.dedup();
        lines
    }

    const MODELS: &[AssetKind] = &[AssetKind::Model, AssetKind::Adapter];

    #[test]
    fn models_are_followed_to_where_they_are_set() {
        let hosted = "gpt-4o api:openai/gpt-4o";
        let hub = "someone/thing hf:someone/thing";
        for (text, wanted) in [
            (
                "import os\nfrom langchain_openai import ChatOpenAI as C\nC(model=os.getenv('M', 'gpt-4o'))",
                hosted,
            ),
            (
                "from openai import OpenAI\nc = OpenAI()\nkw = {'model': 'gpt-4o'}\nc.chat.completions.create(**kw)",
                hosted,
            ),
            (
                "class S(BaseSettings):\n    x: str = Field(default='gpt-4o')\ns = S()\nc.chat.completions.create(model=s.x)",
                hosted,
            ),
            ("import litellm\nlitellm.completion('openai/gpt-4o')", hosted),
            (
                "from transformers import AutoModel\nN = 'someone/thing'\nAutoModel.from_pretrained(N)",
                hub,
            ),
            (
                "import transformers as t\nclass A:\n    def __init__(self, m='someone/thing'):\n        self.m = m\n    def f(self):\n        t.AutoModel.from_pretrained(self.m)",
                hub,
            ),
            (
                "from transformers import pipeline\ndef f(q):\n    return pipeline('x', q)\nf('someone/thing')",
                hub,
            ),
            (
                "p.add_argument('--the-q', default='someone/thing')\na = p.parse_args()\nx.from_pretrained(a.the_q)",
                hub,
            ),
            ("o = 'someone'\nx.from_pretrained(f'{o}/thing')", hub),
            (
                "x.from_pretrained('someone/thing', revision='main')",
                "someone/thing hf:someone/thing@main",
            ),
            (
                "from langchain_ollama import ChatOllama\nChatOllama(model='llama3:8b')",
                "llama3:8b oci:registry.ollama.ai/library/llama3:8b",
            ),
            (
                "for m in ['gpt-4o']:\n    c.chat.completions.create(model=m)",
                "gpt-4o api:openai/gpt-4o ?",
            ),
        ] {
            assert!(
                shown("a.py", text, MODELS).contains(&wanted.to_owned()),
                "{text}\n{:?}",
                shown("a.py", text, MODELS)
            );
        }
    }

    #[test]
    fn hosts_lists_and_defaults_tell_models() {
        for (text, wanted) in [
            (
                "URL = 'https://api.upstage.ai/v1'\nDEFAULT_MODEL = 'solar-pro'",
                "solar-pro api:upstage/solar-pro",
            ),
            ("models = ['gpt-4o', 'gpt-4']", "gpt-4o api:openai/gpt-4o"),
            ("models = ['gpt-4o', 'gpt-4']", "gpt-4 api:openai/gpt-4 ?"),
            (
                "M = ['someone/a1', 'someone/b1']\nx.from_pretrained(M[1])",
                "someone/b1 hf:someone/b1",
            ),
            (
                "from sentence_transformers import SentenceTransformer\nc = {'Model': Setting(value='all-MiniLM-L6-v2')}",
                "all-MiniLM-L6-v2 hf:sentence-transformers/all-MiniLM-L6-v2",
            ),
        ] {
            let found = shown("a.py", text, MODELS);
            assert!(found.contains(&wanted.to_owned()), "{text}\n{found:?}");
        }
        assert!(shown("a.py", "DEFAULT_MODEL = 'solar-pro'", MODELS).is_empty());
        assert!(shown("a.py", "c = {'Model': Setting(value='gpt2')}", MODELS).is_empty());
    }

    #[test]
    fn services_are_told_by_addresses_keywords_and_settings() {
        let text = "import os\nURL = 'https://api.voyageai.com/v1?key=secret'\n\
                    TrainingArguments(report_to='wandb' if use else None)\nos.environ['LANGSMITH_TRACING'] = 'true'\n";
        assert_eq!(
            shown("a.py", text, &[AssetKind::Service]),
            ["langsmith ", "voyageai https://api.voyageai.com/v1", "wandb "]
        );
        let gateway = "import { gateway } from '@ai-sdk/gateway'\ngateway.languageModel('anthropic/claude-haiku-4.5')\n";
        assert_eq!(shown("a.ts", gateway, &[AssetKind::Service]), ["vercel-ai-gateway "]);
    }

    #[test]
    fn databases_are_told_by_their_addresses() {
        for (text, wanted) in [
            (
                "from sqlalchemy import create_engine\ncreate_engine('postgresql+psycopg://a@b/c')",
                &["postgres "][..],
            ),
            ("from sqlalchemy import create_engine\ncreate_engine('sqlite:///x.db')", &[]),
            (
                "from sqlalchemy.ext.asyncio import create_async_engine\nimport pgvector\ncreate_async_engine(url)",
                &["postgres "],
            ),
        ] {
            assert_eq!(shown("a.py", text, &[AssetKind::Store]), wanted, "{text}");
        }
    }

    #[test]
    fn what_a_user_says_counts_when_it_instructs() {
        let long = "Answer in one sentence and name your source. ".repeat(6);
        let text = format!(
            "def f(q):\n    ask([{{'role': 'user', 'content': f'Email to notify the user about, as it came in: {{q}}'}}])\n\
             def g(q):\n    ask([{{'role': 'user', 'content': f'{long}{{q}}'}}])\n\
             def h(q):\n    ask([{{'role': 'system', 'content': 'You are a clerk of a small shop.'}}, {{'role': 'user', 'content': f'{long}{{q}}'}}])\n\
             def report_prompt(q):\n    tone_prompt = f'Write all of it in the tone of a {{q}}, please.'\n    return f'{long}{{tone_prompt}}'\n"
        );
        assert_eq!(
            shown("a.py", &text, &[AssetKind::Prompt]),
            ["a.py#g.user path:a.py", "a.py#h.system path:a.py", "a.py#report_prompt path:a.py"]
        );
        let given =
            format!("class Prompts:\n    def curate(self, q):\n        return f'{long}{{q}}'\n");
        assert_eq!(shown("a.py", &given, &[AssetKind::Prompt]), ["a.py#Prompts.curate path:a.py"]);
    }

    #[test]
    fn tools_and_agents_by_how_they_are_registered() {
        let text = "class Server(Base):\n    def setup(self):\n        self.tool(find, name='shop-find', description='Finds')\n\
                    @tool\nclass Done(BaseModel):\n    'It is done.'\n    done: bool\n\
                    class StructuredTool(BaseTool):\n    def _run(self):\n        pass\n\
                    class WriterAgent:\n    def run(self):\n        return call_model(self.prompt)\n\
                    class TravelAgent(BaseModel):\n    name: str\n";
        assert_eq!(
            shown("a.py", text, &[AssetKind::Tool]),
            ["Done path:a.py", "shop-find path:a.py"]
        );
        assert_eq!(shown("a.py", text, &[AssetKind::Agent]), ["WriterAgent "]);
        let server = "class Shop(FastMCP):\n    def __init__(self, name: str = 'shop'):\n        super().__init__(name=name)\n";
        assert_eq!(shown("a.py", server, &[AssetKind::Mcp]), ["shop path:a.py"]);
        let factory = "import { tool } from 'ai'\nexport const createNote = ({ session }) =>\n  tool({ description: 'Notes', inputSchema: z.object({}), execute: async () => 1 })\n";
        assert_eq!(shown("a.ts", factory, &[AssetKind::Tool]), ["createNote path:a.ts"]);
    }

    #[test]
    fn mentions_are_no_models() {
        for text in [
            "# gpt-4o\n'gpt-4o is a model'",
            "if model == 'gpt-4o':\n    pass",
            "model.startswith('gpt-4o')",
            "x.from_pretrained('./out/model')",
            "x.from_pretrained(path)",
            "headers = {'content': 'text/html'}",
        ] {
            assert!(shown("a.py", text, MODELS).is_empty(), "{text}");
        }
    }

    #[test]
    fn scripts_show_models_tools_and_prompts() {
        let text = "import { openai } from '@ai-sdk/openai'\nimport { generateText, tool } from 'ai'\n\
                    const weather = tool({ description: 'Tells the weather', inputSchema: z.object({}), execute: async () => 1 })\n\
                    await generateText({ model: openai('gpt-4o'), system: 'You are a helpful assistant for sailors.', tools: { weather } })\n";
        assert_eq!(shown("a.ts", text, MODELS), ["gpt-4o api:openai/gpt-4o"]);
        assert_eq!(shown("a.ts", text, &[AssetKind::Tool]), ["weather path:a.ts"]);
        assert_eq!(shown("a.ts", text, &[AssetKind::Prompt]), ["a.ts#system path:a.ts"]);
    }

    #[test]
    fn prompts_tools_and_agents_of_python() {
        let text = "from crewai import Agent\nSYSTEM_PROMPT = \"\"\"You answer questions about orders, and nothing else.\"\"\"\n\
                    HTML_TEMPLATE = '<html> not a prompt at all, whatever its name says</html>'\n\
                    @tool\ndef refund(order: str):\n    'Refunds an order.'\n\
                    clerk = Agent(role='Clerk', goal='Answer each question of a customer', backstory='Long in the shop', tools=[refund])\n\
                    m = [{'role': 'system', 'content': 'You are a clerk of a small shop.'}, {'role': 'user', 'content': q}]\n";
        assert_eq!(
            shown("a.py", text, &[AssetKind::Prompt]),
            ["a.py#SYSTEM_PROMPT path:a.py", "a.py#clerk path:a.py", "a.py#system path:a.py"]
        );
        assert_eq!(shown("a.py", text, &[AssetKind::Tool]), ["refund path:a.py"]);
        assert_eq!(shown("a.py", text, &[AssetKind::Agent]), ["Clerk "]);
    }

    #[test]
    fn stores_services_data_and_servers() {
        let text = "import chromadb, wandb\nfrom mcp.server.fastmcp import FastMCP\nfrom datasets import load_dataset\n\
                    chromadb.PersistentClient(path='db')\nwandb.init()\nFastMCP('shop')\nload_dataset('someone/rows', revision='v1')\n";
        assert_eq!(shown("a.py", text, &[AssetKind::Store]), ["chroma "]);
        assert_eq!(shown("a.py", text, &[AssetKind::Service]), ["wandb "]);
        assert_eq!(shown("a.py", text, &[AssetKind::Mcp]), ["shop path:a.py"]);
        assert_eq!(
            shown("a.py", text, &[AssetKind::Dataset]),
            ["someone/rows hf:datasets/someone/rows@v1"]
        );
        assert_eq!(
            shown("a.py", text, &[AssetKind::Library]),
            ["chromadb ", "datasets ", "mcp ", "wandb "]
        );
    }

    #[test]
    fn constants_are_followed_across_the_modules_of_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("app/fixed.py", "WHICH = 'someone/thing'\n");
        write(
            "app/main.py",
            "from .fixed import WHICH\nfrom transformers import AutoModel\nAutoModel.from_pretrained(WHICH)\n",
        );
        write("tests/test_x.py", "x.from_pretrained('someone/other')\n");
        let walk = Tree::open(folder.path()).unwrap().walk();
        let found = discover(&walk, &[("gpt-4o", Pin::Alias)]);
        let models: Vec<_> = found.assets.iter().filter(|a| a.kind == AssetKind::Model).collect();
        let [told, other] = models.as_slice() else { panic!("{models:?}") };
        let places: Vec<_> = told.seen.iter().map(|s| (s.path.as_str(), s.line)).collect();
        assert_eq!(places, [("app/main.py", 3), ("app/fixed.py", 1)]);
        assert!(!told.optional && other.optional);
    }

    /// Whether what the file `demo/core.py` shows is optional, in a folder with these files beside it.
    fn is_aside(core: &str, files: &[(&str, &str)]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let script = core.ends_with("ts");
        let text = if script { "openai('gpt-4o')" } else { "import openai\nmodel = 'gpt-4o'\n" };
        for (name, text) in files.iter().chain(&[(core, text)]) {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let found = discover(&Tree::open(folder.path()).unwrap().walk(), &[]);
        found.assets.iter().find(|a| a.kind == AssetKind::Model).unwrap().optional
    }

    #[test]
    fn examples_that_the_system_imports_are_what_it_runs() {
        for files in [
            [("app.py", "from demo.core import go"), ("b.py", "")],
            [("app.py", "import demo.core as c"), ("b.py", "")],
            [("app.py", "from demo import core"), ("b.py", "")],
            [("app.py", "from demo.a import go"), ("demo/a.py", "from .core import go")],
            [("app.py", "from demo.a import go"), ("demo/a.py", "from . import core")],
            [("src/x/app.py", "from ...demo.core import go"), ("b.py", "")],
            [("app.py", "import importlib\nimportlib.import_module('demo.core')"), ("b.py", "")],
            [("app.py", "uvicorn.run('demo.core:app')"), ("b.py", "")],
            [("app.py", "exec(open('demo/core.py').read())"), ("b.py", "")],
            [("Dockerfile", "FROM x\nCOPY demo/ /srv/demo\n"), ("b.py", "")],
            [
                ("Dockerfile", "FROM x\nCOPY . .\nCMD [\"python\", \"/app/demo/core.py\"]\n"),
                ("b.py", ""),
            ],
            [("Dockerfile", "FROM x\nCMD uvicorn \\\n  demo.core:app\n"), ("b.py", "")],
            [
                ("compose.yml", "services: {a: {image: b, command: python -m demo.core}}"),
                ("b.py", ""),
            ],
            [("Procfile", "web: gunicorn demo.core:app"), ("b.py", "")],
            [("pyproject.toml", "[project.scripts]\nx = \"demo.core:main\"\n"), ("b.py", "")],
        ] {
            assert!(!is_aside("demo/core.py", &files), "{files:?}");
        }
        for files in [
            [("web/app.ts", "import { go } from '../examples/core'"), ("b.ts", "")],
            [("web/app.ts", "const { go } = require('../examples/core.js')"), ("b.ts", "")],
            [("web/app.ts", "const x = await import('../examples/core')"), ("b.ts", "")],
            [("web/app.ts", "export * from '../examples/core'"), ("b.ts", "")],
            [("web/app.ts", "export { go as x } from '../examples/core'"), ("b.ts", "")],
            [("package.json", r#"{"main": "./examples/core.ts"}"#), ("b.ts", "")],
            [("package.json", r#"{"scripts": {"start": "tsx examples/core.ts"}}"#), ("b.ts", "")],
        ] {
            assert!(!is_aside("examples/core.ts", &files), "{files:?}");
        }
    }

    #[test]
    fn examples_that_nothing_runs_stay_aside() {
        for files in [
            [("app.py", "x = 1"), ("demo/a.py", "from .core import go")],
            [("tests/test_a.py", "from demo.core import go"), ("b.py", "")],
            [("Dockerfile", "FROM x\nCOPY . .\nCMD python app.py\n"), ("b.py", "")],
            [("Dockerfile", "FROM x\nRUN pytest demo/core.py\n# COPY demo /x\n"), ("b.py", "")],
            [
                (".github/workflows/a.yml", "jobs: {a: {command: python demo/core.py}}"),
                ("b.py", ""),
            ],
            [("package.json", r#"{"scripts": {"test": "pytest demo/core.py"}}"#), ("b.py", "")],
        ] {
            assert!(is_aside("demo/core.py", &files), "{files:?}");
        }
    }

    #[test]
    fn code_is_read_whatever_its_file_is_called() {
        let folder = tempfile::tempdir().unwrap();
        let ask = |model: &str| {
            format!(
                "from openai import OpenAI\nOpenAI().chat.completions.create(model='{model}')\n"
            )
        };
        let write = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        write("a.PY", &ask("gpt-4o-a"));
        write("b.pyw", &ask("gpt-4o-b"));
        write("run", &format!("#!/usr/bin/env -S python3.12 -u\n{}", ask("gpt-4o-c")));
        write("plain", &ask("gpt-4o-no"));
        write("d.Cts", "openai('gpt-4o-d')");
        write("e.min.js", "openai('gpt-4o-no')");
        write("f.ts", "import './g.min.js'\nimport { M } from './h.js'\nopenai(M)");
        write("g.min.js", "openai('gpt-4o-g')");
        write("h.js", "export const M = 'gpt-4o-h'");
        write("i.ts", "\\u0066('g\\x70t-4o-i')");
        let cells = ask("gpt-4o-v3").replace('\n', "\\n");
        write(
            "j.ipynb",
            &format!(
                r#"{{"worksheets": [{{"cells": [{{"cell_type": "code", "input": ["{cells}"]}}], "metadata": {{}}}}], "nbformat": 3}}"#
            ),
        );
        let walk = Tree::open(folder.path()).unwrap().walk();
        let found = discover(&walk, &[]);
        let models: std::collections::BTreeSet<_> = found
            .assets
            .iter()
            .filter(|a| a.kind == AssetKind::Model)
            .map(|a| a.name.trim_start_matches("gpt-4o-"))
            .collect();
        assert_eq!(
            models.into_iter().collect::<Vec<_>>(),
            ["a", "b", "c", "d", "g", "h", "i", "v3"]
        );
    }

    #[test]
    fn nesting_at_the_limit_is_read() {
        let text = format!("x = {}'gpt-4o'\nmodel = 'gpt-4o'", "'' + ".repeat(1_900));
        assert_eq!(shown("a.py", &text, MODELS), ["gpt-4o api:openai/gpt-4o"]);
    }
}
