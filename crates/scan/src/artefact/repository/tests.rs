//! Folders written by hand.

use std::collections::BTreeMap;

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Malicious, Undecided, Unknown};

use crate::{
    bytes::{Beside, ReadAt, SliceBytes},
    inspect_in,
};

struct Folder(BTreeMap<&'static str, Vec<u8>>);

impl Beside for Folder {
    fn names(&self) -> Vec<String> {
        self.0.keys().map(|name| (*name).to_owned()).collect()
    }

    fn open(&self, name: &str) -> Option<Box<dyn ReadAt + '_>> {
        self.0.get(name).map(|bytes| Box::new(SliceBytes(bytes)) as Box<dyn ReadAt>)
    }
}

/// The verdict on the first file, among all of them.
fn verdict(files: &[(&'static str, &str)]) -> ArtefactVerdict {
    let folder =
        Folder(files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect());
    let (name, text) = files[0];
    inspect_in(name, &SliceBytes(text.as_bytes()), &folder).unwrap().verdict
}

#[test]
fn plain_settings_are_clean() {
    let settings = [
        (
            "config.json",
            r#"{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "time_step_limit": [0.0, Infinity]}"#,
        ),
        ("generation_config.json", r#"{"eos_token_id": [1, 2], "transformers_version": "4.46.0"}"#),
        (
            "tokenizer_config.json",
            r#"{"tokenizer_class": "GemmaTokenizer", "chat_template": "{{ messages[0].content }}"}"#,
        ),
        (
            "adapter_config.json",
            r#"{"peft_type": "LORA", "base_model_name_or_path": "a/b", "auto_mapping": null}"#,
        ),
        (
            "model_index.json",
            r#"{"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "UNet2DConditionModel"], "safety_checker": [null, null]}"#,
        ),
        (
            "modules.json",
            r#"[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]"#,
        ),
    ];
    for (name, text) in settings {
        assert_eq!(
            verdict(&[(name, text), ("README.md", "x"), ("convert.py", "import os")]),
            Clean,
            "{name}"
        );
    }
}

#[test]
fn code_that_a_loader_runs_is_never_clean() {
    let map = r#"{"model_type": "x", "auto_map": {"AutoModel": "net.Net"}}"#;
    assert_eq!(verdict(&[("config.json", map), ("net.py", "class Net: pass")]), Unknown);
    assert_eq!(verdict(&[("config.json", map)]), Unknown);
    assert_eq!(
        verdict(&[("config.json", map), ("net.py", "import os\nos.system('true')")]),
        Malicious
    );
    assert_eq!(
        verdict(&[
            ("config.json", map),
            ("net.py", "from .more import x"),
            ("more.py", "exec('1')")
        ]),
        Malicious
    );
    let plain = r#"{"model_type": "x"}"#;
    assert_eq!(
        verdict(&[("config.json", plain), ("custom_generate/generate.py", "x = 1")]),
        Unknown
    );
    assert_eq!(
        verdict(&[("config.json", plain), ("handler.py", "import socket\nsocket.socket()")]),
        Malicious
    );
    for text in [
        r#"{"model_type": "x", "vision": {"auto_map": {"AutoModel": "a/b--net.Net"}}}"#,
        r#"{"model_type": "x", "trust_remote_code": true}"#,
        r#"{"model_type": "x", "_target_": "helpers.Net"}"#,
        r#"{"model_type": "x", "attn_implementation": "a/kernels"}"#,
        r#"{"model_type": "x", "custom_pipelines": {"sort": {"impl": "sort.Sort"}}}"#,
        r#"{"model_type": "x", "a": {"_attn_implementation_internal": "a/kernels"}}"#,
        r#"{"model_type": "x", "_experts_implementation": "a/kernels"}"#,
        r#"{"model_type": "x", "tokenizer_kwargs": {"trust_remote_code": "yes"}}"#,
        r#"{"model_type": "x", "backbone": "hf_hub:a/b"}"#,
        r#"{"model_type": "x", "architecture": "hf-hub:a/b"}"#,
        r#"{"model_type": "x", "mm_vision_tower": "a/b"}"#,
        r#"{"model_type": "x", "quantization_config": {"tokenizer": "a/b"}}"#,
        r#"{"model_type": "x", "megatron_core": "helpers"}"#,
        r#"{"model_type": "x", "activation_function": "helpers.Act"}"#,
        r#"{"model_type": "x", "types": {"a": "helpers.Net"}}"#,
        r#"{"model_type": "x", "vocab_file": "/etc/passwd"}"#,
    ] {
        assert_eq!(verdict(&[("config.json", text)]), Unknown, "{text}");
    }
    let map = r#"{"auto_map": {"AutoModel": "net.Net"}}"#;
    for name in
        ["Config.JSON", "config.4.0.0.json", "feature_extractor_config.json", "configuration.json"]
    {
        assert_eq!(verdict(&[(name, map)]), Unknown, "{name}");
    }
    let kernel = r#"{"model_args": {"attn_implementation": "a/kernels"}}"#;
    assert_eq!(verdict(&[("sentence_bert_config.json", kernel)]), Unknown);
    let list = r#"[{"path": "", "type": "sentence_transformers.models.Transformer"}]"#;
    assert_eq!(verdict(&[("modules.json", list), ("0_A/any.json", kernel)]), Unknown);
    let jit = r#"[{"path": "x.pt", "type": "torch.jit"}]"#;
    assert_eq!(verdict(&[("modules.json", jit)]), Unknown);
    let parts = r#"{"_class_name": "P", "unet": ["diffusers", "UNet2DConditionModel"]}"#;
    assert_eq!(verdict(&[("model_index.json", parts), ("unet/diffusers.py", "x = 1")]), Unknown);
    assert_eq!(verdict(&[("model_index.json", parts), ("diffusers.py", "x = 1")]), Clean);
    let remote = r#"{"framework": "pytorch", "allow_remote": true}"#;
    assert_eq!(verdict(&[("configuration.json", remote), ("a.py", "")]), Unknown);
    assert_eq!(verdict(&[("configuration.json", remote), ("a.txt", "")]), Clean);
    let climbs = r#"{"tokenizer_file": "../../x"}"#;
    assert_eq!(verdict(&[("tokenizer_config.json", climbs)]), Malicious);
    let made = r#"{"_name_or_path": "/home/x/y", "special_tokens_map_file": "/srv/x", "output_dir": "../x"}"#;
    assert_eq!(verdict(&[("tokenizer_config.json", made)]), Clean);
    assert_eq!(
        verdict(&[("config.json", r#"{"auto_map": {"AutoModel": "../net.Net"}}"#)]),
        Malicious
    );
    assert_eq!(
        verdict(&[("config.json", r#"{"model_type": "x", "_target_": "os.system"}"#)]),
        Malicious
    );
    for text in [
        r#"{"\u0061uto_map": {"AutoModel": "net.Net"}}"#.to_owned(),
        format!(r#"{{"pad": "{}", "auto_map": {{"AutoModel": "net.Net"}}}}"#, "x".repeat(5000)),
        "{\"a\": \"\u{7f}\", \"auto_map\": {\"AutoModel\": \"net.Net\"}}".to_owned(),
    ] {
        for name in ["config.json", "tokenizer_config.json"] {
            assert_eq!(verdict(&[(name, &text)]), Unknown, "{text}");
            assert_eq!(verdict(&[(name, &text), ("net.py", "exec('1')")]), Malicious, "{text}");
        }
    }
    assert_eq!(verdict(&[("config.json", &format!("{{}}{}", " ".repeat(5 << 20)))]), Undecided);
    for (class, expected) in [
        ("torch.hub.load", Malicious),
        ("transformers.utils.os.system", Malicious),
        ("diffusers_modules.local.nothing", Unknown),
        ("torch.nn.Linear", Clean),
    ] {
        let text = format!(r#"{{"model_type": "x", "_target_": "{class}"}}"#);
        assert_eq!(verdict(&[("config.json", &text)]), expected, "{class}");
    }
    assert_eq!(verdict(&[("model_index.json", r#"{"_class_name": ["p", "Net"]}"#)]), Unknown);
    assert_eq!(
        verdict(&[(
            "tokenizer_config.json",
            r#"{"chat_template": [{"name": "a", "template": "{{ ''.__class__ }}"}]}"#
        )]),
        Malicious
    );
}

const BUILDER: &str = "import datasets\n\nclass Words(datasets.GeneratorBasedBuilder):\n    pass\n";
const ACTING: &str = "import os\nimport datasets\nos.system('true')\n\nclass Words(datasets.GeneratorBasedBuilder):\n    pass\n";

fn seen(files: &[(&'static str, &str)]) -> Option<ArtefactVerdict> {
    let folder =
        Folder(files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect());
    let (name, text) = files[0];
    inspect_in(name, &SliceBytes(text.as_bytes()), &folder).map(|artefact| artefact.verdict)
}

#[test]
fn a_folder_of_a_hub_is_told_by_its_card() {
    let data = "---\nlicense: mit\ntask_categories:\n- text-classification\n---\n# Words\n";
    let model = "---\npipeline_tag: text-generation\nlibrary_name: transformers\n---\n";
    let shared = "---\nlicense: mit\ntags:\n- words\n---\n";
    let acts = "import os\nos.system('true')\n";
    for (files, expected) in [
        (&[("README.md", data), ("words.py", BUILDER)][..], Some(Unknown)),
        (&[("README.md", data), ("words.py", ACTING)], Some(Malicious)),
        (&[("README.md", data), ("words.py", acts)], Some(Malicious)),
        (&[("README.md", data), ("a.parquet", ""), ("convert.py", acts)], None),
        (&[("README.md", data), ("a.py", "x = 1"), ("convert.py", acts)], None),
        (&[("README.md", data), ("a.parquet", "")], None),
        (&[("README.md", model), ("handler.py", "x = 1")], Some(Unknown)),
        (&[("README.md", model), ("handler.py", acts)], Some(Malicious)),
        (&[("README.md", model), ("modeling_words.py", acts)], Some(Malicious)),
        (&[("README.md", model), ("custom_generate/generate.py", acts)], Some(Malicious)),
        (&[("README.md", model), ("train.py", acts)], None),
        (&[("README.md", shared), ("handler.py", acts)], Some(Malicious)),
        (&[("README.md", "# Words\n"), ("handler.py", acts)], None),
        (&[("README.md", "---\ntitle: Words\n---\n"), ("handler.py", acts)], None),
        (
            &[
                ("README.md", "---\nsdk: gradio\nlicense: mit\ntags: x\n---\n"),
                ("handler.py", acts),
            ],
            None,
        ),
        (&[("README.md", data), ("config.json", "{}"), ("words.py", ACTING)], Some(Malicious)),
    ] {
        assert_eq!(seen(files), expected, "{files:?}");
    }
}

#[test]
fn a_script_that_makes_a_data_set_is_never_clean() {
    for (files, expected) in [
        (&[("words.py", BUILDER)][..], Some(Unknown)),
        (&[("words.py", ACTING)], Some(Malicious)),
        (&[("words.py", BUILDER), ("sub/__init__.py", "")], Some(Unknown)),
        (&[("words.py", BUILDER), ("__init__.py", "")], None),
        (&[("words.py", BUILDER), ("pyproject.toml", "")], None),
        (&[("words.py", "from datasets import GeneratorBasedBuilder\n")], None),
        (&[("words.py", "# a GeneratorBasedBuilder\nimport os\nos.system('true')\n")], None),
        (&[("words.py", "import os\nos.system('true')\n")], None),
        (
            &[(
                "words.py",
                "from datasets import GeneratorBasedBuilder as B\n\nclass W(B):\n    pass\n",
            )],
            Some(Unknown),
        ),
    ] {
        assert_eq!(seen(files), expected, "{files:?}");
    }
    // Of a member of an archive nobody knows what lies around it.
    assert!(crate::inspect("words.py", &SliceBytes(ACTING.as_bytes())).is_none());
    let settings = r#"{"model_type": "x"}"#;
    let pipeline = "class P(DiffusionPipeline):\n    pass\n";
    assert_eq!(verdict(&[("config.json", settings), ("pipeline.py", pipeline)]), Unknown);
    assert_eq!(verdict(&[("config.json", settings), ("pipeline.py", "x = 1")]), Clean);
    assert_eq!(verdict(&[("config.json", settings), ("modeling_x.py", "x = 1")]), Unknown);
    assert_eq!(verdict(&[("config.json", settings), ("words.py", ACTING)]), Malicious);
}

fn shard(name: &str) -> String {
    let header = format!(r#"{{"{name}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}}}"#);
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_index_is_compared_with_its_parts() {
    let index = r#"{"metadata": {}, "weight_map": {"a": "m-1-of-2.safetensors", "b": "m-2-of-2.safetensors"}}"#;
    let file = "model.safetensors.index.json";
    let (a, b, c) = (shard("a"), shard("b"), shard("c"));
    assert_eq!(
        verdict(&[(file, index), ("m-1-of-2.safetensors", &a), ("m-2-of-2.safetensors", &b)]),
        Clean
    );
    assert_eq!(verdict(&[(file, index), ("m-1-of-2.safetensors", &a)]), Malformed);
    assert_eq!(
        verdict(&[(file, index), ("m-1-of-2.safetensors", &a), ("m-2-of-2.safetensors", &c)]),
        Malformed
    );
    let more = [
        (file, index),
        ("m-1-of-2.safetensors", &*a),
        ("m-2-of-2.safetensors", &b),
        ("m-3-of-2.safetensors", &c),
    ];
    assert_eq!(verdict(&more), Malformed);
    assert_eq!(verdict(&[(file, r#"{"weight_map": {"a": "../../x.safetensors"}}"#)]), Malicious);
    let alone = crate::inspect(file, &SliceBytes(index.as_bytes())).unwrap();
    assert_eq!(alone.verdict, Undecided);
    assert_eq!(verdict(&[("config.json", r#"{"model_type": "a", "model_type": "b"}"#)]), Malformed);
    assert_eq!(verdict(&[("tokenizer_config.json", "{")]), Malformed);
}

#[test]
fn sizes_are_those_of_models() {
    let look = |sizes: &str| {
        let text =
            format!(r#"{{"model_type": "llama", "architectures": ["LlamaForCausalLM"], {sizes}}}"#);
        let folder = Folder(BTreeMap::from([("model.safetensors", vec![0; 4096])]));
        inspect_in("config.json", &SliceBytes(text.as_bytes()), &folder).unwrap().verdict
    };
    for (sizes, expected) in [
        (r#""hidden_size": 16384, "vocab_size": 262144, "num_hidden_layers": 126"#, Clean),
        (r#""max_position_embeddings": 10485760, "initializer_range": 1e300"#, Clean),
        (r#""hidden_size": 1073741824"#, Malformed),
        (r#""text_config": {"vocab_size": 2147483648}"#, Malformed),
        (r#""num_hidden_layers": 1048576"#, Malformed),
        (r#""max_position_embeddings": 1099511627776"#, Malformed),
    ] {
        assert_eq!(look(sizes), expected, "{sizes}");
    }
}

/// A safetensors file of tensors of these shapes, all of them without bytes of their own.
fn tensors(shapes: &[(&str, &[u64])]) -> String {
    let entries: Vec<String> = shapes
        .iter()
        .map(|(name, shape)| {
            format!("\"{name}\":{{\"dtype\":\"F32\",\"shape\":{shape:?},\"data_offsets\":[0,0]}}")
        })
        .collect();
    let header = format!("{{{}}}", entries.join(","));
    // The length is written in letters of ASCII.
    let pad = (256 - header.len() % 256) % 256;
    let header = format!("{header}{}", " ".repeat(pad + 1));
    let bytes = [&(header.len() as u64).to_le_bytes(), header.as_bytes()].concat();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn adapters_fit_their_settings_and_the_model_beside_them() {
    let of = |settings: &str, layer: &str, rank: u64, width: u64| {
        let [a, b] = ["A", "B"].map(|side| format!("base_model.model.{layer}.lora_{side}.weight"));
        let adapter = tensors(&[(&a, &[rank, width]), (&b, &[width, rank])]);
        let base = tensors(&[("model.layers.0.q_proj.weight", &[8, 8])]);
        let settings = format!("{{\"peft_type\": \"LORA\", {settings}}}");
        verdict(&[
            ("adapter_config.json", &settings),
            ("adapter_model.safetensors", &adapter),
            ("model.safetensors", &base),
        ])
    };
    let layer = "model.layers.0.q_proj";
    assert_eq!(of("\"r\": 4", layer, 4, 8), Clean);
    assert_eq!(of("\"r\": 4", "layers.0.q_proj", 4, 8), Clean);
    assert_eq!(of("\"r\": 4, \"rank_pattern\": {}", layer, 4, 8), Clean);
    assert_eq!(of("\"r\": 8, \"rank_pattern\": {\"q_proj\": 4}", layer, 4, 8), Clean);
    assert_eq!(of("\"r\": 4", layer, 16, 8), Malformed);
    assert_eq!(of("\"r\": 4", layer, 4, 64), Malformed);
    assert_eq!(of("\"r\": 1000000000", layer, 4, 8), Malformed);
    assert_eq!(of("\"r\": 4", "transformer.h.90.attn.c_attn", 4, 8), Malformed);
    assert_eq!(of("\"r\": 4, \"target_modules\": [\"q_proj\"]", layer, 4, 8), Clean);
    assert_eq!(of("\"r\": 4, \"target_modules\": \"(([a-z.])+)+$\"", layer, 4, 8), Malformed);
}
