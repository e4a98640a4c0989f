//! Kinds of manifests and lock files, told by their names.

use super::{
    Lock, cargo, conda, gems, go, jvm, lock, named::Named, node, pipfile, pyproject, requirements,
    setup,
};

/// A kind of manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `requirements.txt` and its like.
    Requirements,
    /// `pyproject.toml`.
    Pyproject,
    /// `setup.cfg`.
    SetupCfg,
    /// `setup.py`.
    SetupPy,
    /// `Pipfile`.
    Pipfile,
    /// `environment.yml`.
    Conda,
    /// `package.json`.
    PackageJson,
    /// `go.mod`.
    GoMod,
    /// `Cargo.toml`.
    Cargo,
    /// `pom.xml`.
    Pom,
    /// `build.gradle` and `build.gradle.kts`.
    Gradle,
    /// `Gemfile`.
    Gemfile,
}

impl Form {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Requirements,
        Self::Pyproject,
        Self::SetupCfg,
        Self::SetupPy,
        Self::Pipfile,
        Self::Conda,
        Self::PackageJson,
        Self::GoMod,
        Self::Cargo,
        Self::Pom,
        Self::Gradle,
        Self::Gemfile,
    ];

    /// The kind that a file is by its path, if it is a manifest.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        match file {
            "pyproject.toml" => Some(Self::Pyproject),
            "setup.cfg" => Some(Self::SetupCfg),
            "setup.py" => Some(Self::SetupPy),
            "Pipfile" => Some(Self::Pipfile),
            "package.json" => Some(Self::PackageJson),
            "go.mod" => Some(Self::GoMod),
            "Cargo.toml" => Some(Self::Cargo),
            "pom.xml" => Some(Self::Pom),
            "build.gradle" | "build.gradle.kts" => Some(Self::Gradle),
            "Gemfile" => Some(Self::Gemfile),
            _ if is_conda(file) => Some(Self::Conda),
            _ if is_requirements(folder, file) => Some(Self::Requirements),
            _ => None,
        }
    }

    /// Where its packages come from.
    #[must_use]
    pub const fn ecosystem(self) -> &'static str {
        match self {
            Self::Requirements
            | Self::Pyproject
            | Self::SetupCfg
            | Self::SetupPy
            | Self::Pipfile => "pypi",
            Self::Conda => "conda",
            Self::PackageJson => "npm",
            Self::GoMod => "go",
            Self::Cargo => "cargo",
            Self::Pom | Self::Gradle => "maven",
            Self::Gemfile => "gem",
        }
    }

    /// What a manifest of this kind says.
    ///
    /// # Errors
    /// Why it can't be read, as a fragment.
    pub fn read(self, path: &str, text: &str) -> Result<Named, String> {
        match self {
            Self::Requirements => Ok(requirements::read(path, text)),
            Self::Pyproject => pyproject::read(text),
            Self::SetupCfg => Ok(setup::read_cfg(text)),
            Self::SetupPy => Ok(setup::read_py(text)),
            Self::Pipfile => pipfile::read(text),
            Self::Conda => Ok(conda::read(text)),
            Self::PackageJson => node::read(text),
            Self::GoMod => Ok(go::read(text)),
            Self::Cargo => cargo::read(text),
            Self::Pom => Ok(jvm::read_pom(text)),
            Self::Gradle => Ok(jvm::read_gradle(text)),
            Self::Gemfile => Ok(gems::read(text)),
        }
    }

    /// The names of lock files that fix versions for it, the first one preferred.
    #[must_use]
    pub const fn locks(self) -> &'static [&'static str] {
        match self {
            Self::Pipfile => &["Pipfile.lock"],
            Self::Pyproject | Self::SetupCfg | Self::SetupPy => {
                &["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"]
            }
            Self::Requirements => {
                &["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock"]
            }
            Self::PackageJson => {
                &["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"]
            }
            Self::Cargo => &["Cargo.lock"],
            Self::Gemfile => &["Gemfile.lock"],
            Self::Conda | Self::GoMod | Self::Pom | Self::Gradle => &[],
        }
    }
}

fn is_conda(file: &str) -> bool {
    let stem = file.strip_suffix(".yml").or_else(|| file.strip_suffix(".yaml"));
    stem.is_some_and(|stem| {
        matches!(stem, "environment" | "conda" | "conda-env" | "conda_env" | "env")
            || stem.starts_with("environment-")
            || stem.starts_with("environment_")
            || stem.starts_with("environment.")
    })
}

fn is_requirements(folder: &str, file: &str) -> bool {
    let lower = file.to_lowercase();
    let Some(stem) = lower.strip_suffix(".txt").or_else(|| lower.strip_suffix(".in")) else {
        return false;
    };
    let in_folder = folder.rsplit('/').next() == Some("requirements");
    stem.contains("requirements") || in_folder
}

/// A kind of lock file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockForm {
    /// `poetry.lock`, `uv.lock`, `pdm.lock`, `Cargo.lock`: tables of packages in TOML.
    Tables,
    /// `Pipfile.lock`.
    Pipfile,
    /// `package-lock.json`.
    PackageLock,
    /// `pnpm-lock.yaml`.
    Pnpm,
    /// `yarn.lock`.
    Yarn,
    /// `Gemfile.lock`.
    Gemfile,
}

impl LockForm {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Tables, Self::Pipfile, Self::PackageLock, Self::Pnpm, Self::Yarn, Self::Gemfile];

    /// The kind that a file is by its path, if it is a lock file.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit('/').next().unwrap_or_default() {
            "poetry.lock" | "uv.lock" | "pdm.lock" | "pylock.toml" | "Cargo.lock" => {
                Some(Self::Tables)
            }
            "Pipfile.lock" => Some(Self::Pipfile),
            "package-lock.json" | "npm-shrinkwrap.json" => Some(Self::PackageLock),
            "pnpm-lock.yaml" => Some(Self::Pnpm),
            "yarn.lock" => Some(Self::Yarn),
            "Gemfile.lock" => Some(Self::Gemfile),
            _ => None,
        }
    }

    /// The versions that a lock file of this kind fixes.
    ///
    /// # Errors
    /// Why it can't be read, as a fragment.
    pub fn read(self, text: &str) -> Result<Lock, String> {
        match self {
            Self::Tables => Ok(lock::tables(text)),
            Self::Pipfile => lock::pipfile(text),
            Self::PackageLock => lock::package_lock(text),
            Self::Pnpm => Ok(lock::pnpm(text)),
            Self::Yarn => Ok(lock::yarn(text)),
            Self::Gemfile => Ok(lock::gemfile(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, LockForm};

    #[test]
    fn tells_manifests_by_their_names() {
        for (path, form) in [
            ("requirements.txt", Form::Requirements),
            ("a/requirements-dev.txt", Form::Requirements),
            ("requirements/base.in", Form::Requirements),
            ("a/environment.yaml", Form::Conda),
            ("package.json", Form::PackageJson),
        ] {
            assert_eq!(Form::of(path), Some(form), "{path}");
        }
        for path in
            ["notes.txt", "robots.txt", "env.py", "uv.lock", "config.yml", "system-requirements.md"]
        {
            assert_eq!(Form::of(path), None, "{path}");
        }
        for form in Form::ALL {
            assert!(form.locks().iter().all(|lock| LockForm::of(lock).is_some()));
        }
    }
}
