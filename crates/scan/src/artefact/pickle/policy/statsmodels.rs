//! statsmodels: what is compiled, and what was read by hand; the rest is in the table that is made from its sources.

use super::{Arguments, MAPPING, OBJECT, Row, State, TYPE, Use, row};

/// Compiled classes of each precision, made of numbers and arrays.
const REPRESENTATIONS: &[&str] = &["cStatespace", "dStatespace", "sStatespace", "zStatespace"];
const INITIALIZATIONS: &[&str] =
    &["cInitialization", "dInitialization", "sInitialization", "zInitialization"];
const FILTERS: &[&str] = &["cKalmanFilter", "dKalmanFilter", "sKalmanFilter", "zKalmanFilter"];
const SMOOTHERS: &[&str] =
    &["cKalmanSmoother", "dKalmanSmoother", "sKalmanSmoother", "zKalmanSmoother"];
const SIMULATIONS: &[&str] =
    &["cSimulationSmoother", "dSimulationSmoother", "sSimulationSmoother", "zSimulationSmoother"];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("statsmodels.base.data", OBJECT, &["ModelData", "PandasData", "PatsyData"], "state goes to __dict__, but for a formula that would be evaluated anew: that is forbidden by its key"),
    row("statsmodels.tsa.arima_model", Use { call: Some(Arguments::Values), ..OBJECT }, &["ARIMA"], "made anew of a series, an order, dates and a frequency; versions before 0.13"),
    row("statsmodels.tools.tools", Use { state: State::Itself, ..MAPPING }, &["Bunch"], "a dict with attributes"),
    row("statsmodels.tsa.statespace._representation", TYPE, REPRESENTATIONS, "arrays of a model's states"),
    row("statsmodels.tsa.statespace._initialization", TYPE, INITIALIZATIONS, "arrays of a model's states"),
    row("statsmodels.tsa.statespace._kalman_filter", TYPE, FILTERS, "arrays of a model's states"),
    row("statsmodels.tsa.statespace._kalman_smoother", TYPE, SMOOTHERS, "arrays of a model's states"),
    row("statsmodels.tsa.statespace._simulation_smoother", TYPE, SIMULATIONS, "arrays of a model's states"),
];
