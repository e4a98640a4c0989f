//! Examples of the commands: every command has some, and each of them parses.

/// A command line, and what it does.
pub(super) type Shown = (&'static str, &'static str);

/// Examples of each command, by its name without `coseal`.
pub(super) const EXAMPLES: &[(&str, &[Shown])] = &[
    (
        "",
        &[
            (
                "coseal init",
                "describe the AI system in this folder: write coseal.toml from what is found",
            ),
            ("coseal check", "judge it"),
            ("coseal report", "the page that whoever answers for the risk reads"),
            ("coseal scan models/", "is it safe to load these model files?"),
            ("coseal explain stale", "what a word, check or finding means"),
        ],
    ),
    (
        "init",
        &[
            ("coseal init", "write coseal.toml from what is found, asking five questions at most"),
            ("coseal init --kind rag --yes", "ask nothing; what you alone know is marked TODO"),
            (
                "coseal init --diff",
                "what files show and coseal.toml lacks, and the other way round",
            ),
            ("coseal init --update", "add what lacks, and leave the rest as it is"),
        ],
    ),
    (
        "check",
        &[
            ("coseal check", "judge this folder, as far as it can be seen"),
            (
                "coseal check --verbose services/bot",
                "every check of another folder, with its reason",
            ),
            (
                "coseal check --gate merge --format sarif",
                "in a pull request: fail unless what files can answer is known and right",
            ),
            (
                "coseal check --record --key ~/keys/runner",
                "and sign every outcome into the evidence store",
            ),
            (
                "coseal check --baseline earlier.sarif",
                "fail only on what is new since an earlier run",
            ),
        ],
    ),
    (
        "assets",
        &[
            ("coseal assets", "what this system is made of, and where each part is shown"),
            ("coseal assets --kind model --all", "all models, those of tests and examples too"),
            ("coseal assets --format json", "the same for machines, with every place"),
        ],
    ),
    (
        "assets lock",
        &[
            ("coseal assets lock", "register what is new in coseal.lock; say what changed"),
            (
                "coseal assets lock --accept model.intent",
                "register the new digest of a model that was looked at",
            ),
            (
                "coseal assets lock --check",
                "in a pipeline: fail if the register is not as it should be",
            ),
        ],
    ),
    (
        "report",
        &[
            (
                "coseal report --output report.html",
                "write it; next time, what is there is the earlier report",
            ),
            (
                "coseal report --previous last.html --output new.html",
                "and tell what has changed since another one",
            ),
            ("coseal report --format markdown --output -", "for the summary page of a job"),
            ("coseal report --format junit --output report.xml", "for what shows tests"),
            (
                "coseal report --framework owasp-llm-top10 --output report.html",
                "in the order of another framework",
            ),
        ],
    ),
    (
        "decide",
        &[
            (
                "coseal decide attest training-completed --help",
                "what a statement about a check takes",
            ),
            (
                "coseal decide waive ai-debt-low --role owner --reason \"no snapshot yet\" --control \"a nightly probe\" --for 90d",
                "carry a risk for ninety days, unsigned",
            ),
        ],
    ),
    (
        "decide attest",
        &[
            (
                "coseal decide attest training-completed --privileged 12 --completed 12 --evidence 'the list of the course=docs/training.csv' --role risk-owner --reason \"all have done this year's course\" --for 365d --key ~/.ssh/id_ed25519",
                "in numbers, on a list, signed",
            ),
            (
                "coseal decide attest logging-lawful --basis consent --notice \"the help page on privacy\" --role privacy --reason \"asked at sign-up\" --for 365d",
                "on which ground a log is kept",
            ),
        ],
    ),
    (
        "decide waive",
        &[
            (
                "coseal decide waive ai-debt-low --role owner --reason \"no snapshot yet\" --control \"a nightly probe\" --for 90d --key ~/.ssh/id_ed25519",
                "accept its present findings for ninety days",
            ),
            (
                "coseal decide waive ai-debt-low --renews decisions/2026-08-23-waive-ai-debt-low.toml --role risk-owner --reason \"still none\" --control \"a nightly probe\" --for 90d",
                "renew a waiver that ends",
            ),
        ],
    ),
    (
        "threats",
        &[
            ("coseal threats", "what can go wrong, the worst first, and what stands against it"),
            (
                "coseal threats --path stranger-calls-tool:user:tool.refund",
                "the way from the user to the tool, with the lines of coseal.toml",
            ),
            ("coseal threats --open high", "exit with 1 while a high threat has no answer"),
            ("coseal threats --format json", "all of it for another program"),
            ("coseal threats --format mermaid", "the data-flow diagram, for a page"),
        ],
    ),
    (
        "threats diff",
        &[
            ("coseal threats diff main/coseal.toml .", "what this branch makes possible"),
            ("coseal threats diff old . --fail-on high", "exit with 1 for high ones only"),
        ],
    ),
    (
        "threats blast",
        &[
            ("coseal threats blast model.intent", "if this model is hostile"),
            ("coseal threats blast openai-production", "if this key is in the wrong hands"),
        ],
    ),
    (
        "decide choose",
        &[(
            "coseal decide choose model.chat --chosen large --option 'large=withstood more attacks' --option 'small=cheaper, gave in more often' --criterion 'withstands injection' --evidence docs/compared.csv --role owner --reason \"the best of two\"",
            "two options, what they were measured by, the results",
        )],
    ),
    (
        "decide threat",
        &[
            (
                "coseal decide threat instructions-drawn-out:prompt.answer --accept --severity low --role risk-owner --reason \"the prompt is public\" --for 180d",
                "carry it until a day",
            ),
            (
                "coseal decide threat user-steers-model:user:model.chat --mitigate --control inputs-screened --role owner --reason \"the gateway screens every question\"",
                "name the checks of its controls",
            ),
        ],
    ),
    (
        "decide exempt",
        &[(
            "coseal decide exempt restore-drilled --role owner --reason \"the weights are bought anew\" --for 365d",
            "the question does not arise, for a year",
        )],
    ),
    (
        "decide sign",
        &[(
            "coseal decide sign decisions/2026-11-21-exempt-restore-drilled.toml --key ~/.ssh/id_ed25519",
            "sign a decision that is written already",
        )],
    ),
    (
        "scan",
        &[
            ("coseal scan model.pkl", "one line: what loading it would do"),
            ("coseal scan --explain models/", "every finding in a folder, with its place"),
            ("coseal scan --full --format json models/", "with digests, for machines"),
            ("coseal scan --pre-load model.pt && python serve.py", "a guard before a load"),
            ("coseal scan --policy policy.toml models/", "with what you allow and forbid"),
        ],
    ),
    (
        "convert",
        &[
            ("coseal convert model.pt", "writes model.safetensors"),
            (
                "coseal convert checkpoint.pt --out model.safetensors --drop-other",
                "tensors only: not the epoch, not the optimiser's settings",
            ),
        ],
    ),
    (
        "evidence",
        &[
            ("coseal evidence key new ~/keys/runner", "first: a key for this writer"),
            ("coseal check --record --key ~/keys/runner", "then: judge, and sign"),
            ("coseal evidence verify", "is everything as it was written?"),
        ],
    ),
    ("evidence key", &[("coseal evidence key new ~/keys/runner", "a key for one writer")]),
    (
        "evidence key new",
        &[("coseal evidence key new ~/keys/runner", "prints its lines for a trust root")],
    ),
    (
        "evidence key rotate",
        &[(
            "coseal evidence key rotate old.pub --new new.pub --reason \"yearly\" --sign old --key ~/keys/runner",
            "signed by the old key itself",
        )],
    ),
    (
        "evidence key revoke",
        &[(
            "coseal evidence key revoke lost.pub --reason \"lost\" --sign owner --sign risk --key ~/keys/runner",
            "signed by two roles, as the key is gone",
        )],
    ),
    (
        "evidence list",
        &[
            ("coseal evidence list", "the newest record of each check"),
            ("coseal evidence list --check ai-debt-low --last 5", "the last five of one"),
        ],
    ),
    (
        "evidence show",
        &[
            ("coseal evidence show 3fa9", "by the first digits of its id"),
            ("coseal evidence show --envelope 3fa9", "the signed envelope, byte for byte"),
        ],
    ),
    (
        "evidence verify",
        &[
            ("coseal evidence verify", "every signature, every place in the log"),
            (
                "coseal evidence verify --trust ~/trust/support-bot.toml",
                "and whose signatures they are",
            ),
        ],
    ),
    (
        "evidence prove",
        &[("coseal evidence prove 3fa9", "a proof that others can check without coseal")],
    ),
    (
        "evidence export",
        &[
            ("coseal evidence export --format oscal", "OSCAL assessment results of this folder"),
            (
                "coseal evidence export --format bundle services/bot",
                "the signed envelopes of another",
            ),
        ],
    ),
    (
        "evidence push",
        &[
            ("coseal evidence push git:.", "to refs/coseal/evidence of this repository"),
            ("coseal evidence push folder:/mnt/evidence", "to a folder"),
        ],
    ),
    (
        "evidence pull",
        &[("coseal evidence pull git:.", "from refs/coseal/evidence of this repository")],
    ),
    (
        "evidence schedule",
        &[(
            "coseal evidence schedule --every 7d --key ~/keys/runner",
            "a longer time without a run shows",
        )],
    ),
    (
        "impact",
        &[
            ("coseal impact models/intent.pkl", "what a change of this file would make stale"),
            ("coseal impact model.chat.location", "and of a field of the system file"),
        ],
    ),
    (
        "explain",
        &[
            (
                "coseal explain model-files-scanned",
                "a check: what it asks, and how to put it right",
            ),
            ("coseal explain 2.1", "a guideline, by number or name"),
            ("coseal explain stale", "a state; also a grade (A) or an exit code (6)"),
            ("coseal explain evidence verify", "a command"),
        ],
    ),
    (
        "completions",
        &[
            ("coseal completions bash > ~/.local/share/bash-completion/completions/coseal", "bash"),
            (
                "coseal completions zsh > ~/.zfunc/_coseal",
                "zsh, with fpath+=~/.zfunc before compinit in .zshrc",
            ),
            ("coseal completions fish > ~/.config/fish/completions/coseal.fish", "fish"),
            ("coseal completions powershell >> $PROFILE", "PowerShell"),
            ("coseal completions elvish >> ~/.config/elvish/rc.elv", "elvish"),
        ],
    ),
    (
        "man",
        &[
            ("coseal man check | man -l -", "read a page"),
            (
                "coseal man --all ~/.local/share/man/man1",
                "write all of them, so that man coseal works",
            ),
        ],
    ),
];
