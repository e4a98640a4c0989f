//! Under which attributes objects hold what can be called.
//!
//! A function or a callable object under any other name could stand where a method is looked up, so it is not
//! known to be harmless. The names are those that real pickles of the packages have, and parameters that their
//! documentation says are functions; none is a method of a class in the tables of its package.

/// Packages, and the attributes that their objects hold functions under. An empty name stands for all.
#[rustfmt::skip]
const HOLDERS: &[(&str, &[&str])] = &[
    ("", &[
        "activation", "analyzer", "cost_function", "criterion", "cv", "dist", "distance_func", "distance_function", "dtype", "dtype_",
        "dtype_i", "func", "init", "inverse_func", "kernel", "kernel_", "loss_", "loss_function_", "metric", "metric_", "objective",
        "pooling_func", "preprocessor", "score_func", "scorer", "scorer_", "scoring", "similarity_func", "stemmer", "strategy",
        "tokenizer", "weights",
    ]),
    ("sklearn", &[
        "_base_loss", "_curve_scorer", "_kmeans_single", "_link_instance", "_loss", "_score_func", "distance", "effective_metric_",
        "estimator_class", "f_", "k1", "k2", "link", "loss", "owner",
    ]),
    ("imblearn", &["estimator_class", "kind", "sampling_strategy"]),
    ("scipy", &["_asarray", "_call", "_delegate_to", "_dist", "_spline", "_spline_class", "bspline", "hess_inv", "vecentropy"]),
    ("numpy", &["pyfunc"]),
    ("pandas", &["_freq", "_index_freq", "_subtyp", "freq", "offset"]),
    ("statsmodels", &[
        "M", "_index_freq", "_link", "bspline", "distr", "family", "initialization", "link", "model_class", "norm",
        "results_class", "simulation_smooth_results_class", "variance",
    ]),
    ("nltk", &["_Token"]),
    ("gensim", &["hashfxn", "wglobal", "wlocal"]),
    ("optuna", &[
        "_after_trial_strategy", "_child_generation_strategy", "_crossover", "_elite_population_selection_strategy",
        "_parzen_estimator_cls",
    ]),
    ("skopt", &["_rvs", "k1", "k2"]),
    ("sksurv", &["_loss", "baseline_survival_", "cum_baseline_hazard_"]),
    ("torchvision", &["_norm_layer", "norm_layer"]),
    ("stable_baselines3", &["value_schedule"]),
    ("statsforecast", &["df_constructor"]),
    ("minisom", &[
        "_activation_distance", "_decay_function", "_learning_rate_decay_function", "_neighborhood", "_sigma_decay_function", "neighborhood",
    ]),
    ("kmodes", &["cat_dissim", "num_dissim"]),
    ("xgboost", &["_logger"]),
    ("lightgbm", &["_fobj"]),
    ("ngboost", &["Dist", "Score", "_basedist"]),
    ("networkx", &[
        "adjlist_inner_dict_factory", "adjlist_outer_dict_factory", "edge_attr_dict_factory", "edge_key_dict_factory",
        "degree", "edges", "graph_attr_dict_factory", "in_degree", "in_edges", "node_attr_dict_factory", "node_dict_factory",
        "nodes", "out_degree", "out_edges",
    ]),
    ("mlxtend", &["feval", "scoring_func"]),
    ("lineartree", &["linear_class"]),
    ("torch", &["_anneal_func", "activation", "activation_post_process", "anneal_func", "distance_function", "fn", "hook", "norm", "scale_fn"]),
    ("__torch__", &["0", "1", "2", "3", "4"]),
];

/// Whether an object of a class in `module` may hold under `key` what can be called.
pub(crate) fn holds(module: &str, key: &str) -> bool {
    let package = module.split('.').next().unwrap_or_default();
    let of = |(whose, keys): &&(&str, &[&str])| {
        (whose.is_empty() || *whose == package) && keys.contains(&key)
    };
    HOLDERS.iter().find(of).is_some()
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn functions_are_held_by_parameters_and_never_by_methods() {
        assert!(holds("sklearn.feature_selection._univariate_selection", "score_func"));
        assert!(holds("scipy.interpolate._interpolate", "_call"));
        for key in ["predict", "_attach_methods", "read", "default_factory", "_call", "wrap_output"]
        {
            assert!(!holds("sklearn.linear_model._logistic", key), "{key}");
        }
    }
}
