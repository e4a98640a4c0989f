//! Keys of models, by what they stand in.

/// Where, and which keys stand there.
#[rustfmt::skip]
const KEYS: &[(&str, &[&str])] = &[
    ("", &["learner", "version", "Config", "Model"]),
    // What the library writes of a booster in memory, as a pickle or skops holds it: how it is set, and the model.
    ("Config", &["learner", "version"]),
    ("Model", &["learner", "version"]),
    ("metrics", &["name"]),
    ("updater", UPDATERS),
    ("learner", &["metrics", "attributes", "feature_names", "feature_types", "gradient_booster", "learner_model_param", "learner_train_param", "generic_param", "objective", "cats"]),
    ("gradient_booster", &["name", "model", "gbtree", "weight_drop", "specified_updater", "updater"]),
    ("gbtree", &["name", "model", "specified_updater", "updater"]),
    ("model", &["boosted_rounds", "cats", "gbtree_model_param", "iteration_indptr", "param", "tree_info", "trees", "weight_drop", "weights"]),
    ("trees", &[
        "base_weights", "categories", "categories_nodes", "categories_segments", "categories_sizes", "default_left", "id", "leaf_child_counts", "leaf_weights", "left_children",
        "loss_changes", "parents", "right_children", "split_conditions", "split_indices", "split_type", "sum_hessian", "tree_param",
    ]),
    ("cats", &["enc", "feature_segments", "sorted_idx"]),
    ("enc", &["offsets", "type", "values"]),
    ("objective", &["name"]),
];
/// What builds trees, as versions before 2 name it by a key.
#[rustfmt::skip]
const UPDATERS: &[&str] = &[
    "name", "coord_descent", "shotgun", "gpu_coord_descent", "grow_colmaker", "grow_fast_histmaker", "grow_gpu_approx", "grow_gpu_hist", "grow_histmaker",
    "grow_local_histmaker", "grow_quantile_histmaker", "prune", "refresh", "sync", "distcol",
];
/// Objectives that the library has itself.
#[rustfmt::skip]
const OBJECTIVES: &[&str] = &[
    "binary:hinge", "binary:logistic", "binary:logitraw", "count:poisson", "multi:softmax", "multi:softprob", "rank:map", "rank:ndcg", "rank:pairwise",
    "reg:absoluteerror", "reg:expectileerror", "reg:gamma", "reg:gpu:linear", "gpu:reg:linear", "reg:linear", "reg:logistic", "reg:pseudohubererror", "reg:quantileerror",
    "reg:squarederror", "reg:squaredlogerror", "reg:tweedie", "survival:aft", "survival:cox",
];
/// Boosters that the library has itself.
const BOOSTERS: &[&str] = &["gbtree", "dart", "gblinear"];

/// Whether `key` stands in `parent` in some version.
pub(super) fn known(parent: &str, key: &str) -> bool {
    if parent == "attributes" || is_parameters(parent) {
        return true;
    }
    let of_settings =
        matches!(parent, "objective" | "metrics" | "gradient_booster" | "gbtree" | "updater")
            || UPDATERS.contains(&parent);
    of_settings && is_parameters(key)
        || KEYS.iter().any(|(held, keys)| *held == parent && keys.contains(&key))
}

/// Whether the values of `key` are parameters by name.
pub(super) fn is_parameters(key: &str) -> bool {
    key.ends_with("_param") || key == "param"
}

/// Whether the library has what a name in `parent` stands for.
pub(super) fn has(parent: &str, name: &str) -> bool {
    match parent {
        "objective" => OBJECTIVES.contains(&name),
        _ => BOOSTERS.contains(&name),
    }
}
