//! Elements and functions of the standard.

/// Elements.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "AR", "ARDSquaredExponentialKernel", "ARIMA", "ARMAPart", "AbsoluteExponentialKernel", "Aggregate", "Alternate", "Annotation",
    "AnomalyDetectionModel", "Anova", "AnovaRow", "AntecedentSequence", "AnyDistribution", "Application", "Apply", "Array", "AssociationModel",
    "AssociationRule", "Attribute", "BaseCumHazardTables", "Baseline", "BaselineCell", "BaselineModel", "BaselineStratum", "BayesInput",
    "BayesInputs", "BayesOutput", "BayesianNetworkModel", "BayesianNetworkNodes", "BinarySimilarity", "BlockIndicator", "BoundaryValueMeans",
    "BoundaryValues", "COUNT-Table", "CategoricalPredictor", "Categories", "Category", "Characteristic", "Characteristics", "ChildParent",
    "ClassLabels", "Cluster", "ClusteringField", "ClusteringModel", "ClusteringModelQuality", "Coefficient", "Coefficients", "ComparisonMeasure",
    "Comparisons", "ComplexPartialScore", "CompoundPredicate", "CompoundRule", "Con", "ConfusionMatrix", "ConsequentSequence", "Constant",
    "Constraints", "ContStats", "ContinuousConditionalProbability", "ContinuousDistribution", "ContinuousNode", "CorrelationFields",
    "CorrelationMethods", "CorrelationValues", "Correlations", "Counts", "Covariances", "CovariateList", "DataDictionary", "DataField", "Decision",
    "DecisionTree", "Decisions", "DefineFunction", "Delimiter", "Denominator", "DerivedField", "DiscrStats", "DiscreteConditionalProbability",
    "DiscreteNode", "Discretize", "DiscretizeBin", "DocumentTermMatrix", "DynamicRegressor", "Entries", "EventValues", "ExponentialSmoothing",
    "Extension", "FactorList", "False", "FieldColumnPair", "FieldRef", "FieldValue", "FieldValueCount", "FinalNoise", "FinalNu", "FinalOmega",
    "FinalPredictedNoise", "FinalStateVector", "FinalTheta", "GARCH", "GARCHPart", "GaussianDistribution", "GaussianProcessModel",
    "GeneralRegressionModel", "GeneralizedExponentialKernel", "HVector", "Header", "INT-Array", "INT-Entries", "INT-Indices", "INT-SparseArray",
    "INT_SparseArray", "Indices", "InlineTable", "InstanceField", "InstanceFields", "InterceptVector", "Interval", "Item", "ItemRef", "Itemset",
    "KNNInput", "KNNInputs", "KalmanState", "KohonenMap", "Lag", "Lambda", "Level", "LiftData", "LiftGraph", "LinearKernelType", "LinearNorm",
    "LocalTransformations", "LognormalDistributionForBN", "Lower", "MA", "MACoefficients", "MapValues", "MatCell", "Matrix", "MaximumLikelihoodStat",
    "Mean", "MeanClusterDistances", "MeasurementMatrix", "MedianMeanAbsoluteDeviation", "MiningBuildTask", "MiningField", "MiningModel",
    "MiningSchema", "MissingValueWeights", "ModelExplanation", "ModelLiftGraph", "ModelStats", "ModelVerification", "MultivariateStat",
    "MultivariateStats", "NaiveBayesModel", "NearestNeighborModel", "NeuralInput", "NeuralInputs", "NeuralLayer", "NeuralNetwork", "NeuralOutput",
    "NeuralOutputs", "Neuron", "Node", "NonseasonalComponent", "NonseasonalFactor", "NormContinuous", "NormDiscrete", "NormalDistributionForBN",
    "NormalizedCountTable", "Numerator", "NumericInfo", "NumericPredictor", "ObservationVarianceMatrix", "OptimumLiftGraph", "OutlierEffect",
    "Output", "OutputField", "PCell", "PCovCell", "PCovMatrix", "PMML", "PPCell", "PPMatrix", "PairCounts", "ParamMatrix", "Parameter",
    "ParameterField", "ParameterList", "ParentValue", "Partition", "PartitionFieldStats", "PastVariances", "PoissonDistribution",
    "PolynomialKernelType", "PredictedStateCovarianceMatrix", "PredictiveModelQuality", "Predictor", "PredictorTerm", "PsiVector", "Quantile",
    "REAL-Array", "REAL-Entries", "REAL-Indices", "REAL-SparseArray", "REAL_SparseArray", "ROC", "ROCGraph", "RadialBasisKernel",
    "RadialBasisKernelType", "RandomLiftGraph", "Regression", "RegressionModel", "RegressionTable", "RegressorValues", "ResidualSquareCoefficients",
    "Residuals", "ResultField", "RowSparse", "RuleSelectionMethod", "RuleSet", "RuleSetModel", "STRING-Array", "ScoreDistribution", "Scorecard",
    "SeasonalComponent", "SeasonalFactor", "SeasonalTrendDecomposition", "Seasonality", "Seasonality_ExpoSmooth", "Segment", "Segmentation",
    "SelectedStateCovarianceMatrix", "Sequence", "SequenceModel", "SequenceReference", "SequenceRule", "SetPredicate", "SetReference",
    "SigmoidKernelType", "SimplePredicate", "SimpleRule", "SimpleSetPredicate", "SpectralAnalysis", "StateSpaceModel", "StateVector",
    "SupportVector", "SupportVectorMachine", "SupportVectorMachineModel", "SupportVectors", "TableLocator", "Target", "TargetValue",
    "TargetValueCount", "TargetValueCounts", "TargetValueStat", "TargetValueStats", "Targets", "Taxonomy", "TestDistributions", "TextCorpus",
    "TextDictionary", "TextDocument", "TextIndex", "TextIndexNormalization", "TextModel", "TextModelNormalization", "TextModelSimilarity",
    "TextModelSimiliarity", "Theta", "ThetaRecursionState", "Time", "TimeAnchor", "TimeCycle", "TimeException", "TimeSeries", "TimeSeriesModel",
    "TimeValue", "Timestamp", "TrainingInstances", "TransferFunctionValues", "TransformationDictionary", "TransitionMatrix", "TreeModel", "Trend",
    "Trend-ExpoSmooth", "TrendCoefficients", "Trend_ExpoSmooth", "TriangularDistributionForBN", "True", "UniformDistribution",
    "UniformDistributionForBN", "UnivariateStats", "Upper", "Value", "ValueProbability", "VariableWeight", "Variance", "VarianceCoefficients",
    "VectorDictionary", "VectorFields", "VectorInstance", "VerificationField", "VerificationFields", "XCoordinates", "YCoordinates",
    "binarySimilarity", "chebychev", "cityBlock", "euclidean", "jaccard", "minkowski", "row", "simpleMatching", "squaredEuclidean", "tanimoto",
];
/// Functions that every loader has.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "+", "-", "*", "/", "min", "max", "sum", "avg", "median", "product", "log10", "ln", "sqrt", "abs", "exp", "pow", "threshold", "floor", "ceil", "round",
    "modulo", "rint", "expm1", "ln1p", "hypot", "isMissing", "isNotMissing", "isValid", "isNotValid", "equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan",
    "greaterOrEqual", "and", "or", "not", "isIn", "isNotIn", "if", "uppercase", "lowercase", "stringLength", "substring", "trimBlanks", "concat", "replace", "matches",
    "formatNumber", "formatDatetime", "dateDaysSinceYear", "dateSecondsSinceYear", "dateSecondsSinceMidnight", "sin", "asin", "sinh", "cos", "acos", "cosh", "tan",
    "atan", "atan2", "tanh", "stdNormalCDF", "stdNormalPDF", "stdNormalIDF", "normalCDF", "normalPDF", "normalIDF", "erf",
    // Normalisations of older versions and of the library that most loaders are built on.
    "x-atan2", "x-expm1", "x-hypot", "x-ln1p", "x-rint", "x-asin", "x-acos", "x-atan", "x-sin", "x-cos", "x-tan", "x-sinh", "x-cosh", "x-tanh", "x-erf", "x-modulo",
];
/// What the names of functions of a language begin with.
const LANGUAGES: &[&str] = &[
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "groovy.",
    "os.",
    "subprocess.",
    "builtins.",
    "system",
    "eval",
    "exec",
    "__",
];

/// Whether the standard has an element.
pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

/// Whether every loader has a function.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.contains(&name)
}

/// Whether a name is that of code rather than of a calculation.
pub(super) fn is_code(name: &str) -> bool {
    LANGUAGES.iter().any(|begin| name.starts_with(begin))
}
