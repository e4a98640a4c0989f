//! `coseal convert`.

mod written;

use std::path::{Path, PathBuf};

use coseal_core::{exit::ExitCode, fact::Artefact, plain::plain};
use coseal_scan::{
    bytes::{Alone, FileBytes},
    convert::{Plan, with_plan},
    inspect_anyway_under,
};
use coseal_source::secrets::masked;

use self::written::{NotWritten, Written, write};
use super::{
    complain,
    output::{print, width},
    scan::policy,
};
use crate::{
    confine::confine_to_write,
    render::{convert_text, scan_text},
};

/// What the result is called.
const SUFFIX: &str = "safetensors";
/// Formats that are read, beside compressed ones.
const FORMATS: &[&str] = &["npy", "npz", "pickle", "torch-legacy", "torch-zip"];

/// Write the tensors of a PyTorch or NumPy file as safetensors.
///
/// Reads files of torch.save (today's archives, and the layout before them), .npy and .npz, and arrays that were pickled or
/// written by joblib. Nothing is executed, and no Python is needed. Only a file whose scan is clean and complete is converted;
/// of any other the findings are shown.
///
/// Keys of nested containers are joined by dots. Tensors that share bytes get bytes of their own. What is no tensor, such as an
/// epoch or the settings of an optimiser, has no place in safetensors: it is listed, and dropped only with --drop-other.
///
/// The result is scanned before it gets its name; a file that is there is overwritten only with --force. On Linux, what parses the
/// file can reach no network and no program, and write nowhere but in the folder of the result.
///
/// Exit codes: 0 written; 1 malicious or unknown; 6 malformed, undecided, or nothing that can be converted; 2 something would be
/// dropped or overwritten; 4 a file that can't be read or written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file.
    file: PathBuf,
    /// Where to write; beside the file, with the suffix .safetensors, unless given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Drop what is no tensor.
    #[arg(long)]
    drop_other: bool,
    /// Overwrite a file that is there.
    #[arg(long)]
    force: bool,
    /// Judge the file by this policy, too, as coseal scan does.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// Why nothing was written, and how the run ends.
struct Refused {
    why: String,
    code: ExitCode,
}

fn refused(code: ExitCode, why: impl Into<String>) -> Refused {
    Refused { why: why.into(), code }
}

pub(super) fn run(args: &Args) -> ExitCode {
    match convert(args) {
        Ok(text) => print(&text, ExitCode::Clean),
        Err(Refused { why, code }) => {
            complain(&masked(&why));
            code
        }
    }
}

fn convert(args: &Args) -> Result<String, Refused> {
    let out = out(args)?;
    let own = policy::read(args.policy.as_deref());
    let own = own.map_err(|why| refused(ExitCode::Usage, why))?;
    let bytes = FileBytes::open(&args.file).map_err(|error| {
        let path = plain(&args.file.to_string_lossy(), 300);
        refused(ExitCode::Environment, format!("failed to read {path}: {error}"))
    })?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    confine_to_write([args.file.as_path()].into_iter(), folder.unwrap_or(Path::new(".")));
    let artefact = inspect_anyway_under(name(&args.file).as_str(), &bytes, &Alone, &own.policy);
    clean(&artefact)?;
    with_plan(&bytes, |plan| written(plan, args, &out)).map_err(|unfit| {
        refused(ExitCode::Incomplete, format!("it can't be converted: {}", unfit.why))
    })?
}

/// Where the result goes.
fn out(args: &Args) -> Result<PathBuf, Refused> {
    let out = args.out.clone().unwrap_or_else(|| args.file.with_extension(SUFFIX));
    let suffixed = out.extension().is_some_and(|suffix| suffix == SUFFIX);
    if !suffixed {
        return Err(refused(
            ExitCode::Usage,
            "--out must end with .safetensors: loaders go by the name",
        ));
    }
    if out == args.file {
        return Err(refused(ExitCode::Usage, "FILE has the suffix of a safetensors file already"));
    }
    if !args.force && out.symlink_metadata().is_ok() {
        let why = format!("{} is there already: --force overwrites it", name(&out));
        return Err(refused(ExitCode::Usage, why));
    }
    Ok(out)
}

/// The last part of a path, as results show it.
fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| plain(&name.to_string_lossy(), 300))
}

/// Nothing but what is clean and complete is converted.
fn clean(artefact: &Artefact) -> Result<(), Refused> {
    let code = artefact.exit_code();
    if code == ExitCode::Clean {
        return match artefact.format.as_str() {
            "safetensors" => Err(refused(ExitCode::Usage, "FILE is a safetensors file already")),
            format if FORMATS.contains(&format) || format.starts_with("compressed-") => Ok(()),
            format => {
                let why = format!("it can't be converted: {format} is not read for that");
                Err(refused(ExitCode::Incomplete, why))
            }
        };
    }
    let code = print(&scan_text::one(artefact, None, true, width()), code);
    Err(refused(code, "nothing was written: only what is clean and complete is converted"))
}

fn written(plan: &Plan<'_>, args: &Args, out: &Path) -> Result<String, Refused> {
    if plan.tensors() == 0 {
        return Err(refused(ExitCode::Incomplete, "it can't be converted: no tensor is in it"));
    }
    if !plan.dropped.is_empty() && !args.drop_other {
        let code = print(&convert_text::dropped(plan, width()), ExitCode::Usage);
        return Err(refused(code, "nothing was written: --drop-other drops what is listed"));
    }
    let Written { digest, size } = write(plan, out, args.force).map_err(|error| match error {
        NotWritten::Unsound => refused(ExitCode::Bug, error.to_string()),
        _ => refused(ExitCode::Environment, error.to_string()),
    })?;
    Ok(convert_text::written(plan, &name(out), size, digest, width()))
}
