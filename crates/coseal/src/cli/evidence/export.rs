//! `coseal evidence export`.

use std::{collections::BTreeMap, path::PathBuf};

use clap::ValueEnum;
use coseal_assure::{
    assess,
    evidence::{Depth, Found, Origin, Store},
    export::{self, EvidenceItem, Exported, Spec},
};
use coseal_core::{exit::ExitCode, system::Resolver};
use jiff::civil::Date;

use super::of::failed;
use crate::{
    cli::{complain, judging::folder, output::print},
    clock,
    inspect::inspect,
    places::Places,
    progress::Progress,
    registry,
};

/// Formats that verdicts and their evidence can be given away in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The signed envelopes alone, one a line: an in-toto attestation bundle.
    Bundle,
    /// CycloneDX 1.6 declarations (CDXA).
    #[value(name = "cyclonedx-1.6")]
    Cyclonedx16,
    /// CycloneDX 1.7 declarations (CDXA).
    #[value(name = "cyclonedx-1.7")]
    Cyclonedx17,
    /// OSCAL assessment results.
    Oscal,
    /// Gemara evaluation log.
    Gemara,
}

/// Give verdicts and their evidence away in formats that other tools read.
///
/// The folder is judged as by `coseal check`; records that its answers stand on go with them, each with the proof that it is in
/// its log. What is unknown or stale stays so in every format. For JSON of coseal's own: coseal check --format json.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the AI system.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    format: Format,
    /// Judge as of this day (YYYY-MM-DD) instead of today.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Environment that the verdicts are about.
    #[arg(long, value_name = "NAME")]
    environment: Option<String>,
    #[command(flatten)]
    places: Places,
}

pub(super) fn run(args: &Args) -> ExitCode {
    match export(args) {
        Ok(code) | Err(code) => code,
    }
}

fn export(args: &Args) -> Result<ExitCode, ExitCode> {
    let root = folder(&args.path);
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let mut inspected = inspect(&root, as_of, &Resolver::default(), false, &Progress::new(false))
        .map_err(|error| {
        complain(&format!("failed to look at PATH: {error}"));
        ExitCode::Environment
    })?;
    let Some(system) = inspected.facts.system.clone() else {
        complain("there is no system file without errors: coseal check says what is wrong");
        return Err(ExitCode::InvalidSystemFile);
    };
    let id = &system.system.id;
    let trust = args.places.root(id, Some(&root)).map_err(failed)?;
    // What is given away is verified in full first.
    let evidence =
        args.places.evidence(id, trust.as_ref(), as_of, Depth::Signatures).map_err(failed)?;
    let broken: Vec<_> = evidence.errors().map(ToString::to_string).collect();
    inspected.decided(&evidence.keyring, &evidence.standing());
    inspected.facts.environment.clone_from(&args.environment);
    inspected.facts.recorded = evidence.counting();
    let assessment = assess(&registry::checks(), &inspected.facts);
    let store = args.places.store().map_err(failed)?;
    let mut items = BTreeMap::new();
    for judged in &assessment.checks {
        if let Some(record) = &judged.evidence {
            items.insert(judged.entry.id.clone(), item(&store, record).map_err(failed)?);
        }
    }
    let exported = Exported {
        assessment: &assessment,
        system: id,
        purpose: &system.system.purpose,
        tool_version: env!("CARGO_PKG_VERSION"),
        made: clock::now(),
        evidence: items,
    };
    let text = match args.format {
        Format::Cyclonedx16 => export::cyclonedx(&exported, Spec::V1_6),
        Format::Cyclonedx17 => export::cyclonedx(&exported, Spec::V1_7),
        Format::Oscal => export::oscal(&exported),
        Format::Gemara => export::gemara(&exported),
        Format::Bundle => match export::bundle(&exported) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                complain(&format!("failed to write the bundle: {error}"));
                return Err(ExitCode::Bug);
            }
        },
    };
    for why in &broken {
        complain(why);
    }
    let code = if broken.is_empty() { ExitCode::Clean } else { ExitCode::Integrity };
    Ok(print(&text, code))
}

fn item(
    store: &Store,
    record: &coseal_core::fact::Recorded,
) -> Result<EvidenceItem, coseal_assure::evidence::StoreError> {
    let found = Origin::parse(&record.origin).map(|origin| Found {
        origin,
        index: record.index,
        hash: *record.record.bytes(),
    });
    let found = found
        .ok_or_else(|| coseal_assure::evidence::StoreError::Record("its log has no name".into()))?;
    Ok(EvidenceItem {
        record: record.record,
        received: record.received,
        observed_until: record.observed,
        environment: record.environment.clone(),
        grade: record.grade.letter().chars().next(),
        envelope: store.bytes(&found)?,
        proof: Some(store.prove(&found)?.to_string()),
    })
}
