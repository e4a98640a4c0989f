//! XGBoost, LightGBM and CatBoost: wrappers that hold their own serialised trees as bytes or text.

use super::{OBJECT, Row, VALUE, row};

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("catboost.core", OBJECT, &["CatBoost", "CatBoostClassifier", "CatBoostRanker", "CatBoostRegressor"], "wrapper: its state is read by the library's own tree reader"),
    row("lightgbm.basic", OBJECT, &["Booster"], "wrapper: its state is read by the library's own tree reader"),
    row("lightgbm.compat", OBJECT, &["LGBMLabelEncoder"], "wrapper: its state is read by the library's own tree reader"),
    row("lightgbm.sklearn", OBJECT, &["LGBMClassifier", "LGBMModel", "LGBMRanker", "LGBMRegressor", "_LGBMLabelEncoder"], "wrapper: its state is read by the library's own tree reader"),
    row("xgboost.callback", OBJECT, &["EarlyStopping", "EvaluationMonitor", "LearningRateScheduler", "TrainingCallback"], "wrapper: its state is read by the library's own tree reader"),
    row("xgboost.collective", VALUE, &["communicator_print"], "prints, only held"),
    row("xgboost.core", OBJECT, &["Booster"], "wrapper: its state is read by the library's own tree reader"),
    row("xgboost.sklearn", OBJECT, &["XGBClassifier", "XGBModel", "XGBRFClassifier", "XGBRFRegressor", "XGBRanker", "XGBRegressor"], "wrapper: its state is read by the library's own tree reader"),
];
