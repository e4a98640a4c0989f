//! The closed vocabularies of the system file.

use serde::Serialize;

/// Declares closed vocabularies: enumerations that stand in files as kebab-case words.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }
    )+};
}

pub(crate) use words;

words! {
    /// Who can reach the system.
    Exposure {
        /// Nobody over a network: batch work, a laptop, a build.
        Offline,
        /// People and services of the organisation itself.
        Staff,
        /// Named other organisations.
        Partners,
        /// Anybody.
        Public,
    }
    /// What happens to people or the organisation if the system is wrong or hostile.
    Impact {
        /// An annoyance.
        Low,
        /// Work or money lost, and put right.
        Medium,
        /// People harmed in rights, money or reputation.
        High,
        /// Lives, livelihoods or the organisation itself.
        Critical,
    }
    /// What goes in and out of the models.
    Modality {
        /// Free text.
        Text,
        /// Rows of numbers and categories.
        Tabular,
        /// Pictures.
        Image,
        /// Sound.
        Audio,
        /// Moving pictures.
        Video,
    }
    /// How sensitive data is, least first.
    DataClass {
        /// Meant for anybody.
        Public,
        /// Meant for the organisation.
        Internal,
        /// Harmful to the organisation if it gets out.
        Confidential,
        /// About identifiable people.
        Personal,
        /// About people's health, beliefs, origin and the like.
        Sensitive,
        /// Passwords, keys and the like.
        Secret,
    }
    /// Who can put content there; it decides how far what comes out is trusted.
    Writer {
        /// The system itself.
        System,
        /// The people who build it.
        Developers,
        /// The people who run it.
        Operators,
        /// Others in the organisation.
        Staff,
        /// Suppliers of models, data or tools.
        Suppliers,
        /// Named other organisations.
        Partners,
        /// The system's users.
        Users,
        /// Anybody.
        Public,
    }
    /// What an environment is for.
    Purpose {
        /// Writing and trying code.
        Development,
        /// Training models.
        Training,
        /// Trying a release.
        Staging,
        /// Real users.
        Production,
    }
    /// What a tool can do to the world.
    Effect {
        /// It only reads.
        Read,
        /// It changes something that can be changed back.
        Write,
        /// It reaches people or systems outside.
        External,
        /// What it does can't be taken back.
        Irreversible,
    }
    /// Who has to agree before something happens.
    Approval {
        /// Nobody.
        None,
        /// A written policy that code enforces.
        Policy,
        /// A person, each time.
        Human,
    }
    /// How callers prove who they are.
    Auth {
        /// They don't.
        None,
        /// A shared key or token.
        Key,
        /// A signed-in session.
        Session,
        /// OAuth or OpenID Connect.
        Oauth,
        /// Client certificates.
        Mtls,
    }
    /// Where content ends up; it decides how it must be encoded.
    Sink {
        /// A page or message shown as HTML or Markdown.
        Html,
        /// A database query.
        Sql,
        /// A shell command.
        Shell,
        /// Code that is run.
        Code,
        /// The arguments of a tool.
        ToolArguments,
        /// Structured data with a schema.
        Json,
        /// A person reading plain text.
        Human,
    }
    /// The kind of a store.
    StoreKind {
        /// Embeddings with nearest-neighbour search.
        Vector,
        /// Tables.
        Relational,
        /// Documents or objects.
        Document,
        /// Something that may be lost.
        Cache,
    }
    /// The format of a model's file.
    ModelFormat {
        /// Python pickle, joblib included.
        Pickle,
        /// PyTorch archive.
        Pytorch,
        /// safetensors.
        Safetensors,
        /// ONNX.
        Onnx,
        /// GGUF.
        Gguf,
        /// HDF5 or Keras.
        Keras,
        /// TensorFlow SavedModel or GraphDef.
        Tensorflow,
        /// TensorFlow Lite.
        Tflite,
        /// NumPy arrays.
        Numpy,
        /// A tree library's own format (XGBoost, LightGBM, CatBoost).
        Trees,
        /// Something else.
        Other,
    }
    /// Where a model or dataset comes from, as far as is known.
    Provenance {
        /// Made by the organisation itself.
        Own,
        /// Known, from a named source.
        ThirdParty,
        /// Known not to be known.
        Unknown,
    }
    /// What a dataset is used for.
    DatasetUse {
        /// Training or fine-tuning.
        Training,
        /// Measuring a model.
        Evaluation,
        /// Answering requests.
        Retrieval,
    }
    /// What screens content before it changes a model.
    Screen {
        /// Nothing.
        None,
        /// Code.
        Automatic,
        /// A person.
        Human,
    }
    /// How far a zone is trusted.
    Trust {
        /// Anybody may be there.
        Untrusted,
        /// Named others may be there.
        Partner,
        /// The organisation.
        Internal,
        /// Few people and services of the organisation.
        Restricted,
    }
    /// What a document is.
    DocumentKind {
        /// What users need to know: data use, limits, prohibited uses.
        UserGuide,
        /// Limits and failure modes.
        Limitations,
        /// Known failing or weak test cases, one a line.
        WeakCases,
        /// What to do in an incident.
        Playbook,
        /// How to report a weakness, and what reporters can expect.
        DisclosurePolicy,
        /// `security.txt` (RFC 9116).
        SecurityTxt,
        /// Anything else worth tracking.
        Other,
    }
    /// A class of incident that a playbook is for.
    IncidentClass {
        /// Input or retrieved content takes over the model.
        PromptInjection,
        /// Data reaches those who must not have it.
        DataLeak,
        /// Weights, prompts or behaviour are copied.
        ModelTheft,
        /// Training, retrieval or feedback data is tampered with.
        Poisoning,
        /// A model, dataset, tool or library of a supplier is hostile or gone.
        SupplyChain,
        /// The system does harm: wrong, unfair or unsafe output or action.
        HarmfulOutput,
        /// The system is down, or its costs run away.
        Outage,
    }
}

impl Writer {
    /// Whether text of this writer may carry instructions of a stranger.
    #[must_use]
    pub const fn is_untrusted(self) -> bool {
        matches!(self, Self::Suppliers | Self::Partners | Self::Users | Self::Public)
    }
}

impl DataClass {
    /// Whether data of this class is about people.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::Personal | Self::Sensitive)
    }
}

/// The word of a vocabulary as it stands in the file.
#[must_use]
pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
