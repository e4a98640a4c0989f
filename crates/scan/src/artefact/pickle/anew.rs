//! What is made anew of what a stream gives it: arrays of other libraries, models, classes.

use super::{
    arguments::Fit,
    machine::Machine,
    value::{Level, Value},
};

/// Classes that a distribution of NGBoost may tell apart.
const MAX_CLASSES: i64 = 4096;

impl Machine<'_, '_, '_> {
    /// Whether it is a model of NGBoost, which makes a class of its distribution and its score when it is loaded.
    pub(super) fn is_boosting(&self, class: u32) -> bool {
        self.session.names.get(class).is_some_and(|import| {
            matches!(import.module.as_str(), "ngboost.api" | "ngboost.ngboost")
        })
    }

    /// Whether the distribution and the score of such a state are NGBoost's own, and its classes a few.
    pub(super) fn is_of_ngboost(&self, state: u32) -> bool {
        let own = |key| match self.field(state, key) {
            None | Some(Value::None | Value::Reported) => true,
            Some(held) => {
                matches!(held, Value::Global(_))
                    && self.named(held).is_some_and(|(module, _)| {
                        module.starts_with("ngboost.distns.") || module == "ngboost.scores"
                    })
            }
        };
        let few = match self.field(state, "K") {
            None => true,
            Some(Value::Int(count)) => (0..=MAX_CLASSES).contains(&count),
            Some(_) => false,
        };
        let whole = self.heap.contents(state).is_some_and(|dict| dict.whole);
        whole && few && ["Dist", "Score", "_basedist"].into_iter().all(own)
    }

    /// `(reconstructor, (array class, (0,), b'b'), (version, shape, type, order, bytes), literals)`: an array of JAX by NumPy's.
    pub(super) fn device_array(&self, items: &[Value]) -> Fit {
        let [function, Value::Tuple(arguments), Value::Tuple(state), kept @ Value::Dict(_)] =
            *items
        else {
            return Fit::No("not an array and what is kept beside it");
        };
        if !arguments.whole || !state.whole {
            return Fit::Unseen;
        }
        let numpys = |(module, name): (&str, &str)| {
            matches!(module, "numpy.core.multiarray" | "numpy._core.multiarray")
                && name == "_reconstruct"
        };
        if !(matches!(function, Value::Global(_)) && self.named(function).is_some_and(numpys)) {
            return Fit::No("its function is not NumPy's");
        }
        let arguments = self.heap.items(arguments);
        let plain =
            arguments.first().and_then(|class| self.named(*class)) == Some(("numpy", "ndarray"));
        match self.array_reconstruct(arguments) {
            Fit::Object if plain => {}
            Fit::Object => return Fit::No("its class is no plain array"),
            other => return other,
        }
        let [Value::Int(_), shape @ Value::Tuple(_), dtype, Value::Bool(_), content] =
            *self.heap.items(state)
        else {
            return Fit::No("no array has such a state");
        };
        // Device memory holds no objects.
        let empty = matches!(content, Value::Object { .. })
            && self.named(content) == Some(("builtins", "bytes"));
        if !(content.is_bytes() || empty) || !(self.is_dtype(dtype) || dtype == Value::Reported) {
            return Fit::No("no array has such a state");
        }
        self.at_most(Level::Literal, &[shape, kept])
    }

    /// `(series, order, …)` of a model that is made anew: arrays, indices and literals.
    pub(super) fn series_model(&self, items: &[Value]) -> Fit {
        let fits = |item: &Value| match *item {
            Value::Object { .. } => self.named(*item).is_some_and(|(module, _)| {
                matches!(module.split('.').next(), Some("numpy" | "pandas"))
            }),
            Value::Tuple(_) | Value::List(_) | Value::Dict(_) => {
                matches!(self.at_most(Level::Literal, &[*item]), Fit::Object)
            }
            Value::Global(_) | Value::Outside | Value::Lazy | Value::Storage(_) => false,
            _ => true,
        };
        match items.iter().all(fits) {
            true => self.at_most(Level::Object, items),
            false => Fit::No("it is made of something other than arrays"),
        }
    }
}

#[cfg(test)]
mod tests {
    use coseal_core::fact::ArtefactVerdict::{self, Clean, Malicious, Unknown};

    use crate::{bytes::SliceBytes, inspect};

    fn verdict(text: &str) -> ArtefactVerdict {
        let bytes = [b"\x80\x04" as &[u8], text.as_bytes(), b"."].concat();
        inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
    }

    const NUMPY: &str = "cnumpy.core.multiarray\n_reconstruct\n";
    const ARRAY: &str = "(cnumpy\nndarray\n(K\u{0}tC\u{1}btt";
    const STATE: &str = "(K\u{1}(K\u{1}tcnumpy\ndtype\n(Vu1\nI00\nI01\ntRI00\nC\u{1}xt";

    #[test]
    fn arrays_of_jax_are_made_by_numpy_only() {
        let array = |function: &str, arguments: &str, state: &str| {
            verdict(&format!(
                "cjax._src.array\n_reconstruct_array\n({function}{arguments}{state}}}tR"
            ))
        };
        let arguments = ARRAY.replace("tt", "t");
        assert_eq!(array(NUMPY, &arguments, STATE), Clean);
        assert_eq!(array("cos\nsystem\n", &arguments, STATE), Malicious);
        assert_eq!(array("cbuiltins\nsorted\n", &arguments, STATE), Unknown);
        assert_eq!(array(NUMPY, "(cpathlib\nPath\n(K\u{0}tC\u{1}bt", STATE), Unknown);
        assert_eq!(
            array(NUMPY, "(cnumpy\nndarray\n(J\u{0}\u{0}\u{0}\u{7f}tC\u{1}bt", STATE),
            Unknown
        );
        assert_eq!(array(NUMPY, &arguments, &STATE.replace("C\u{1}x", "]")), Unknown);
    }

    #[test]
    fn models_are_made_anew_of_arrays() {
        let model = |series: &str| {
            verdict(&format!(
                "cstatsmodels.tsa.arima_model\nARIMA\n({series}(K\u{1}K\u{1}K\u{0}tNNNVnone\ntR"
            ))
        };
        assert_eq!(model("](G?\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}e"), Clean);
        assert_eq!(model("csklearn.pipeline\nPipeline\n(tR"), Unknown);
        assert_eq!(model("cbuiltins\nsorted\n"), Unknown);
    }

    #[test]
    fn distributions_of_ngboost_are_its_own() {
        let model = |score: &str, count: &str| {
            verdict(&format!(
                "(ingboost.api\nNGBRegressor\n}}(VScore\n{score}VDist\ncngboost.distns.normal\nNormal\n{count}ub"
            ))
        };
        let own = "cngboost.scores\nLogScore\n";
        assert_eq!(model(own, ""), Clean);
        assert_eq!(model(own, "VK\nK\u{3}"), Clean);
        assert_eq!(model("cbuiltins\nsorted\n", ""), Unknown);
        assert_eq!(model("}", ""), Unknown);
        assert_eq!(model(own, "VK\nJ\u{0}\u{0}\u{0}\u{7f}"), Unknown);
        assert_eq!(model("cos\nsystem\n", ""), Malicious);
    }
}
