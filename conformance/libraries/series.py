"""Survival, hidden states and forecasts."""

from __future__ import annotations

import importlib
import inspect

from .common import data, found


def lifelines():
    import lifelines
    from lifelines.datasets import load_rossi
    rossi = load_rossi()
    for name in ("KaplanMeierFitter", "NelsonAalenFitter", "WeibullFitter", "ExponentialFitter", "LogNormalFitter", "LogLogisticFitter", "BreslowFlemingHarringtonFitter", "PiecewiseExponentialFitter", "GeneralizedGammaFitter", "SplineFitter", "MixtureCureFitter"):
        def one(name=name):
            kind = getattr(lifelines, name)
            made = kind(breakpoints=[20, 40]) if "Piecewise" in name else kind([5, 20, 50]) if "Spline" in name else kind(base_fitter=lifelines.WeibullFitter()) if "Mixture" in name else kind()
            return made.fit(rossi["week"], rossi["arrest"])
        yield f"lifelines-{name}", one
    for name in ("CoxPHFitter", "WeibullAFTFitter", "LogNormalAFTFitter", "LogLogisticAFTFitter", "AalenAdditiveFitter", "GeneralizedGammaRegressionFitter"):
        yield f"lifelines-{name}", lambda name=name: getattr(lifelines, name)(**({"penalizer": 0.1} if name != "AalenAdditiveFitter" else {"coef_penalizer": 1.0})).fit(rossi, "week", "arrest")
    yield "lifelines-cox-strata", lambda: lifelines.CoxPHFitter(penalizer=0.1).fit(rossi, "week", "arrest", strata=["fin"])
    yield "lifelines-cox-formula", lambda: lifelines.CoxPHFitter(penalizer=0.1).fit(rossi, "week", "arrest", formula="fin + age * mar")
    yield "lifelines-cox-spline", lambda: lifelines.CoxPHFitter(baseline_estimation_method="spline", n_baseline_knots=3).fit(rossi, "week", "arrest")


def hmmlearn():
    from hmmlearn import hmm
    x, y, frame, rng = data()
    yield "hmm-gaussian", lambda: hmm.GaussianHMM(2, n_iter=5).fit(x)
    yield "hmm-gaussian-full", lambda: hmm.GaussianHMM(2, "full", n_iter=5).fit(x)
    yield "hmm-gmm", lambda: hmm.GMMHMM(2, 2, n_iter=3).fit(x)
    yield "hmm-poisson", lambda: hmm.PoissonHMM(2, n_iter=3).fit(rng.poisson(3, (60, 1)))
    kind = getattr(hmm, "CategoricalHMM", hmm.MultinomialHMM)
    yield "hmm-categorical", lambda: kind(2, n_iter=3).fit(rng.integers(0, 3, (60, 1)))
    yield "hmm-multinomial", lambda: hmm.MultinomialHMM(2, n_iter=3).fit(rng.multinomial(5, [0.3, 0.7], 40))
    if found("hmmlearn.vhmm"):
        from hmmlearn import vhmm
        yield "hmm-variational", lambda: vhmm.VariationalGaussianHMM(2, n_iter=3).fit(x)


def forecasts():
    import numpy as np
    import pandas as pd
    rng = np.random.default_rng(0)
    series = pd.Series(np.cumsum(rng.normal(size=120)) + 50, index=pd.date_range("2020-01-01", periods=120, freq="MS"))
    if found("prophet"):
        import prophet
        frame = pd.DataFrame({"ds": series.index, "y": series.values})
        yield "prophet-linear", lambda: prophet.Prophet().fit(frame)
        def more():
            made = prophet.Prophet(growth="logistic", holidays=pd.DataFrame({"holiday": "a", "ds": pd.to_datetime(["2020-05-01"])}), seasonality_mode="multiplicative")
            made.add_country_holidays("US")
            made.add_seasonality("m", 30.5, 3)
            made.add_regressor("r")
            return made.fit(frame.assign(cap=100.0, r=rng.random(120)))
        yield "prophet-more", more
    if found("pmdarima"):
        import pmdarima
        from pmdarima import pipeline, preprocessing
        yield "pmdarima-auto", lambda: pmdarima.auto_arima(series, start_p=0, start_q=0, max_p=1, max_q=1, seasonal=False)
        yield "pmdarima-arima", lambda: pmdarima.ARIMA((1, 0, 1), (1, 0, 0, 12), maxiter=5).fit(series)
        yield "pmdarima-pipeline", lambda: pipeline.Pipeline([("b", preprocessing.BoxCoxEndogTransformer()), ("f", preprocessing.FourierFeaturizer(m=12)), ("a", pmdarima.AutoARIMA(start_p=0, start_q=0, max_p=1, max_q=1, seasonal=False))]).fit(series)
    if found("statsforecast"):
        import statsforecast
        from statsforecast import models as kinds
        frame = pd.DataFrame({"unique_id": "a", "ds": series.index, "y": series.values})
        for name in ("AutoARIMA", "AutoETS", "AutoCES", "AutoTheta", "SeasonalNaive", "Naive", "HoltWinters", "MSTL", "ARIMA", "CrostonClassic", "HistoricAverage", "WindowAverage", "DynamicOptimizedTheta", "Theta", "TBATS", "GARCH", "SimpleExponentialSmoothing", "RandomWalkWithDrift", "ADIDA"):
            def one(name=name):
                kind = getattr(kinds, name)
                given = {key: 12 for key in inspect.signature(kind).parameters if key == "season_length"}
                given |= {"window_size": 3} if "window_size" in inspect.signature(kind).parameters else {}
                given |= {"alpha": 0.3} if name == "SimpleExponentialSmoothing" else {}
                return statsforecast.StatsForecast([kind(**given)], freq="MS").fit(frame)
            yield f"statsforecast-{name}", one
    if found("sktime"):
        from sktime.forecasting.base import ForecastingHorizon
        from sktime.forecasting.naive import NaiveForecaster
        from sktime.forecasting.exp_smoothing import ExponentialSmoothing
        from sktime.forecasting.theta import ThetaForecaster
        from sktime.forecasting.trend import PolynomialTrendForecaster
        from sktime.forecasting.compose import TransformedTargetForecaster, make_reduction
        from sktime.transformations.series.detrend import Deseasonalizer, Detrender
        from sklearn.linear_model import LinearRegression
        monthly = series.to_period("M") if series.index.freqstr == "MS" else series
        for name, make in {"naive": lambda: NaiveForecaster(sp=12), "smooth": lambda: ExponentialSmoothing(), "theta": lambda: ThetaForecaster(sp=12), "trend": lambda: PolynomialTrendForecaster(), "reduce": lambda: make_reduction(LinearRegression(), window_length=5), "pipe": lambda: TransformedTargetForecaster([("d", Detrender()), ("s", Deseasonalizer(sp=12)), ("f", NaiveForecaster())])}.items():
            yield f"sktime-{name}", lambda make=make: make().fit(monthly, fh=[1, 2])
        yield "sktime-horizon", lambda: ForecastingHorizon([1, 2])
        from sktime.transformations.panel.rocket import MiniRocket, Rocket
        from sktime.classification.interval_based import TimeSeriesForestClassifier
        panel = rng.normal(size=(20, 1, 30))
        yield "sktime-forest", lambda: TimeSeriesForestClassifier(n_estimators=3).fit(panel, np.array([0, 1] * 10))
        yield "sktime-rocket", lambda: Rocket(num_kernels=20).fit(panel)
    if found("statsmodels"):
        import statsmodels.api as sm
        from statsmodels.formula import api as formula
        from statsmodels.tsa import api as tsa
        x, y, frame, _ = data()
        frame["y"] = y
        frame["g"] = np.repeat(range(10), 15)
        frame["b2"] = (y > 0).astype(int)
        values = frame.drop(columns="day")
        yield "sm-formula-logit", lambda: formula.logit("b2 ~ b", values).fit(disp=0)
        yield "sm-formula-glm", lambda: formula.glm("y ~ a + C(e)", values, family=sm.families.Poisson()).fit()
        yield "sm-formula-mixed", lambda: formula.mixedlm("a ~ b", values, groups="g").fit()
        yield "sm-formula-removed", lambda: slim(formula.ols("y ~ a + b", values).fit())
        yield "sm-arima-seasonal", lambda: tsa.ARIMA(series, order=(1, 1, 1), seasonal_order=(1, 0, 0, 12)).fit()
        yield "sm-arima-array", lambda: tsa.ARIMA(series.values, order=(2, 0, 0)).fit()
        yield "sm-sarimax-exog", lambda: tsa.SARIMAX(series, rng.normal(size=(120, 2)), order=(1, 0, 1)).fit(disp=0)
        yield "sm-varmax", lambda: tsa.VARMAX(np.c_[series, series.values[::-1]], order=(1, 0)).fit(disp=0, maxiter=3)
        yield "sm-ets", lambda: importlib.import_module("statsmodels.tsa.exponential_smoothing.ets").ETSModel(series, trend="add", seasonal="add", seasonal_periods=12).fit(disp=0)
        yield "sm-holtwinters", lambda: tsa.ExponentialSmoothing(series, trend="add", seasonal="mul", seasonal_periods=12).fit()
        yield "sm-theta", lambda: importlib.import_module("statsmodels.tsa.forecasting.theta").ThetaModel(series, period=12).fit()
        yield "sm-markov", lambda: tsa.MarkovRegression(series, 2).fit(disp=0, maxiter=3)
        yield "sm-dynamic", lambda: tsa.DynamicFactor(np.c_[series, series.values[::-1]], k_factors=1, factor_order=1).fit(disp=0, maxiter=3)
        yield "sm-ols-frame", lambda: sm.OLS(frame.y, sm.add_constant(frame[["a", "b"]])).fit(cov_type="HC3")
        yield "sm-glm-gam", lambda: sm.GLMGam(y, smoother=importlib.import_module("statsmodels.gam.api").BSplines(x[:, :1], df=[6], degree=[3])).fit()
        yield "sm-ordered", lambda: importlib.import_module("statsmodels.miscmodels.ordinal_model").OrderedModel(y, x[:, :1]).fit(method="bfgs", disp=0)
        yield "sm-pca", lambda: sm.PCA(x)
        yield "sm-phreg", lambda: sm.PHReg(x[:, 0], x[:, 1:3]).fit()
        yield "sm-lowess", lambda: sm.nonparametric.lowess(y, x[:, 0])
        yield "sm-kernelreg", lambda: importlib.import_module("statsmodels.nonparametric.kernel_regression").KernelReg(y, x[:, 0], "c", bw=[0.5])
        yield "sm-zeroinfl", lambda: sm.ZeroInflatedPoisson(y, x[:, :1]).fit(disp=0, maxiter=3)
        yield "sm-recursive", lambda: sm.RecursiveLS(y, x).fit()
        yield "sm-rolling", lambda: importlib.import_module("statsmodels.regression.rolling").RollingOLS(y, x, 30).fit()


def slim(results):
    results.remove_data()
    return results
