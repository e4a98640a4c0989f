//! Why findings of a family of rules matter: those of the parsers of model files, and those that several checks share.

/// A family: how the ids of its rules begin, and why it matters.
pub(super) struct Family {
    pub(super) prefix: &'static str,
    pub(super) why: &'static str,
}

pub(super) const FAMILIES: &[Family] = &[
    Family {
        prefix: "pickle-",
        why: "A pickle is a program for a small machine, and loading it runs the program: it can import any module and call anything in it. Whoever \
              can change the file can run code as whoever loads it. coseal follows that program without running it, and says what it would reach.",
    },
    Family {
        prefix: "torch-",
        why: "A file of `torch.save` is an archive with a pickle that builds the model and members that hold its numbers. The pickle is a program; the \
              members are read as bare memory. Where the two do not fit each other, loaders read what nobody meant, or code rides along.",
    },
    Family {
        prefix: "safetensors-",
        why: "safetensors is safe because it has no room for code: a header, and numbers. A file that breaks the rules of the format has room again, for \
              what one loader sees and another does not.",
    },
    Family {
        prefix: "zip-",
        why: "An archive says twice what is in it: in its directory and before each member. Loaders differ in which they believe. An archive that disagrees \
              with itself shows a scanner one thing and a loader another.",
    },
    Family {
        prefix: "compressed-",
        why: "What is compressed is unpacked before it is looked at, by coseal as by a loader. A stream that can't be unpacked to its end hides what follows; one \
              that unpacks to far more than its size stops the machine that loads it.",
    },
    Family {
        prefix: "artefact-",
        why: "A verdict is about every byte that a loader interprets. Where a file can't be read to its end, there is no verdict, and that is never \
              the same as clean.",
    },
    Family {
        prefix: "bundle-",
        why: "An archive of models is unpacked by whoever serves them, often by a tool that follows what the archive says: paths, links, code to run. What it would write, and run, is \
              looked at before anybody unpacks it.",
    },
    Family {
        prefix: "catboost-",
        why: "CatBoost reads its models as bare memory, by offsets that the file itself gives. A file whose offsets or parts do not fit makes the loader read what nobody meant.",
    },
    Family {
        prefix: "compiled-",
        why: "An engine is machine code for one kind of chip, made from a model that is not in it. Nobody can see from the outside what it computes, so it is never called clean: \
              build it from a model that was looked at.",
    },
    Family {
        prefix: "coreml-",
        why: "A Core ML model names the operations that it is made of. Custom layers and linked models bring code or files that are not in what was looked at.",
    },
    Family {
        prefix: "executorch-",
        why: "An ExecuTorch program runs operators and delegates by name, and hands some of its bytes to code of a chip's maker. Only names that are known to compute are allowed.",
    },
    Family {
        prefix: "gguf-",
        why: "A GGUF file is a list of values and of tensors, with counts and offsets that the loader trusts. A file that lies about them makes the loader read what nobody meant.",
    },
    Family {
        prefix: "hdf5-",
        why: "HDF5 is a file system in a file: it can point at other files, ask for plug-ins, and hold values that some libraries unpickle. A model needs none of that.",
    },
    Family {
        prefix: "keras-",
        why: "A Keras model is a description from which the loader makes objects, by their names. It can name any class and function that is installed, and carry code of its own.",
    },
    Family {
        prefix: "lexicon-",
        why: "Vocabularies and vectors of words are counts, texts and numbers. A file whose counts do not fit makes loaders read what nobody meant.",
    },
    Family {
        prefix: "lightgbm-",
        why: "A model of LightGBM is text: numbers under names. A line that no version of the library writes, or a tree that does not fit its counts, was put there by something else.",
    },
    Family {
        prefix: "msgpack-",
        why: "Flax keeps weights as msgpack: plain values and arrays, and a few extensions. Other extensions are read by code that only the loader knows.",
    },
    Family {
        prefix: "numpy-",
        why: "An array of NumPy is a header and numbers, or a pickle if it holds objects. A header that lies makes loaders read what nobody meant.",
    },
    Family {
        prefix: "onnx-",
        why: "An ONNX model is a graph of operators by name, with numbers in it or in files beside it. Operators of other makers are code that the runtime is told to load; a path can \
              lead out of the folder.",
    },
    Family {
        prefix: "openvino-",
        why: "A model of OpenVINO is XML with the numbers in a file beside it. Layers of an extension are code that the loader takes from a library.",
    },
    Family {
        prefix: "packaged-",
        why: "A packaged model is a folder with settings that say what to import and run to load it. Whoever loads the model runs that, with all that they may do.",
    },
    Family {
        prefix: "paddle-",
        why: "A program of Paddle is a list of operations by name. Some run Python, or read and write files; a model needs none of those.",
    },
    Family {
        prefix: "pmml-",
        why: "PMML is XML that describes a model by functions. Its readers can be made to fetch files and addresses, and some call functions of their own language by name.",
    },
    Family {
        prefix: "program-",
        why: "A program under the name of a model runs as a program when somebody starts it, whatever else it holds.",
    },
    Family {
        prefix: "r-",
        why: "Data of R can hold expressions, functions and promises: code that runs when the value is used, or as it is read.",
    },
    Family {
        prefix: "repository-",
        why: "A model's folder can bring Python code that its loader imports when it is told to trust it, name other folders whose code is loaded, and change its tokeniser or template. \
              The whole folder is the model.",
    },
    Family {
        prefix: "skops-",
        why: "skops writes what joblib would, as an archive of plain text: the names of classes and functions to make again. It is as safe as the names that are let in.",
    },
    Family {
        prefix: "template-",
        why: "A chat template is a program that puts together what the model reads. It can hide instructions, change what a user said, or try to leave its sandbox, and it runs at every turn.",
    },
    Family {
        prefix: "tensorflow-",
        why: "A graph of TensorFlow is a program: it has operations that read and write files, run code of others, and call Python. It is allowed what models need to compute.",
    },
    Family {
        prefix: "tflite-",
        why: "A model of TensorFlow Lite runs operators by number and name. Custom operators are code that the app brings; Flex operators are those of TensorFlow, files included.",
    },
    Family {
        prefix: "tokenizer-",
        why: "A tokenizer stands between people and a model, in both directions. One that replaces words, puts some in front, or exchanges the numbers of two marks changes what the \
              model is told and what its answer says, and no weight of the model shows it.",
    },
    Family {
        prefix: "torch7-",
        why: "Files of Torch 7 can hold functions of Lua as compiled code, which loading makes ready to run.",
    },
    Family {
        prefix: "xgboost-",
        why: "XGBoost reads trees as arrays that point at each other. Keys that no version writes, circles, and arrays that do not fit make loaders read or run without end.",
    },
    Family {
        prefix: "policy-",
        why: "An organisation may want less than what is harmless: no pickles at all, nothing from a place that nobody answers for, nothing larger than its machines \
              hold. `coseal scan --policy FILE` holds every model file against that.",
    },
    Family {
        prefix: "decision-",
        why: "What no machine can see is decided by people, signed, and taken as evidence. Then it has to be certain that the right role said it, about this \
              system, that it still holds, and that nobody changed it since. A decision that fails in one of these does not count.",
    },
    Family {
        prefix: "endpoint-",
        why: "An endpoint is where the model meets whoever calls it. What it lets through, and what it tells, decides how much a stranger can ask, copy or \
              break.",
    },
    Family {
        prefix: "waiver",
        why: "A waiver is a risk that somebody carries for a while. It is worth something only while it is in date, and while there are few enough to be \
              looked at.",
    },
];

/// The family of a rule.
pub(super) fn family(rule: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| rule.starts_with(family.prefix))
}

#[cfg(test)]
mod tests {
    use super::{FAMILIES, family};
    use crate::registry;

    #[test]
    fn every_rule_of_a_parser_has_a_family_and_every_family_a_rule() {
        for rule in coseal_scan::artefact::RULES.iter().flat_map(|rules| rules.iter()) {
            assert!(family(rule.id).is_some(), "{} needs a family", rule.id);
        }
        for family in FAMILIES {
            assert!(registry::rules().iter().any(|rule| rule.id.starts_with(family.prefix)));
        }
    }
}
