//! What a check is.

use crate::{
    fact::{Read, View},
    finding::{Finding, Location, Rule},
    outcome::Outcome,
};

/// What a check says of itself. Its guideline, level, scope, evidence and verdict rule stand in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Its id in the catalogue.
    pub id: &'static str,
    /// Its documentation, from the doc comment: `coseal explain` prints it.
    pub docs: &'static str,
    /// The facts it reads; it is shown no others, and its evidence is bound to exactly these.
    pub reads: &'static [Read],
    /// The findings it can make.
    pub rules: &'static [Rule],
    /// Whether it can say something of a folder without a system file.
    pub without_system_file: bool,
    /// What the files of a folder can't show of it, where they can't show all.
    pub beyond_files: Option<&'static str>,
}

/// A pure judgement over facts: the same facts give the same outcome.
pub trait Check: Sync {
    /// What it says of itself.
    fn meta(&self) -> &'static Meta;
    /// Judges.
    fn run(&self, facts: &View<'_>, findings: &mut Findings) -> Outcome;
}

/// The findings of one check.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, rule: &Rule, location: Location, detail: impl AsRef<str>) {
        self.all.push(Finding::new(rule, location, detail.as_ref()));
    }

    /// Adds a finding that was made elsewhere, as by a parser.
    pub fn push(&mut self, finding: Finding) {
        self.all.push(finding);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many there are of a rule.
    #[must_use]
    pub fn of(&self, rule: &Rule) -> usize {
        self.all.iter().filter(|finding| finding.rule == rule.id).count()
    }

    /// All, sorted, each once.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.all.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
        self.all.dedup();
        self.all
    }
}

/// Declares a check: its documentation is the doc comment, its id the id in the catalogue.
///
/// ```ignore
/// coseal_core::check! {
///     /// Who can be reached, and since when that is known.
///     pub(crate) ContactsCurrent = "contacts-current";
///     reads: [Read::all(Kind::Role)];
///     rules: [NO_CONTACT];
/// }
/// ```
#[macro_export]
macro_rules! check {
    (
        $(#[doc = $doc:literal])+
        $vis:vis $name:ident = $id:literal;
        reads: [$($read:expr),* $(,)?];
        rules: [$($rule:expr),* $(,)?];
        $(without_system_file: $without:literal;)?
        $(beyond_files: $beyond:literal;)?
    ) => {
        $(#[doc = $doc])+
        $vis struct $name;

        impl $name {
            const META: $crate::check::Meta = $crate::check::Meta {
                id: $id,
                docs: concat!($($doc, "\n"),+),
                reads: &[$($read),*],
                rules: &[$($rule),*],
                without_system_file: false $(|| $without)?,
                beyond_files: { let beyond: Option<&'static str> = None; $(let beyond = { let _ = beyond; Some($beyond) };)? beyond },
            };
        }
    };
}

/// Declares the modules of checks and the list of them, one line a check.
#[macro_export]
macro_rules! checks {
    ($($module:ident::$name:ident),+ $(,)?) => {
        $(mod $module;)+

        /// All checks of this crate.
        pub const CHECKS: &[&dyn $crate::check::Check] = &[$(&$module::$name),+];
    };
}
