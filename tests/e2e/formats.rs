//! Machine output, by schemas: ours, and the official one of SARIF.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;

use crate::harness::{DAY, coseal, example, root};

fn validate(schema: &Value, document: &Value, what: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(document)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}:\n{}", errors.join("\n"));
}

fn published(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("schemas").join(name)).unwrap()).unwrap()
}

/// The official schema of SARIF 2.1.0 as the crate `serde-sarif` carries it.
fn official_sarif() -> Value {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let package = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|package| package["name"] == "serde-sarif")
        .unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let schema = fs::read_to_string(manifest.parent().unwrap().join("src/schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // The published pattern has a bracket that closes nothing; strict readers of patterns refuse it.
    for place in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][place]["properties"]["language"]["pattern"];
        assert_eq!(language, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *language = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}$".into();
    }
    schema
}

#[test]
fn sarif_is_valid_by_the_official_schema() {
    let schema = official_sarif();
    assert!(schema["title"].as_str().unwrap().contains("2.1.0"), "{}", schema["title"]);
    for name in ["support-bot", "fraud-classifier"] {
        let ended = coseal(&example(name), &["check", "--as-of", DAY, "--format", "sarif"]);
        let document = ended.json();
        validate(&schema, &document, name);
        assert!(!document["runs"][0]["results"].as_array().unwrap().is_empty());
        let scan = coseal(&example(name), &["scan", ".", "--format", "sarif"]);
        validate(&schema, &scan.json(), name);
    }
    // A document that is not SARIF must not pass, or the test shows nothing.
    assert!(
        !jsonschema::validator_for(&schema)
            .unwrap()
            .is_valid(&serde_json::json!({ "version": "2.1.0" }))
    );
}

#[test]
fn json_is_valid_by_our_schemas() {
    let check = published("check-report.schema.json");
    let scan = published("scan-report.schema.json");
    let threats = published("threats-report.schema.json");
    let impact = published("impact-report.schema.json");
    for name in ["support-bot", "fraud-classifier"] {
        validate(
            &check,
            &coseal(&example(name), &["check", "--as-of", DAY, "--format", "json"]).json(),
            name,
        );
        validate(
            &scan,
            &coseal(&example(name), &["scan", ".", "--full", "--format", "json"]).json(),
            name,
        );
        let arguments = ["threats", "--as-of", DAY, "--format", "json"];
        validate(&threats, &coseal(&example(name), &arguments).json(), name);
        for of in ["coseal.toml", ".", "--since-record"] {
            let arguments = ["impact", of, "--as-of", DAY, "--format", "json"];
            validate(&impact, &coseal(&example(name), &arguments).json(), of);
        }
    }
}

#[test]
fn the_system_files_of_the_examples_are_valid_by_the_published_schema() {
    let schema = published("system-file.schema.json");
    for name in ["support-bot", "fraud-classifier"] {
        let text = fs::read_to_string(example(name).join("coseal.toml")).unwrap();
        let file: toml::Value = toml::from_str(&text).unwrap();
        validate(&schema, &serde_json::to_value(file).unwrap(), name);
    }
}

#[test]
fn the_inventory_and_the_register_follow_their_schemas() {
    let folder = crate::harness::copy_of("support-bot");
    let assets = coseal(folder.path(), &["assets", "--format", "json"]);
    validate(&published("assets-report.schema.json"), &assets.json(), "assets");
    assert_eq!(coseal(folder.path(), &["assets", "lock"]).code, 1, "a prompt changed");
    let register = fs::read_to_string(folder.path().join("coseal.lock")).unwrap();
    let register: Value = toml::from_str(&register).unwrap();
    assert!(register["asset"].as_array().unwrap().len() > 3);
    validate(&published("lock.schema.json"), &register, "coseal.lock");
}
