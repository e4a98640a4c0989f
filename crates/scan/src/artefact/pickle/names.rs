//! What a stream imports, what it does with it, and the findings that follow.

use std::{collections::HashMap, sync::Arc};

use coseal_core::{fact::ArtefactVerdict, scan_policy::ScanPolicy};

use super::{
    agents, danger,
    policy::{self, Use},
    rules,
};
use crate::artefact::report::Report;

/// Different imports kept.
const MAX_IMPORTS: usize = 4096;
/// What is said where the policy file allows what nothing can.
const REFUSED: &str =
    " (the policy file allows it, which counts for nothing: it is known to be dangerous)";
/// Characters kept of a name.
const MAX_NAME: usize = 300;

/// Something imported.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    /// `module.qualname`, bounded.
    pub(crate) shown: String,
    /// How the policy lets it be used, if it knows it.
    pub(crate) allows: Option<&'static Use>,
    /// Its module, after the renames of Python 3.
    pub(crate) module: String,
    /// Its qualified name.
    pub(crate) name: String,
    dangerous: bool,
    /// Only the policy file allows it.
    granted: bool,
    /// The policy file allows it, and it is dangerous, or may be.
    refused: bool,
    offset: u64,
    call: Option<(u64, String)>,
}

impl Import {
    /// Whether only the policy file allows it: what it makes may be anything.
    pub(crate) const fn is_granted(&self) -> bool {
        self.granted
    }
}

/// All imports of a file.
#[derive(Debug, Default)]
pub(crate) struct Names {
    all: Vec<Import>,
    index: HashMap<(String, String), u32>,
    overflow: bool,
    /// What somebody's own policy allows.
    own: Arc<ScanPolicy>,
    /// The stream belongs to a TorchScript archive, whose own classes are not Python's.
    pub(crate) script: bool,
    /// The stream is of a record of Stable Baselines.
    pub(crate) agent: bool,
}

/// Whether a module is TorchScript's own, compiled from the archive's code.
fn is_script(module: &str) -> bool {
    module == "__torch__" || module.starts_with("__torch__.")
}

/// Python 2's names for modules that Python 3 moved; the unpickler maps them for protocols below 3.
const RENAMED: &[(&str, &str)] = &[
    ("__builtin__", "builtins"),
    ("exceptions", "builtins"),
    ("copy_reg", "copyreg"),
    ("cPickle", "pickle"),
    ("_pickle", "pickle"),
    ("Queue", "queue"),
];

impl Names {
    /// None yet, and what somebody's own policy allows of them.
    pub(crate) fn under(own: Arc<ScanPolicy>) -> Self {
        Self { own, ..Self::default() }
    }

    /// An import at `offset`. Unknown names count as found from here on: nothing later hides them.
    pub(crate) fn import(&mut self, module: &str, name: &str, offset: u64) -> u32 {
        let renamed = RENAMED.iter().find(|(old, _)| *old == module).map_or(module, |(_, new)| new);
        let key = (renamed.to_owned(), name.to_owned());
        if let Some(&index) = self.index.get(&key) {
            return index;
        }
        if self.all.len() >= MAX_IMPORTS {
            self.overflow = true;
            return u32::MAX;
        }
        let index = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let shown: String = format!("{module}.{name}").chars().take(MAX_NAME).collect();
        let allows = policy::allowed(renamed, name)
            .or_else(|| (self.script && is_script(module)).then_some(policy::SCRIPT))
            .or_else(|| self.agent.then(|| agents::allowed(renamed, name)).flatten());
        let dangerous = allows.is_none()
            && is_dotted_identifier(module)
            && is_dotted_identifier(name)
            && danger::is_dangerous(renamed, name);
        let own = self.own.allowance(renamed, name).or_else(|| self.own.allowance(module, name));
        // What these read or import is looked at whoever allows them.
        let barred = dangerous || danger::compiles(renamed, name) || danger::imports(renamed, name);
        let granted = own.filter(|_| !barred).map(|own| policy::granted(&own.uses));
        let refused = own.is_some() && barred;
        self.all.push(Import {
            shown,
            allows: allows.or(granted),
            granted: allows.is_none() && granted.is_some(),
            dangerous,
            refused,
            module: key.0.clone(),
            name: key.1.clone(),
            offset,
            call: None,
        });
        self.index.insert(key, index);
        index
    }

    /// The same imports, none of them called yet: what was found already counts elsewhere.
    pub(crate) fn fresh(&self) -> Self {
        let all =
            self.all.iter().map(|import| Import { dangerous: false, call: None, ..import.clone() });
        Self {
            all: all.collect(),
            index: self.index.clone(),
            overflow: self.overflow,
            own: Arc::clone(&self.own),
            script: self.script,
            agent: self.agent,
        }
    }

    /// An import by its index.
    pub(crate) fn get(&self, index: u32) -> Option<&Import> {
        self.all.get(usize::try_from(index).ok()?)
    }

    /// Whether an import is a class of the TorchScript archive itself, whose own code takes its state.
    pub(crate) fn is_scripts(&self, index: u32) -> bool {
        self.script && self.get(index).is_some_and(|import| is_script(&import.module))
    }

    /// How many different imports there are.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Notes the first call of an import that the policy does not know; `text` shows it.
    pub(crate) fn called(&mut self, index: u32, offset: u64, text: impl FnOnce() -> String) {
        let import = usize::try_from(index).ok().and_then(|index| self.all.get_mut(index));
        if let Some(import) = import.filter(|import| import.call.is_none()) {
            import.call = Some((offset, text()));
        }
    }

    /// Notes that an import is used as only something dangerous is: `text` shows it, whatever it was called with before.
    pub(crate) fn mark_dangerous(&mut self, index: u32, offset: u64, text: &str) {
        let import = usize::try_from(index).ok().and_then(|index| self.all.get_mut(index));
        if let Some(import) = import.filter(|import| !import.dangerous) {
            import.dangerous = true;
            import.call = Some((offset, text.to_owned()));
        }
    }

    /// Whether something dangerous was imported, or something unknown was called.
    pub(crate) fn has_effect(&self) -> bool {
        // What goes beyond those kept may be anything; noise never gets so far.
        self.overflow
            || self.all.iter().any(|import| {
                import.allows.is_none()
                    && (import.dangerous || import.call.is_some())
                    && is_dotted_identifier(&import.module)
                    && is_dotted_identifier(&import.name)
            })
    }

    /// Whether something that the policy does not know was imported after the first `known` imports.
    pub(crate) fn imports_unknown(&self, known: usize) -> bool {
        self.all.iter().skip(known).any(|import| {
            import.allows.is_none()
                && is_dotted_identifier(&import.module)
                && is_dotted_identifier(&import.name)
        })
    }

    /// Reports every import that the policy does not know, called or not.
    pub(crate) fn report(&self, report: &mut Report) {
        for import in self.all.iter().filter(|import| import.granted) {
            report.granted(&import.shown);
        }
        for import in self.all.iter().filter(|import| import.allows.is_none()) {
            let (call, verdict) = match import.dangerous {
                true => (rules::DANGEROUS_CALL, ArtefactVerdict::Malicious),
                false => (rules::UNKNOWN_CALL, ArtefactVerdict::Unknown),
            };
            let refused = if import.refused { REFUSED } else { "" };
            match &import.call {
                Some((offset, text)) => {
                    report.find(&call, verdict, *offset, &format!("calls {text}{refused}"));
                }
                None => {
                    let rule = match import.dangerous {
                        true => rules::DANGEROUS_IMPORT,
                        false => rules::UNKNOWN_IMPORT,
                    };
                    let text = format!("imports {}{refused}", import.shown);
                    report.find(&rule, verdict, import.offset, &text);
                }
            }
        }
        if self.overflow {
            report.gap("imports", "there are more different ones than are kept");
        }
    }
}

/// Whether it is one or more Python identifiers joined by dots.
pub(crate) fn is_dotted_identifier(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut characters = part.chars();
        characters.next().is_some_and(|first| first == '_' || first.is_alphabetic())
            && characters.all(|c| c == '_' || c.is_alphanumeric())
    })
}
