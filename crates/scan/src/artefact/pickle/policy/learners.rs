//! Learners beside scikit-learn that are compiled, or whose methods also write and read files: those that who calls them names, never
//! one that the state names. Their bases were read too; what is loaded is only set.

use super::{CALLABLE, MAPPING, OBJECT, Row, TYPE, VALUE, row};

/// Why most of them are harmless.
const LEARNER: &str = "numbers: files are named by who calls it";

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("category_encoders.hashing", OBJECT, &["HashingEncoder"], "parameters: its processes run its own methods"),
    row("implicit.cpu.als", OBJECT, &["AlternatingLeastSquares"], LEARNER),
    row("implicit.cpu.bpr", OBJECT, &["BayesianPersonalizedRanking"], LEARNER),
    row("implicit.cpu.lmf", OBJECT, &["LogisticMatrixFactorization"], LEARNER),
    row("implicit.nearest_neighbours", OBJECT, &["BM25Recommender", "CosineRecommender", "ItemItemRecommender", "TFIDFRecommender"], LEARNER),
    row("interpret.glassbox._ebm._ebm", OBJECT, &["ExplainableBoostingClassifier", "ExplainableBoostingRegressor"], "bins and scores: its processes run its own functions"),
    row("optbinning.binning.binning", OBJECT, &["OptimalBinning"], LEARNER),
    row("optbinning.binning.binning_process", OBJECT, &["BinningProcess"], LEARNER),
    row("optbinning.binning.continuous_binning", OBJECT, &["ContinuousOptimalBinning"], LEARNER),
    row("optbinning.binning.multiclass_binning", OBJECT, &["MulticlassOptimalBinning"], LEARNER),
    row("optbinning.scorecard.scorecard", OBJECT, &["Scorecard"], LEARNER),
    row("sklego.preprocessing.outlier_remover", OBJECT, &["OutlierRemover"], LEARNER),
    row("sklego.preprocessing.randomadder", OBJECT, &["RandomAdder"], LEARNER),
    row("optbinning.binning.binning_statistics", OBJECT, &["BinningTable", "ContinuousBinningTable", "MulticlassBinningTable"], LEARNER),
    row("optuna.samplers._tpe.sampler", VALUE, &["default_gamma", "default_weights", "hyperopt_default_gamma"], "numbers of a number, only held"),
    row("optuna.samplers.nsgaii._crossovers._uniform", OBJECT, &["UniformCrossover"], "a probability"),
    row("optuna.storages._in_memory", OBJECT, &["InMemoryStorage"], "trials of a study, and a lock that is made anew"),
    row("sklearn_pandas.dataframe_mapper", OBJECT, &["DataFrameMapper"], "makes pipelines of what it holds where it is loaded, and calls none of it"),
    row("skopt.learning.gaussian_process.kernels", CALLABLE, &["ConstantKernel", "DotProduct", "ExpSineSquared", "Exponentiation", "HammingKernel", "Matern", "Product", "RBF", "RationalQuadratic", "Sum", "WhiteKernel"], "a kernel like those of scikit-learn: its sums and products call the kernels that they hold"),
    row("skopt.space.space", OBJECT, &["Space"], LEARNER),
    row("skopt.utils", MAPPING, &["OptimizeResult"], "a result kept as a dict"),
    row("statsforecast.core", OBJECT, &["GroupedArray", "StatsForecast"], LEARNER),
    row("statsforecast.utils", TYPE, &["results"], "a tuple with names"),
    row("surprise.dataset", OBJECT, &["DatasetAutoFolds"], "ratings: its own file is read where it is made"),
    row("surprise.prediction_algorithms.algo_base", OBJECT, &["AlgoBase"], LEARNER),
    row("surprise.prediction_algorithms.baseline_only", OBJECT, &["BaselineOnly"], LEARNER),
    row("surprise.prediction_algorithms.co_clustering", OBJECT, &["CoClustering"], LEARNER),
    row("surprise.prediction_algorithms.knns", OBJECT, &["KNNBaseline", "KNNBasic", "KNNWithMeans", "KNNWithZScore"], LEARNER),
    row("surprise.prediction_algorithms.matrix_factorization", OBJECT, &["NMF", "SVD", "SVDpp"], LEARNER),
    row("surprise.prediction_algorithms.predictions", TYPE, &["Prediction"], "a tuple with names"),
    row("surprise.prediction_algorithms.random_pred", OBJECT, &["NormalPredictor"], LEARNER),
    row("surprise.prediction_algorithms.slope_one", OBJECT, &["SlopeOne"], LEARNER),
    row("surprise.trainset", OBJECT, &["Trainset"], "ratings by users and by items"),
    row("tslearn.clustering.kmeans", OBJECT, &["KernelKMeans", "TimeSeriesKMeans"], LEARNER),
    row("tslearn.clustering.kshape", OBJECT, &["KShape"], LEARNER),
    row("tslearn.neighbors.neighbors", OBJECT, &["KNeighborsTimeSeries", "KNeighborsTimeSeriesClassifier", "KNeighborsTimeSeriesRegressor"], LEARNER),
    row("tslearn.preprocessing.preprocessing", OBJECT, &["TimeSeriesResampler", "TimeSeriesScalerMeanVariance", "TimeSeriesScalerMinMax"], LEARNER),
    row("tslearn.svm.svm", OBJECT, &["TimeSeriesSVC", "TimeSeriesSVR"], LEARNER),
    row("tslearn.piecewise.piecewise", OBJECT, &["OneD_SymbolicAggregateApproximation", "PiecewiseAggregateApproximation", "SymbolicAggregateApproximation"], LEARNER),
];
