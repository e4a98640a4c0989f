//! What each kind of finding means to a manager.

use super::{Words, words};

/// Rules that say the same to a manager stand together, and become one cause.
pub(super) const TABLE: &[(&[&str], Words)] = &[
    (
        &[
            "pickle-dangerous-call",
            "pickle-dangerous-import",
            "pickle-alters-code",
            "pickle-computed-call",
            "pickle-extension-code",
            "pickle-forbidden-use",
            "pickle-hidden-stream",
            "gguf-hidden-code",
            "numpy-hidden-code",
            "hdf5-pickle",
            "keras-code",
            "keras-dangerous-object",
            "onnx-code",
            "onnx-hidden-code",
            "paddle-dangerous-operation",
            "skops-dangerous-object",
            "safetensors-hidden-code",
            "tensorflow-dangerous-operation",
            "tensorflow-hidden-code",
            "torch-hidden-pickle",
            "torch-script-effect",
            "catboost-hidden-code",
            "executorch-hidden-code",
            "msgpack-hidden-code",
            "pmml-runs-code",
            "r-expression-acts",
            "r-promise",
            "tflite-hidden-code",
            "tflite-operator-acts",
            "xgboost-hidden-code",
        ],
        words(
            "A model file runs commands of its maker's choice on the machine that loads it.",
            "Take the file out of use, and get one from its supplier that holds only numbers.",
        ),
    ),
    (
        &["policy-format", "policy-size", "policy-origin"],
        words(
            "A model file is not of the kind, or not from the place, that the organisation's own rules allow.",
            "Get the model as the rules want it, or have whoever owns the rules decide.",
        ),
    ),
    (
        &[
            "bundle-climbs",
            "bundle-code-acts",
            "repository-climbs",
            "repository-code-acts",
            "torch-package-code-acts",
            "packaged-code-acts",
            "packaged-climbs",
        ],
        words(
            "A model comes with code that does what no model needs, on the machine that loads it.",
            "Take the model out of use, and get one that needs no code of its own.",
        ),
    ),
    (
        &[
            "bundle-code",
            "bundle-elsewhere",
            "bundle-target",
            "repository-code",
            "repository-elsewhere",
            "repository-imports",
            "torch-script-operator",
            "packaged-code",
            "packaged-elsewhere",
            "msgpack-extension",
            "openvino-extension",
            "pmml-function",
            "tflite-custom-operator",
            "executorch-operator",
            "r-function",
            "r-loads",
            "torch7-function",
        ],
        words(
            "A model needs code of its maker or of others to run, and nobody has said what that code does.",
            "Have the code read by somebody who knows it, or use a model that needs none.",
        ),
    ),
    (
        &["compiled-engine", "executorch-delegate"],
        words(
            "A model file is a program that nobody can read, or holds one.",
            "Take the file out of use, or make it again from a model that can be read.",
        ),
    ),
    (
        &["openvino-outside", "pmml-outside"],
        words(
            "A model file has the machine that loads it fetch another file or an address of its maker's choice.",
            "Take the file out of use, and get one from its supplier that fetches nothing.",
        ),
    ),
    (
        &["template-escape", "template-exhausts"],
        words(
            "A model's chat template runs code, or takes time without end, on the machine that uses it.",
            "Take the template out of use, and get the one that the model's maker publishes.",
        ),
    ),
    (
        &[
            "template-trigger",
            "template-instruction",
            "template-alters-message",
            "template-hidden-text",
            "template-outside-policy",
        ],
        words(
            "A model's chat template may say things to the model that neither its maker nor its user wrote.",
            "Take the template out of use, and get the one that the model's maker publishes.",
        ),
    ),
    (
        &[
            "pickle-unknown-call",
            "pickle-unknown-import",
            "program-in-model",
            "torch-unexpected-member",
            "coreml-custom-code",
            "coreml-linked-model",
            "coreml-unknown-operation",
            "hdf5-plugin",
            "keras-unexpected-member",
            "keras-unknown-object",
            "onnx-outside-key",
            "onnx-shadowed-operator",
            "onnx-unknown-operator",
            "paddle-unknown-operation",
            "tensorflow-file-operation",
            "tensorflow-shadowed-operation",
            "tensorflow-unknown-operation",
            "skops-unexpected-member",
            "skops-unknown-object",
        ],
        words(
            "A model file brings code along, and nobody has said what that code does.",
            "Find out what the code is for, or get a file that holds only numbers.",
        ),
    ),
    (
        &[
            "pickle-broken",
            "pickle-impossible",
            "pickle-not-one",
            "pickle-trailing-bytes",
            "gguf-header",
            "gguf-overlap",
            "repository-parts",
            "repository-settings",
            "safetensors-header",
            "safetensors-misnamed",
            "safetensors-overlap",
            "tensorflow-broken",
            "tensorflow-unknown-field",
            "torch-no-object",
            "torch-script-source",
            "torch-storage-member",
            "torch-storage-mismatch",
            "torch-tensor-outside-storage",
            "bundle-device",
            "bundle-structure",
            "compressed-broken",
            "coreml-broken",
            "coreml-missing-file",
            "coreml-unknown-field",
            "hdf5-cycle",
            "hdf5-extent",
            "hdf5-structure",
            "hdf5-surrounding-bytes",
            "keras-description",
            "onnx-broken",
            "onnx-missing-file",
            "onnx-tensor",
            "onnx-unknown-field",
            "paddle-broken",
            "paddle-parameters",
            "paddle-unknown-field",
            "skops-schema",
            "zip-disagreement",
            "artefact-unreadable",
        ],
        words(
            "A model file is damaged or is not what it claims to be.",
            "Get the file again from its source, and compare it with what the source publishes.",
        ),
    ),
    (
        &[
            "coreml-outside-file",
            "hdf5-outside-file",
            "keras-reads-file",
            "onnx-outside-file",
            "tensorflow-outside-file",
        ],
        words(
            "A model file makes the machine that loads it read other files or addresses.",
            "Take the file out of use, and get one from its supplier that holds all its data itself.",
        ),
    ),
    (
        &["compressed-exhaustion", "hdf5-exhaustion", "pickle-exhaustion"],
        words("A model file would use up the machine that opens it.", "Take the file out of use."),
    ),
    (
        &["asset-changed", "asset-registers-differ", "prompt-drifted", "tool-changed"],
        words(
            "A part of the system is no longer the one that was approved.",
            "Find out who changed it and why; approve the new one, or put the old one back.",
        ),
    ),
    (
        &["asset-not-pinned", "model-name-moves", "model-name-moves-in-code"],
        words(
            "Others can exchange a part of the system without anybody here noticing.",
            "Name the exact version to use, and test each newer one before moving to it.",
        ),
    ),
    (
        &["asset-unregistered", "prompt-not-pinned", "prompt-unregistered", "tool-unregistered"],
        words(
            "A part of the system could be changed without anybody noticing.",
            "Register its fingerprint, so that a change shows.",
        ),
    ),
    (
        &["tool-without-approval"],
        words(
            "The AI can act where nothing can be undone, without anybody agreeing first.",
            "Have a person, or a fixed rule, agree before each such action.",
        ),
    ),
    (
        &["agent-without-limit"],
        words(
            "The AI may go on taking steps by itself without end.",
            "Set the most steps it may take for one request.",
        ),
    ),
    (
        &["secret-in-asset"],
        words(
            "A password or key stands in a text that the AI reads or that describes it, where others can find it.",
            "Replace the key at once, and keep the new one where keys belong.",
        ),
    ),
    (
        &["endpoint-without-auth"],
        words(
            "Anybody can use the service without proving who they are.",
            "Ask callers to prove who they are.",
        ),
    ),
    (
        &["endpoint-debug", "endpoint-confidences"],
        words(
            "The service tells callers more than they need, which helps an attacker.",
            "Return the answer only.",
        ),
    ),
    (
        &["endpoint-without-quota"],
        words(
            "Nothing limits how much a caller can use the service: costs and outages are open-ended.",
            "Set a limit on use.",
        ),
    ),
    (
        &["endpoint-without-tls", "flow-not-encrypted"],
        words(
            "Data travels without encryption and can be read or altered on its way.",
            "Encrypt the connection.",
        ),
    ),
    (
        &["endpoint-any-origin"],
        words(
            "Any web page can call the service in the name of its visitors.",
            "Name the pages that need it, and refuse the others.",
        ),
    ),
    (
        &["guard-fails-open"],
        words(
            "When the safety filter fails, everything passes through.",
            "Let it refuse whenever it can't answer.",
        ),
    ),
    (
        &["memory-shared"],
        words(
            "What one user tells the AI can reach another user.",
            "Keep a memory of its own for each user.",
        ),
    ),
    (
        &["kept-without-limit"],
        words(
            "Personal data is kept without an end.",
            "Say how long it is kept, and delete it then.",
        ),
    ),
    (
        &["log-without-basis"],
        words(
            "Nobody has stated on what ground in law conversations are logged.",
            "State the ground, or stop the log.",
        ),
    ),
    (
        &["playbook-missing", "playbook-missing-low"],
        words(
            "There is no plan for an incident that can happen to this system.",
            "Write it: how to notice, contain and recover, and whom to call.",
        ),
    ),
    (
        &["playbook-unusable"],
        words(
            "A plan for an incident lacks what people need in the moment.",
            "Finish the plan: how to notice it, contain it and recover, and whom to call.",
        ),
    ),
    (
        &["role-missing"],
        words(
            "Nobody is named who answers for the system's risk or takes the call when something happens.",
            "Name somebody for each, with a contact.",
        ),
    ),
    (
        &["contact-never-tried"],
        words("It is not known whether the people to call can be reached.", "Try each contact."),
    ),
    (
        &["model-ended"],
        words(
            "A model in use has ended, or should have been chosen again.",
            "Move to a model that is kept up, or choose again and set a new day.",
        ),
    ),
    (
        &["model-ends-soon"],
        words(
            "A model in use will soon be switched off by its vendor.",
            "Plan and test the move now.",
        ),
    ),
    (
        &["model-undeclared"],
        words(
            "The code uses a model that the description of the system does not mention.",
            "Add the model to the description, or take it out of the code.",
        ),
    ),
    (
        &["model-choice-not-in-use"],
        words(
            "The model in use is not the one that was chosen.",
            "Use the chosen model, or decide again and record why.",
        ),
    ),
    (
        &["model-choice-not-recorded", "model-choice-incomplete"],
        words(
            "There is no full record of why this model was chosen.",
            "Compare it with another, and record the choice.",
        ),
    ),
    (
        &["model-fact-differs", "card-contradicts"],
        words(
            "What is written about a model and what it is are two different things.",
            "Find out which is right, and put the other right.",
        ),
    ),
    (
        &["model-in-code-format"],
        words(
            "A model is kept in a form that can carry hidden commands.",
            "Convert it to a form that holds only numbers.",
        ),
    ),
    (
        &["model-of-unknown-origin", "model-record-silent", "dataset-of-unknown-origin"],
        words(
            "Nobody can say where a model or its data comes from.",
            "Find out, or plan to replace it.",
        ),
    ),
    (
        &["model-without-licence"],
        words(
            "It is not recorded under which licence a model may be used.",
            "Find out, and record it.",
        ),
    ),
    (
        &["card-missing", "card-incomplete", "dataset-undocumented"],
        words(
            "A model or its data is not described well enough for others to judge it.",
            "Complete its description.",
        ),
    ),
    (
        &["weak-case-unmentioned"],
        words(
            "A known weakness of the system is kept from the people who rely on it.",
            "Name it among the documented limits.",
        ),
    ),
    (
        &["user-guide-missing", "user-guide-lacks", "user-guide-old"],
        words(
            "Users are not told all that they need to use the system rightly.",
            "Complete the user guide and bring it up to date.",
        ),
    ),
    (
        &["disclosure-missing", "disclosure-invalid", "disclosure-expired"],
        words(
            "Somebody who finds a weakness can't tell where to report it, or whether that still holds.",
            "Publish a way to report weaknesses that is up to date.",
        ),
    ),
    (
        &["environments-share", "pipeline-in-production"],
        words(
            "Training or testing and live operation are not kept apart: whoever breaks into one is in the other.",
            "Give each its own accounts and keys.",
        ),
    ),
    (&["keys-old"], words("Keys have not been changed for over a year.", "Change the keys.")),
    (
        &["training-missing"],
        words(
            "Somebody with far-reaching rights has not completed the training.",
            "Let them take the course.",
        ),
    ),
    (
        &["supplier-not-looked-into"],
        words(
            "Nobody has looked into a supplier that the system depends on.",
            "Look into the supplier, and state what was found.",
        ),
    ),
    (
        &["legacy-without-control", "legacy-control-not-passing"],
        words(
            "Something in use can no longer be updated, and nothing that works stands in front of it.",
            "Put a safeguard in front of it that is shown to work, or replace it.",
        ),
    ),
    (
        &["waiver-expired", "waiver-expired-low"],
        words(
            "A risk that was accepted for a while is accepted no longer, and is still there.",
            "Put it right, or decide again.",
        ),
    ),
    (
        &["waiver-renewed-too-often", "waivers-growing", "waiver-budget-exceeded"],
        words(
            "Exceptions pile up or are renewed again and again instead of being put right.",
            "Put right what is accepted, the oldest first.",
        ),
    ),
    (
        &[
            "decision-expired",
            "decision-not-yet",
            "decision-other-system",
            "decision-role-not-held",
            "decision-role-wrong",
            "decision-signature-broken",
            "decision-signer-revoked",
            "decision-signer-stranger",
            "decision-stale",
            "decision-unreadable",
            "decision-unsigned",
        ],
        words(
            "A signed decision about this system does not count: it is out of date, unsigned, or signed by somebody who may not.",
            "Have it decided and signed again by somebody entitled to.",
        ),
    ),
    (
        &["system-file-error", "system-file-warning"],
        words(
            "The description of the system has mistakes or says less than it should.",
            "Correct and complete the description.",
        ),
    ),
    (
        &["ai-auth-disabled", "ai-default-credentials", "notebook-without-token"],
        words(
            "A part that runs the AI or keeps its data can be used by anybody who reaches it.",
            "Switch authentication on, with keys that are nobody else's.",
        ),
    ),
    (
        &["ai-console-published", "ai-port-published"],
        words(
            "A part that should be reached from inside only is open to a whole network.",
            "Close it to the network, or put authentication in front of it.",
        ),
    ),
    (
        &["ai-workload-privileged"],
        words(
            "A part of the AI system has the rights of the whole machine that it runs on.",
            "Take these rights away; whoever takes over that part takes over the machine.",
        ),
    ),
    (
        &["model-server-trusts-remote-code"],
        words(
            "The server of a model runs code that comes along with the model.",
            "Switch that off, or look at the code and fix its version.",
        ),
    ),
    (
        &["ai-package-moves"],
        words(
            "A building block of the AI comes from a place that others can change at any time.",
            "Fix the exact version, and look at each newer one before moving to it.",
        ),
    ),
    (
        &["published-hash-differs"],
        words(
            "What others get from you is not what you publish that it is.",
            "Find out which of the two is right, and tell those who have it.",
        ),
    ),
    (
        &["vulnerability-critical", "vulnerability-exploited"],
        words(
            "A part of the system has a grave weakness that is publicly known.",
            "Update the part, or have somebody show why it can't be used against you.",
        ),
    ),
    (
        &["vulnerability-high"],
        words(
            "A part of the system has a serious weakness that is publicly known.",
            "Update the part, or have somebody show why it can't be used against you.",
        ),
    ),
    (
        &["undeclared-egress"],
        words(
            "Data goes to somebody outside whom the description of the system does not name.",
            "Find out what goes there and why; stop it, or have it described.",
        ),
    ),
    (
        &["undeclared-model", "undeclared-tool"],
        words(
            "The system uses an AI model or a tool that its description does not name.",
            "Have it described and judged, or taken out.",
        ),
    ),
    (
        &["ai-packages-not-locked", "mcp-unpinned"],
        words(
            "Software that the AI is built on may be another version tomorrow than the one that was tested.",
            "Fix the exact versions, and test each newer one before moving to it.",
        ),
    ),
    (
        &["asset-in-no-register", "minor-asset-in-no-register"],
        words(
            "Models, data or prompts are in use that nobody has listed.",
            "List them, or take them out.",
        ),
    ),
    (
        &["assets-without-owner"],
        words("Nobody answers for the parts of the system.", "Name who answers, with an address."),
    ),
    (
        &["asset-without-class", "asset-without-location"],
        words(
            "It is not written down how sensitive a part of the system is, or where it is.",
            "Write down what it holds and where it is.",
        ),
    ),
    (
        &["prompt-unexplained"],
        words(
            "Nobody says who wrote the instructions to the AI, or why they are as they are.",
            "Name the author and the reason of each.",
        ),
    ),
    (
        &["hash-unpublished"],
        words(
            "Others get a part of the system and can not tell whether it is genuine.",
            "Publish its fingerprint beside it.",
        ),
    ),
    (
        &["vulnerability-unrated"],
        words(
            "A known weakness is open, and nobody has said how bad it is.",
            "Rate it, and decide what to do about it.",
        ),
    ),
];
