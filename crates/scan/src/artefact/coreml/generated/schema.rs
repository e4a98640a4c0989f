//! Core ML's messages.
//!
//! Written by `conformance/protobuf/make_tables.py` from coremltools 9.0.

use crate::container::protobuf::{
    Kind::{Bytes, Fixed32, Fixed64, Message, Number, Payload, Text},
    Schema, many, message, one,
};

#[rustfmt::skip]
pub(super) static MODEL: Schema = message("Model", &[
    one(1, "specificationVersion", Number), one(2, "description", Message(&MODEL_DESCRIPTION)), one(10, "isUpdatable", Number),
    one(200, "pipelineClassifier", Message(&PIPELINE_CLASSIFIER)), one(201, "pipelineRegressor", Message(&PIPELINE_REGRESSOR)),
    one(202, "pipeline", Message(&PIPELINE)), one(300, "glmRegressor", Message(&GLMREGRESSOR)),
    one(301, "supportVectorRegressor", Message(&SUPPORT_VECTOR_REGRESSOR)), one(302, "treeEnsembleRegressor", Message(&TREE_ENSEMBLE_REGRESSOR)),
    one(303, "neuralNetworkRegressor", Message(&NEURAL_NETWORK_REGRESSOR)), one(304, "bayesianProbitRegressor", Message(&BAYESIAN_PROBIT_REGRESSOR)),
    one(400, "glmClassifier", Message(&GLMCLASSIFIER)), one(401, "supportVectorClassifier", Message(&SUPPORT_VECTOR_CLASSIFIER)),
    one(402, "treeEnsembleClassifier", Message(&TREE_ENSEMBLE_CLASSIFIER)), one(403, "neuralNetworkClassifier", Message(&NEURAL_NETWORK_CLASSIFIER)),
    one(404, "kNearestNeighborsClassifier", Message(&KNEAREST_NEIGHBORS_CLASSIFIER)), one(500, "neuralNetwork", Message(&NEURAL_NETWORK)),
    one(501, "itemSimilarityRecommender", Message(&ITEM_SIMILARITY_RECOMMENDER)), one(502, "mlProgram", Message(&PROGRAM)),
    one(555, "customModel", Message(&CUSTOM_MODEL)), one(556, "linkedModel", Message(&LINKED_MODEL)),
    one(560, "classConfidenceThresholding", Message(&CLASS_CONFIDENCE_THRESHOLDING)), one(600, "oneHotEncoder", Message(&ONE_HOT_ENCODER)),
    one(601, "imputer", Message(&IMPUTER)), one(602, "featureVectorizer", Message(&FEATURE_VECTORIZER)),
    one(603, "dictVectorizer", Message(&DICT_VECTORIZER)), one(604, "scaler", Message(&SCALER)),
    one(606, "categoricalMapping", Message(&CATEGORICAL_MAPPING)), one(607, "normalizer", Message(&NORMALIZER)),
    one(609, "arrayFeatureExtractor", Message(&ARRAY_FEATURE_EXTRACTOR)), one(610, "nonMaximumSuppression", Message(&NON_MAXIMUM_SUPPRESSION)),
    one(900, "identity", Message(&IDENTITY)), one(2000, "textClassifier", Message(&TEXT_CLASSIFIER)), one(2001, "wordTagger", Message(&WORD_TAGGER)),
    one(2002, "visionFeaturePrint", Message(&VISION_FEATURE_PRINT)), one(2003, "soundAnalysisPreprocessing", Message(&SOUND_ANALYSIS_PREPROCESSING)),
    one(2004, "gazetteer", Message(&GAZETTEER)), one(2005, "wordEmbedding", Message(&WORD_EMBEDDING)),
    one(2006, "audioFeaturePrint", Message(&AUDIO_FEATURE_PRINT)), one(3000, "serializedModel", Message(&SERIALIZED_MODEL)),
]);
#[rustfmt::skip]
static MODEL_DESCRIPTION: Schema = message("ModelDescription", &[
    many(1, "input", Message(&FEATURE_DESCRIPTION)), many(10, "output", Message(&FEATURE_DESCRIPTION)), one(11, "predictedFeatureName", Text),
    one(12, "predictedProbabilitiesName", Text), many(13, "state", Message(&FEATURE_DESCRIPTION)),
    many(20, "functions", Message(&FUNCTION_DESCRIPTION)), one(21, "defaultFunctionName", Text),
    many(50, "trainingInput", Message(&FEATURE_DESCRIPTION)), one(100, "metadata", Message(&METADATA)),
]);
#[rustfmt::skip]
static PIPELINE_CLASSIFIER: Schema = message("PipelineClassifier", &[one(1, "pipeline", Message(&PIPELINE))]);
#[rustfmt::skip]
static PIPELINE_REGRESSOR: Schema = message("PipelineRegressor", &[one(1, "pipeline", Message(&PIPELINE))]);
#[rustfmt::skip]
static PIPELINE: Schema = message("Pipeline", &[many(1, "models", Message(&MODEL)), many(2, "names", Text)]);
#[rustfmt::skip]
static GLMREGRESSOR: Schema = message("GLMRegressor", &[
    many(1, "weights", Message(&GLMREGRESSOR_DOUBLE_ARRAY)), many(2, "offset", Fixed64), one(3, "postEvaluationTransform", Number),
]);
#[rustfmt::skip]
static SUPPORT_VECTOR_REGRESSOR: Schema = message("SupportVectorRegressor", &[
    one(1, "kernel", Message(&KERNEL)), one(2, "sparseSupportVectors", Message(&SPARSE_SUPPORT_VECTORS)),
    one(3, "denseSupportVectors", Message(&DENSE_SUPPORT_VECTORS)), one(4, "coefficients", Message(&COEFFICIENTS)), one(5, "rho", Fixed64),
]);
#[rustfmt::skip]
static TREE_ENSEMBLE_REGRESSOR: Schema = message("TreeEnsembleRegressor", &[
    one(1, "treeEnsemble", Message(&TREE_ENSEMBLE_PARAMETERS)), one(2, "postEvaluationTransform", Number),
]);
#[rustfmt::skip]
static NEURAL_NETWORK_REGRESSOR: Schema = message("NeuralNetworkRegressor", &[
    many(1, "layers", Message(&NEURAL_NETWORK_LAYER)), many(2, "preprocessing", Message(&NEURAL_NETWORK_PREPROCESSING)),
    one(5, "arrayInputShapeMapping", Number), one(6, "imageInputShapeMapping", Number), one(10, "updateParams", Message(&NETWORK_UPDATE_PARAMETERS)),
]);
#[rustfmt::skip]
static BAYESIAN_PROBIT_REGRESSOR: Schema = message("BayesianProbitRegressor", &[
    one(1, "numberOfFeatures", Number), one(2, "bias", Message(&BAYESIAN_PROBIT_REGRESSOR_GAUSSIAN)),
    many(3, "features", Message(&BAYESIAN_PROBIT_REGRESSOR_FEATURE_WEIGHT)), one(10, "regressionInputFeatureName", Text),
    one(11, "optimismInputFeatureName", Text), one(12, "samplingScaleInputFeatureName", Text), one(13, "samplingTruncationInputFeatureName", Text),
    one(20, "meanOutputFeatureName", Text), one(21, "varianceOutputFeatureName", Text), one(22, "pessimisticProbabilityOutputFeatureName", Text),
    one(23, "sampledProbabilityOutputFeatureName", Text),
]);
#[rustfmt::skip]
static GLMCLASSIFIER: Schema = message("GLMClassifier", &[
    many(1, "weights", Message(&GLMCLASSIFIER_DOUBLE_ARRAY)), many(2, "offset", Fixed64), one(3, "postEvaluationTransform", Number),
    one(4, "classEncoding", Number), one(100, "stringClassLabels", Message(&STRING_VECTOR)), one(101, "int64ClassLabels", Message(&INT64VECTOR)),
]);
#[rustfmt::skip]
static SUPPORT_VECTOR_CLASSIFIER: Schema = message("SupportVectorClassifier", &[
    one(1, "kernel", Message(&KERNEL)), many(2, "numberOfSupportVectorsPerClass", Number),
    one(3, "sparseSupportVectors", Message(&SPARSE_SUPPORT_VECTORS)), one(4, "denseSupportVectors", Message(&DENSE_SUPPORT_VECTORS)),
    many(5, "coefficients", Message(&COEFFICIENTS)), many(6, "rho", Fixed64), many(7, "probA", Fixed64), many(8, "probB", Fixed64),
    one(100, "stringClassLabels", Message(&STRING_VECTOR)), one(101, "int64ClassLabels", Message(&INT64VECTOR)),
]);
#[rustfmt::skip]
static TREE_ENSEMBLE_CLASSIFIER: Schema = message("TreeEnsembleClassifier", &[
    one(1, "treeEnsemble", Message(&TREE_ENSEMBLE_PARAMETERS)), one(2, "postEvaluationTransform", Number),
    one(100, "stringClassLabels", Message(&STRING_VECTOR)), one(101, "int64ClassLabels", Message(&INT64VECTOR)),
]);
#[rustfmt::skip]
static NEURAL_NETWORK_CLASSIFIER: Schema = message("NeuralNetworkClassifier", &[
    many(1, "layers", Message(&NEURAL_NETWORK_LAYER)), many(2, "preprocessing", Message(&NEURAL_NETWORK_PREPROCESSING)),
    one(5, "arrayInputShapeMapping", Number), one(6, "imageInputShapeMapping", Number), one(10, "updateParams", Message(&NETWORK_UPDATE_PARAMETERS)),
    one(100, "stringClassLabels", Message(&STRING_VECTOR)), one(101, "int64ClassLabels", Message(&INT64VECTOR)),
    one(200, "labelProbabilityLayerName", Text),
]);
#[rustfmt::skip]
static KNEAREST_NEIGHBORS_CLASSIFIER: Schema = message("KNearestNeighborsClassifier", &[
    one(1, "nearestNeighborsIndex", Message(&NEAREST_NEIGHBORS_INDEX)), one(3, "numberOfNeighbors", Message(&INT64PARAMETER)),
    one(100, "stringClassLabels", Message(&STRING_VECTOR)), one(101, "int64ClassLabels", Message(&INT64VECTOR)), one(110, "defaultStringLabel", Text),
    one(111, "defaultInt64Label", Number), one(200, "uniformWeighting", Message(&UNIFORM_WEIGHTING)),
    one(210, "inverseDistanceWeighting", Message(&INVERSE_DISTANCE_WEIGHTING)),
]);
#[rustfmt::skip]
static NEURAL_NETWORK: Schema = message("NeuralNetwork", &[
    many(1, "layers", Message(&NEURAL_NETWORK_LAYER)), many(2, "preprocessing", Message(&NEURAL_NETWORK_PREPROCESSING)),
    one(5, "arrayInputShapeMapping", Number), one(6, "imageInputShapeMapping", Number), one(10, "updateParams", Message(&NETWORK_UPDATE_PARAMETERS)),
]);
#[rustfmt::skip]
static ITEM_SIMILARITY_RECOMMENDER: Schema = message("ItemSimilarityRecommender", &[
    many(1, "itemItemSimilarities", Message(&ITEM_SIMILARITY_RECOMMENDER_SIMILAR_ITEMS)), one(2, "itemStringIds", Message(&STRING_VECTOR)),
    one(3, "itemInt64Ids", Message(&INT64VECTOR)), one(10, "itemInputFeatureName", Text), one(11, "numRecommendationsInputFeatureName", Text),
    one(12, "itemRestrictionInputFeatureName", Text), one(13, "itemExclusionInputFeatureName", Text),
    one(20, "recommendedItemListOutputFeatureName", Text), one(21, "recommendedItemScoreOutputFeatureName", Text),
]);
#[rustfmt::skip]
static PROGRAM: Schema = message("Program", &[
    one(1, "version", Number), many(2, "functions", Message(&PROGRAM_FUNCTIONS_ENTRY)), one(3, "docString", Text),
    many(4, "attributes", Message(&PROGRAM_ATTRIBUTES_ENTRY)),
]);
#[rustfmt::skip]
static CUSTOM_MODEL: Schema = message("CustomModel", &[
    one(10, "className", Text), many(30, "parameters", Message(&CUSTOM_MODEL_PARAMETERS_ENTRY)), one(40, "description", Text),
]);
#[rustfmt::skip]
static LINKED_MODEL: Schema = message("LinkedModel", &[one(1, "linkedModelFile", Message(&LINKED_MODEL_FILE))]);
#[rustfmt::skip]
static CLASS_CONFIDENCE_THRESHOLDING: Schema = message("ClassConfidenceThresholding", &[
    many(100, "precisionRecallCurves", Message(&PRECISION_RECALL_CURVE)),
]);
#[rustfmt::skip]
static ONE_HOT_ENCODER: Schema = message("OneHotEncoder", &[
    one(1, "stringCategories", Message(&STRING_VECTOR)), one(2, "int64Categories", Message(&INT64VECTOR)), one(10, "outputSparse", Number),
    one(11, "handleUnknown", Number),
]);
#[rustfmt::skip]
static IMPUTER: Schema = message("Imputer", &[
    one(1, "imputedDoubleValue", Fixed64), one(2, "imputedInt64Value", Number), one(3, "imputedStringValue", Text),
    one(4, "imputedDoubleArray", Message(&DOUBLE_VECTOR)), one(5, "imputedInt64Array", Message(&INT64VECTOR)),
    one(6, "imputedStringDictionary", Message(&STRING_TO_DOUBLE_MAP)), one(7, "imputedInt64Dictionary", Message(&INT64TO_DOUBLE_MAP)),
    one(11, "replaceDoubleValue", Fixed64), one(12, "replaceInt64Value", Number), one(13, "replaceStringValue", Text),
]);
#[rustfmt::skip]
static FEATURE_VECTORIZER: Schema = message("FeatureVectorizer", &[many(1, "inputList", Message(&FEATURE_VECTORIZER_INPUT_COLUMN))]);
#[rustfmt::skip]
static DICT_VECTORIZER: Schema = message("DictVectorizer", &[
    one(1, "stringToIndex", Message(&STRING_VECTOR)), one(2, "int64ToIndex", Message(&INT64VECTOR)),
]);
#[rustfmt::skip]
static SCALER: Schema = message("Scaler", &[many(1, "shiftValue", Fixed64), many(2, "scaleValue", Fixed64)]);
#[rustfmt::skip]
static CATEGORICAL_MAPPING: Schema = message("CategoricalMapping", &[
    one(1, "stringToInt64Map", Message(&STRING_TO_INT64MAP)), one(2, "int64ToStringMap", Message(&INT64TO_STRING_MAP)), one(101, "strValue", Text),
    one(102, "int64Value", Number),
]);
#[rustfmt::skip]
static NORMALIZER: Schema = message("Normalizer", &[one(1, "normType", Number)]);
#[rustfmt::skip]
static ARRAY_FEATURE_EXTRACTOR: Schema = message("ArrayFeatureExtractor", &[many(1, "extractIndex", Number)]);
#[rustfmt::skip]
static NON_MAXIMUM_SUPPRESSION: Schema = message("NonMaximumSuppression", &[
    one(1, "pickTop", Message(&NON_MAXIMUM_SUPPRESSION_PICK_TOP)), one(100, "stringClassLabels", Message(&STRING_VECTOR)),
    one(101, "int64ClassLabels", Message(&INT64VECTOR)), one(110, "iouThreshold", Fixed64), one(111, "confidenceThreshold", Fixed64),
    one(200, "confidenceInputFeatureName", Text), one(201, "coordinatesInputFeatureName", Text), one(202, "iouThresholdInputFeatureName", Text),
    one(203, "confidenceThresholdInputFeatureName", Text), one(210, "confidenceOutputFeatureName", Text),
    one(211, "coordinatesOutputFeatureName", Text),
]);
#[rustfmt::skip]
static IDENTITY: Schema = message("Identity", &[]);
#[rustfmt::skip]
static TEXT_CLASSIFIER: Schema = message("TextClassifier", &[
    one(1, "revision", Number), one(10, "language", Text), one(100, "modelParameterData", Bytes),
    one(200, "stringClassLabels", Message(&STRING_VECTOR)),
]);
#[rustfmt::skip]
static WORD_TAGGER: Schema = message("WordTagger", &[
    one(1, "revision", Number), one(10, "language", Text), one(20, "tokensOutputFeatureName", Text), one(21, "tokenTagsOutputFeatureName", Text),
    one(22, "tokenLocationsOutputFeatureName", Text), one(23, "tokenLengthsOutputFeatureName", Text), one(100, "modelParameterData", Bytes),
    one(200, "stringTags", Message(&STRING_VECTOR)),
]);
#[rustfmt::skip]
static VISION_FEATURE_PRINT: Schema = message("VisionFeaturePrint", &[
    one(20, "scene", Message(&VISION_FEATURE_PRINT_SCENE)), one(21, "objects", Message(&VISION_FEATURE_PRINT_OBJECTS)),
]);
#[rustfmt::skip]
static SOUND_ANALYSIS_PREPROCESSING: Schema = message("SoundAnalysisPreprocessing", &[
    one(20, "vggish", Message(&SOUND_ANALYSIS_PREPROCESSING_VGGISH)),
]);
#[rustfmt::skip]
static GAZETTEER: Schema = message("Gazetteer", &[
    one(1, "revision", Number), one(10, "language", Text), one(100, "modelParameterData", Bytes),
    one(200, "stringClassLabels", Message(&STRING_VECTOR)),
]);
#[rustfmt::skip]
static WORD_EMBEDDING: Schema = message("WordEmbedding", &[
    one(1, "revision", Number), one(10, "language", Text), one(100, "modelParameterData", Bytes),
]);
#[rustfmt::skip]
static AUDIO_FEATURE_PRINT: Schema = message("AudioFeaturePrint", &[one(20, "sound", Message(&AUDIO_FEATURE_PRINT_SOUND))]);
#[rustfmt::skip]
static SERIALIZED_MODEL: Schema = message("SerializedModel", &[one(1, "identifier", Text), one(2, "model", Bytes)]);
#[rustfmt::skip]
static FUNCTION_DESCRIPTION: Schema = message("FunctionDescription", &[
    one(1, "name", Text), many(2, "input", Message(&FEATURE_DESCRIPTION)), many(3, "output", Message(&FEATURE_DESCRIPTION)),
    one(4, "predictedFeatureName", Text), one(5, "predictedProbabilitiesName", Text), many(6, "state", Message(&FEATURE_DESCRIPTION)),
]);
#[rustfmt::skip]
static METADATA: Schema = message("Metadata", &[
    one(1, "shortDescription", Text), one(2, "versionString", Text), one(3, "author", Text), one(4, "license", Text),
    many(100, "userDefined", Message(&METADATA_USER_DEFINED_ENTRY)),
]);
#[rustfmt::skip]
static FEATURE_DESCRIPTION: Schema = message("FeatureDescription", &[
    one(1, "name", Text), one(2, "shortDescription", Text), one(3, "type", Message(&FEATURE_TYPE)),
]);
#[rustfmt::skip]
static GLMREGRESSOR_DOUBLE_ARRAY: Schema = message("GLMRegressor.DoubleArray", &[many(1, "value", Fixed64)]);
#[rustfmt::skip]
static KERNEL: Schema = message("Kernel", &[
    one(1, "linearKernel", Message(&LINEAR_KERNEL)), one(2, "rbfKernel", Message(&RBFKERNEL)), one(3, "polyKernel", Message(&POLY_KERNEL)),
    one(4, "sigmoidKernel", Message(&SIGMOID_KERNEL)),
]);
#[rustfmt::skip]
static SPARSE_SUPPORT_VECTORS: Schema = message("SparseSupportVectors", &[many(1, "vectors", Message(&SPARSE_VECTOR))]);
#[rustfmt::skip]
static DENSE_SUPPORT_VECTORS: Schema = message("DenseSupportVectors", &[many(1, "vectors", Message(&DENSE_VECTOR))]);
#[rustfmt::skip]
static COEFFICIENTS: Schema = message("Coefficients", &[many(1, "alpha", Fixed64)]);
#[rustfmt::skip]
static TREE_ENSEMBLE_PARAMETERS: Schema = message("TreeEnsembleParameters", &[
    many(1, "nodes", Message(&TREE_ENSEMBLE_PARAMETERS_TREE_NODE)), one(2, "numPredictionDimensions", Number),
    many(3, "basePredictionValue", Fixed64),
]);
#[rustfmt::skip]
static NEURAL_NETWORK_LAYER: Schema = message("NeuralNetworkLayer", &[
    one(1, "name", Text), many(2, "input", Text), many(3, "output", Text), many(4, "inputTensor", Message(&TENSOR)),
    many(5, "outputTensor", Message(&TENSOR)), one(10, "isUpdatable", Number), one(100, "convolution", Message(&CONVOLUTION_LAYER_PARAMS)),
    one(120, "pooling", Message(&POOLING_LAYER_PARAMS)), one(130, "activation", Message(&ACTIVATION_PARAMS)),
    one(140, "innerProduct", Message(&INNER_PRODUCT_LAYER_PARAMS)), one(150, "embedding", Message(&EMBEDDING_LAYER_PARAMS)),
    one(160, "batchnorm", Message(&BATCHNORM_LAYER_PARAMS)), one(165, "mvn", Message(&MEAN_VARIANCE_NORMALIZE_LAYER_PARAMS)),
    one(170, "l2normalize", Message(&L2NORMALIZE_LAYER_PARAMS)), one(175, "softmax", Message(&SOFTMAX_LAYER_PARAMS)),
    one(180, "lrn", Message(&LRNLAYER_PARAMS)), one(190, "crop", Message(&CROP_LAYER_PARAMS)), one(200, "padding", Message(&PADDING_LAYER_PARAMS)),
    one(210, "upsample", Message(&UPSAMPLE_LAYER_PARAMS)), one(211, "resizeBilinear", Message(&RESIZE_BILINEAR_LAYER_PARAMS)),
    one(212, "cropResize", Message(&CROP_RESIZE_LAYER_PARAMS)), one(220, "unary", Message(&UNARY_FUNCTION_LAYER_PARAMS)),
    one(230, "add", Message(&ADD_LAYER_PARAMS)), one(231, "multiply", Message(&MULTIPLY_LAYER_PARAMS)),
    one(240, "average", Message(&AVERAGE_LAYER_PARAMS)), one(245, "scale", Message(&SCALE_LAYER_PARAMS)),
    one(250, "bias", Message(&BIAS_LAYER_PARAMS)), one(260, "max", Message(&MAX_LAYER_PARAMS)), one(261, "min", Message(&MIN_LAYER_PARAMS)),
    one(270, "dot", Message(&DOT_PRODUCT_LAYER_PARAMS)), one(280, "reduce", Message(&REDUCE_LAYER_PARAMS)),
    one(290, "loadConstant", Message(&LOAD_CONSTANT_LAYER_PARAMS)), one(300, "reshape", Message(&RESHAPE_LAYER_PARAMS)),
    one(301, "flatten", Message(&FLATTEN_LAYER_PARAMS)), one(310, "permute", Message(&PERMUTE_LAYER_PARAMS)),
    one(320, "concat", Message(&CONCAT_LAYER_PARAMS)), one(330, "split", Message(&SPLIT_LAYER_PARAMS)),
    one(340, "sequenceRepeat", Message(&SEQUENCE_REPEAT_LAYER_PARAMS)), one(345, "reorganizeData", Message(&REORGANIZE_DATA_LAYER_PARAMS)),
    one(350, "slice", Message(&SLICE_LAYER_PARAMS)), one(400, "simpleRecurrent", Message(&SIMPLE_RECURRENT_LAYER_PARAMS)),
    one(410, "gru", Message(&GRULAYER_PARAMS)), one(420, "uniDirectionalLSTM", Message(&UNI_DIRECTIONAL_LSTMLAYER_PARAMS)),
    one(430, "biDirectionalLSTM", Message(&BI_DIRECTIONAL_LSTMLAYER_PARAMS)), one(500, "custom", Message(&CUSTOM_LAYER_PARAMS)),
    one(600, "copy", Message(&COPY_LAYER_PARAMS)), one(605, "branch", Message(&BRANCH_LAYER_PARAMS)), one(615, "loop", Message(&LOOP_LAYER_PARAMS)),
    one(620, "loopBreak", Message(&LOOP_BREAK_LAYER_PARAMS)), one(625, "loopContinue", Message(&LOOP_CONTINUE_LAYER_PARAMS)),
    one(635, "rangeStatic", Message(&RANGE_STATIC_LAYER_PARAMS)), one(640, "rangeDynamic", Message(&RANGE_DYNAMIC_LAYER_PARAMS)),
    one(660, "clip", Message(&CLIP_LAYER_PARAMS)), one(665, "ceil", Message(&CEIL_LAYER_PARAMS)), one(670, "floor", Message(&FLOOR_LAYER_PARAMS)),
    one(680, "sign", Message(&SIGN_LAYER_PARAMS)), one(685, "round", Message(&ROUND_LAYER_PARAMS)), one(700, "exp2", Message(&EXP2LAYER_PARAMS)),
    one(710, "sin", Message(&SIN_LAYER_PARAMS)), one(715, "cos", Message(&COS_LAYER_PARAMS)), one(720, "tan", Message(&TAN_LAYER_PARAMS)),
    one(730, "asin", Message(&ASIN_LAYER_PARAMS)), one(735, "acos", Message(&ACOS_LAYER_PARAMS)), one(740, "atan", Message(&ATAN_LAYER_PARAMS)),
    one(750, "sinh", Message(&SINH_LAYER_PARAMS)), one(755, "cosh", Message(&COSH_LAYER_PARAMS)), one(760, "tanh", Message(&TANH_LAYER_PARAMS)),
    one(770, "asinh", Message(&ASINH_LAYER_PARAMS)), one(775, "acosh", Message(&ACOSH_LAYER_PARAMS)), one(780, "atanh", Message(&ATANH_LAYER_PARAMS)),
    one(790, "erf", Message(&ERF_LAYER_PARAMS)), one(795, "gelu", Message(&GELU_LAYER_PARAMS)), one(815, "equal", Message(&EQUAL_LAYER_PARAMS)),
    one(820, "notEqual", Message(&NOT_EQUAL_LAYER_PARAMS)), one(825, "lessThan", Message(&LESS_THAN_LAYER_PARAMS)),
    one(827, "lessEqual", Message(&LESS_EQUAL_LAYER_PARAMS)), one(830, "greaterThan", Message(&GREATER_THAN_LAYER_PARAMS)),
    one(832, "greaterEqual", Message(&GREATER_EQUAL_LAYER_PARAMS)), one(840, "logicalOr", Message(&LOGICAL_OR_LAYER_PARAMS)),
    one(845, "logicalXor", Message(&LOGICAL_XOR_LAYER_PARAMS)), one(850, "logicalNot", Message(&LOGICAL_NOT_LAYER_PARAMS)),
    one(855, "logicalAnd", Message(&LOGICAL_AND_LAYER_PARAMS)), one(865, "modBroadcastable", Message(&MOD_BROADCASTABLE_LAYER_PARAMS)),
    one(870, "minBroadcastable", Message(&MIN_BROADCASTABLE_LAYER_PARAMS)), one(875, "maxBroadcastable", Message(&MAX_BROADCASTABLE_LAYER_PARAMS)),
    one(880, "addBroadcastable", Message(&ADD_BROADCASTABLE_LAYER_PARAMS)), one(885, "powBroadcastable", Message(&POW_BROADCASTABLE_LAYER_PARAMS)),
    one(890, "divideBroadcastable", Message(&DIVIDE_BROADCASTABLE_LAYER_PARAMS)),
    one(895, "floorDivBroadcastable", Message(&FLOOR_DIV_BROADCASTABLE_LAYER_PARAMS)),
    one(900, "multiplyBroadcastable", Message(&MULTIPLY_BROADCASTABLE_LAYER_PARAMS)),
    one(905, "subtractBroadcastable", Message(&SUBTRACT_BROADCASTABLE_LAYER_PARAMS)), one(920, "tile", Message(&TILE_LAYER_PARAMS)),
    one(925, "stack", Message(&STACK_LAYER_PARAMS)), one(930, "gather", Message(&GATHER_LAYER_PARAMS)),
    one(935, "scatter", Message(&SCATTER_LAYER_PARAMS)), one(940, "gatherND", Message(&GATHER_NDLAYER_PARAMS)),
    one(945, "scatterND", Message(&SCATTER_NDLAYER_PARAMS)), one(950, "softmaxND", Message(&SOFTMAX_NDLAYER_PARAMS)),
    one(952, "gatherAlongAxis", Message(&GATHER_ALONG_AXIS_LAYER_PARAMS)), one(954, "scatterAlongAxis", Message(&SCATTER_ALONG_AXIS_LAYER_PARAMS)),
    one(960, "reverse", Message(&REVERSE_LAYER_PARAMS)), one(965, "reverseSeq", Message(&REVERSE_SEQ_LAYER_PARAMS)),
    one(975, "splitND", Message(&SPLIT_NDLAYER_PARAMS)), one(980, "concatND", Message(&CONCAT_NDLAYER_PARAMS)),
    one(985, "transpose", Message(&TRANSPOSE_LAYER_PARAMS)), one(995, "sliceStatic", Message(&SLICE_STATIC_LAYER_PARAMS)),
    one(1000, "sliceDynamic", Message(&SLICE_DYNAMIC_LAYER_PARAMS)), one(1005, "slidingWindows", Message(&SLIDING_WINDOWS_LAYER_PARAMS)),
    one(1015, "topK", Message(&TOP_KLAYER_PARAMS)), one(1020, "argMin", Message(&ARG_MIN_LAYER_PARAMS)),
    one(1025, "argMax", Message(&ARG_MAX_LAYER_PARAMS)), one(1040, "embeddingND", Message(&EMBEDDING_NDLAYER_PARAMS)),
    one(1045, "batchedMatmul", Message(&BATCHED_MAT_MUL_LAYER_PARAMS)), one(1065, "getShape", Message(&GET_SHAPE_LAYER_PARAMS)),
    one(1070, "loadConstantND", Message(&LOAD_CONSTANT_NDLAYER_PARAMS)), one(1080, "fillLike", Message(&FILL_LIKE_LAYER_PARAMS)),
    one(1085, "fillStatic", Message(&FILL_STATIC_LAYER_PARAMS)), one(1090, "fillDynamic", Message(&FILL_DYNAMIC_LAYER_PARAMS)),
    one(1100, "broadcastToLike", Message(&BROADCAST_TO_LIKE_LAYER_PARAMS)),
    one(1105, "broadcastToStatic", Message(&BROADCAST_TO_STATIC_LAYER_PARAMS)),
    one(1110, "broadcastToDynamic", Message(&BROADCAST_TO_DYNAMIC_LAYER_PARAMS)), one(1120, "squeeze", Message(&SQUEEZE_LAYER_PARAMS)),
    one(1125, "expandDims", Message(&EXPAND_DIMS_LAYER_PARAMS)), one(1130, "flattenTo2D", Message(&FLATTEN_TO2DLAYER_PARAMS)),
    one(1135, "reshapeLike", Message(&RESHAPE_LIKE_LAYER_PARAMS)), one(1140, "reshapeStatic", Message(&RESHAPE_STATIC_LAYER_PARAMS)),
    one(1145, "reshapeDynamic", Message(&RESHAPE_DYNAMIC_LAYER_PARAMS)),
    one(1150, "rankPreservingReshape", Message(&RANK_PRESERVING_RESHAPE_LAYER_PARAMS)),
    one(1155, "constantPad", Message(&CONSTANT_PADDING_LAYER_PARAMS)), one(1170, "randomNormalLike", Message(&RANDOM_NORMAL_LIKE_LAYER_PARAMS)),
    one(1175, "randomNormalStatic", Message(&RANDOM_NORMAL_STATIC_LAYER_PARAMS)),
    one(1180, "randomNormalDynamic", Message(&RANDOM_NORMAL_DYNAMIC_LAYER_PARAMS)),
    one(1190, "randomUniformLike", Message(&RANDOM_UNIFORM_LIKE_LAYER_PARAMS)),
    one(1195, "randomUniformStatic", Message(&RANDOM_UNIFORM_STATIC_LAYER_PARAMS)),
    one(1200, "randomUniformDynamic", Message(&RANDOM_UNIFORM_DYNAMIC_LAYER_PARAMS)),
    one(1210, "randomBernoulliLike", Message(&RANDOM_BERNOULLI_LIKE_LAYER_PARAMS)),
    one(1215, "randomBernoulliStatic", Message(&RANDOM_BERNOULLI_STATIC_LAYER_PARAMS)),
    one(1220, "randomBernoulliDynamic", Message(&RANDOM_BERNOULLI_DYNAMIC_LAYER_PARAMS)),
    one(1230, "categoricalDistribution", Message(&CATEGORICAL_DISTRIBUTION_LAYER_PARAMS)), one(1250, "reduceL1", Message(&REDUCE_L1LAYER_PARAMS)),
    one(1255, "reduceL2", Message(&REDUCE_L2LAYER_PARAMS)), one(1260, "reduceMax", Message(&REDUCE_MAX_LAYER_PARAMS)),
    one(1265, "reduceMin", Message(&REDUCE_MIN_LAYER_PARAMS)), one(1270, "reduceSum", Message(&REDUCE_SUM_LAYER_PARAMS)),
    one(1275, "reduceProd", Message(&REDUCE_PROD_LAYER_PARAMS)), one(1280, "reduceMean", Message(&REDUCE_MEAN_LAYER_PARAMS)),
    one(1285, "reduceLogSum", Message(&REDUCE_LOG_SUM_LAYER_PARAMS)), one(1290, "reduceSumSquare", Message(&REDUCE_SUM_SQUARE_LAYER_PARAMS)),
    one(1295, "reduceLogSumExp", Message(&REDUCE_LOG_SUM_EXP_LAYER_PARAMS)), one(1313, "whereNonZero", Message(&WHERE_NON_ZERO_LAYER_PARAMS)),
    one(1315, "matrixBandPart", Message(&MATRIX_BAND_PART_LAYER_PARAMS)), one(1320, "lowerTriangular", Message(&LOWER_TRIANGULAR_LAYER_PARAMS)),
    one(1325, "upperTriangular", Message(&UPPER_TRIANGULAR_LAYER_PARAMS)),
    one(1330, "whereBroadcastable", Message(&WHERE_BROADCASTABLE_LAYER_PARAMS)),
    one(1350, "layerNormalization", Message(&LAYER_NORMALIZATION_LAYER_PARAMS)),
    one(1400, "NonMaximumSuppression", Message(&NON_MAXIMUM_SUPPRESSION_LAYER_PARAMS)), one(1450, "oneHot", Message(&ONE_HOT_LAYER_PARAMS)),
    one(1455, "cumSum", Message(&CUM_SUM_LAYER_PARAMS)), one(1460, "clampedReLU", Message(&CLAMPED_RE_LULAYER_PARAMS)),
    one(1461, "argSort", Message(&ARG_SORT_LAYER_PARAMS)), one(1465, "pooling3d", Message(&POOLING3DLAYER_PARAMS)),
    one(1466, "globalPooling3d", Message(&GLOBAL_POOLING3DLAYER_PARAMS)), one(1470, "sliceBySize", Message(&SLICE_BY_SIZE_LAYER_PARAMS)),
    one(1471, "convolution3d", Message(&CONVOLUTION3DLAYER_PARAMS)),
]);
#[rustfmt::skip]
static NEURAL_NETWORK_PREPROCESSING: Schema = message("NeuralNetworkPreprocessing", &[
    one(1, "featureName", Text), one(10, "scaler", Message(&NEURAL_NETWORK_IMAGE_SCALER)), one(11, "meanImage", Message(&NEURAL_NETWORK_MEAN_IMAGE)),
]);
#[rustfmt::skip]
static NETWORK_UPDATE_PARAMETERS: Schema = message("NetworkUpdateParameters", &[
    many(1, "lossLayers", Message(&LOSS_LAYER)), one(2, "optimizer", Message(&OPTIMIZER)), one(3, "epochs", Message(&INT64PARAMETER)),
    one(10, "shuffle", Message(&BOOL_PARAMETER)), one(20, "seed", Message(&INT64PARAMETER)),
]);
#[rustfmt::skip]
static BAYESIAN_PROBIT_REGRESSOR_GAUSSIAN: Schema = message("BayesianProbitRegressor.Gaussian", &[
    one(1, "mean", Fixed64), one(2, "precision", Fixed64),
]);
#[rustfmt::skip]
static BAYESIAN_PROBIT_REGRESSOR_FEATURE_WEIGHT: Schema = message("BayesianProbitRegressor.FeatureWeight", &[
    one(1, "featureId", Number), many(2, "weights", Message(&BAYESIAN_PROBIT_REGRESSOR_FEATURE_VALUE_WEIGHT)),
]);
#[rustfmt::skip]
static GLMCLASSIFIER_DOUBLE_ARRAY: Schema = message("GLMClassifier.DoubleArray", &[many(1, "value", Fixed64)]);
#[rustfmt::skip]
static STRING_VECTOR: Schema = message("StringVector", &[many(1, "vector", Text)]);
#[rustfmt::skip]
static INT64VECTOR: Schema = message("Int64Vector", &[many(1, "vector", Number)]);
#[rustfmt::skip]
static NEAREST_NEIGHBORS_INDEX: Schema = message("NearestNeighborsIndex", &[
    one(1, "numberOfDimensions", Number), many(2, "floatSamples", Message(&FLOAT_VECTOR)), one(100, "linearIndex", Message(&LINEAR_INDEX)),
    one(110, "singleKdTreeIndex", Message(&SINGLE_KD_TREE_INDEX)), one(200, "squaredEuclideanDistance", Message(&SQUARED_EUCLIDEAN_DISTANCE)),
]);
#[rustfmt::skip]
static INT64PARAMETER: Schema = message("Int64Parameter", &[
    one(1, "defaultValue", Number), one(10, "range", Message(&INT64RANGE)), one(11, "set", Message(&INT64SET)),
]);
#[rustfmt::skip]
static UNIFORM_WEIGHTING: Schema = message("UniformWeighting", &[]);
#[rustfmt::skip]
static INVERSE_DISTANCE_WEIGHTING: Schema = message("InverseDistanceWeighting", &[]);
#[rustfmt::skip]
static ITEM_SIMILARITY_RECOMMENDER_SIMILAR_ITEMS: Schema = message("ItemSimilarityRecommender.SimilarItems", &[
    one(1, "itemId", Number), many(2, "similarItemList", Message(&ITEM_SIMILARITY_RECOMMENDER_CONNECTED_ITEM)),
    one(3, "itemScoreAdjustment", Fixed64),
]);
#[rustfmt::skip]
static PROGRAM_FUNCTIONS_ENTRY: Schema = message("Program.FunctionsEntry", &[one(1, "key", Text), one(2, "value", Message(&FUNCTION))]);
#[rustfmt::skip]
static PROGRAM_ATTRIBUTES_ENTRY: Schema = message("Program.AttributesEntry", &[one(1, "key", Text), one(2, "value", Message(&VALUE))]);
#[rustfmt::skip]
static CUSTOM_MODEL_PARAMETERS_ENTRY: Schema = message("CustomModel.ParametersEntry", &[
    one(1, "key", Text), one(2, "value", Message(&CUSTOM_MODEL_CUSTOM_MODEL_PARAM_VALUE)),
]);
#[rustfmt::skip]
static LINKED_MODEL_FILE: Schema = message("LinkedModelFile", &[
    one(1, "linkedModelFileName", Message(&STRING_PARAMETER)), one(2, "linkedModelSearchPath", Message(&STRING_PARAMETER)),
]);
#[rustfmt::skip]
static PRECISION_RECALL_CURVE: Schema = message("PrecisionRecallCurve", &[
    one(1, "precisionValues", Message(&FLOAT_VECTOR)), one(2, "precisionConfidenceThresholds", Message(&FLOAT_VECTOR)),
    one(3, "recallValues", Message(&FLOAT_VECTOR)), one(4, "recallConfidenceThresholds", Message(&FLOAT_VECTOR)),
]);
#[rustfmt::skip]
static DOUBLE_VECTOR: Schema = message("DoubleVector", &[many(1, "vector", Fixed64)]);
#[rustfmt::skip]
static STRING_TO_DOUBLE_MAP: Schema = message("StringToDoubleMap", &[many(1, "map", Message(&STRING_TO_DOUBLE_MAP_MAP_ENTRY))]);
#[rustfmt::skip]
static INT64TO_DOUBLE_MAP: Schema = message("Int64ToDoubleMap", &[many(1, "map", Message(&INT64TO_DOUBLE_MAP_MAP_ENTRY))]);
#[rustfmt::skip]
static FEATURE_VECTORIZER_INPUT_COLUMN: Schema = message("FeatureVectorizer.InputColumn", &[
    one(1, "inputColumn", Text), one(2, "inputDimensions", Number),
]);
#[rustfmt::skip]
static STRING_TO_INT64MAP: Schema = message("StringToInt64Map", &[many(1, "map", Message(&STRING_TO_INT64MAP_MAP_ENTRY))]);
#[rustfmt::skip]
static INT64TO_STRING_MAP: Schema = message("Int64ToStringMap", &[many(1, "map", Message(&INT64TO_STRING_MAP_MAP_ENTRY))]);
#[rustfmt::skip]
static NON_MAXIMUM_SUPPRESSION_PICK_TOP: Schema = message("NonMaximumSuppression.PickTop", &[one(1, "perClass", Number)]);
#[rustfmt::skip]
static VISION_FEATURE_PRINT_SCENE: Schema = message("VisionFeaturePrint.Scene", &[one(1, "version", Number)]);
#[rustfmt::skip]
static VISION_FEATURE_PRINT_OBJECTS: Schema = message("VisionFeaturePrint.Objects", &[one(1, "version", Number), many(100, "output", Text)]);
#[rustfmt::skip]
static SOUND_ANALYSIS_PREPROCESSING_VGGISH: Schema = message("SoundAnalysisPreprocessing.Vggish", &[]);
#[rustfmt::skip]
static AUDIO_FEATURE_PRINT_SOUND: Schema = message("AudioFeaturePrint.Sound", &[one(1, "version", Number)]);
#[rustfmt::skip]
static METADATA_USER_DEFINED_ENTRY: Schema = message("Metadata.UserDefinedEntry", &[one(1, "key", Text), one(2, "value", Text)]);
#[rustfmt::skip]
static FEATURE_TYPE: Schema = message("FeatureType", &[
    one(1, "int64Type", Message(&INT64FEATURE_TYPE)), one(2, "doubleType", Message(&DOUBLE_FEATURE_TYPE)),
    one(3, "stringType", Message(&STRING_FEATURE_TYPE)), one(4, "imageType", Message(&IMAGE_FEATURE_TYPE)),
    one(5, "multiArrayType", Message(&ARRAY_FEATURE_TYPE)), one(6, "dictionaryType", Message(&DICTIONARY_FEATURE_TYPE)),
    one(7, "sequenceType", Message(&SEQUENCE_FEATURE_TYPE)), one(8, "stateType", Message(&STATE_FEATURE_TYPE)), one(1000, "isOptional", Number),
]);
#[rustfmt::skip]
static LINEAR_KERNEL: Schema = message("LinearKernel", &[]);
#[rustfmt::skip]
static RBFKERNEL: Schema = message("RBFKernel", &[one(1, "gamma", Fixed64)]);
#[rustfmt::skip]
static POLY_KERNEL: Schema = message("PolyKernel", &[one(1, "degree", Number), one(2, "c", Fixed64), one(3, "gamma", Fixed64)]);
#[rustfmt::skip]
static SIGMOID_KERNEL: Schema = message("SigmoidKernel", &[one(1, "gamma", Fixed64), one(2, "c", Fixed64)]);
#[rustfmt::skip]
static SPARSE_VECTOR: Schema = message("SparseVector", &[many(1, "nodes", Message(&SPARSE_NODE))]);
#[rustfmt::skip]
static DENSE_VECTOR: Schema = message("DenseVector", &[many(1, "values", Fixed64)]);
#[rustfmt::skip]
static TREE_ENSEMBLE_PARAMETERS_TREE_NODE: Schema = message("TreeEnsembleParameters.TreeNode", &[
    one(1, "treeId", Number), one(2, "nodeId", Number), one(3, "nodeBehavior", Number), one(10, "branchFeatureIndex", Number),
    one(11, "branchFeatureValue", Fixed64), one(12, "trueChildNodeId", Number), one(13, "falseChildNodeId", Number),
    one(14, "missingValueTracksTrueChild", Number), many(20, "evaluationInfo", Message(&TREE_ENSEMBLE_PARAMETERS_TREE_NODE_EVALUATION_INFO)),
    one(30, "relativeHitRate", Fixed64),
]);
#[rustfmt::skip]
static TENSOR: Schema = message("Tensor", &[one(1, "rank", Number), many(2, "dimValue", Number)]);
#[rustfmt::skip]
static CONVOLUTION_LAYER_PARAMS: Schema = message("ConvolutionLayerParams", &[
    one(1, "outputChannels", Number), one(2, "kernelChannels", Number), one(10, "nGroups", Number), many(20, "kernelSize", Number),
    many(30, "stride", Number), many(40, "dilationFactor", Number), one(50, "valid", Message(&VALID_PADDING)),
    one(51, "same", Message(&SAME_PADDING)), one(60, "isDeconvolution", Number), one(70, "hasBias", Number),
    one(90, "weights", Message(&WEIGHT_PARAMS)), one(91, "bias", Message(&WEIGHT_PARAMS)), many(100, "outputShape", Number),
]);
#[rustfmt::skip]
static POOLING_LAYER_PARAMS: Schema = message("PoolingLayerParams", &[
    one(1, "type", Number), many(10, "kernelSize", Number), many(20, "stride", Number), one(30, "valid", Message(&VALID_PADDING)),
    one(31, "same", Message(&SAME_PADDING)), one(32, "includeLastPixel", Message(&POOLING_LAYER_PARAMS_VALID_COMPLETE_PADDING)),
    one(50, "avgPoolExcludePadding", Number), one(60, "globalPooling", Number),
]);
#[rustfmt::skip]
static ACTIVATION_PARAMS: Schema = message("ActivationParams", &[
    one(5, "linear", Message(&ACTIVATION_LINEAR)), one(10, "ReLU", Message(&ACTIVATION_RE_LU)),
    one(15, "leakyReLU", Message(&ACTIVATION_LEAKY_RE_LU)), one(20, "thresholdedReLU", Message(&ACTIVATION_THRESHOLDED_RE_LU)),
    one(25, "PReLU", Message(&ACTIVATION_PRE_LU)), one(30, "tanh", Message(&ACTIVATION_TANH)),
    one(31, "scaledTanh", Message(&ACTIVATION_SCALED_TANH)), one(40, "sigmoid", Message(&ACTIVATION_SIGMOID)),
    one(41, "sigmoidHard", Message(&ACTIVATION_SIGMOID_HARD)), one(50, "ELU", Message(&ACTIVATION_ELU)),
    one(60, "softsign", Message(&ACTIVATION_SOFTSIGN)), one(70, "softplus", Message(&ACTIVATION_SOFTPLUS)),
    one(71, "parametricSoftplus", Message(&ACTIVATION_PARAMETRIC_SOFTPLUS)),
]);
#[rustfmt::skip]
static INNER_PRODUCT_LAYER_PARAMS: Schema = message("InnerProductLayerParams", &[
    one(1, "inputChannels", Number), one(2, "outputChannels", Number), one(10, "hasBias", Number), one(20, "weights", Message(&WEIGHT_PARAMS)),
    one(21, "bias", Message(&WEIGHT_PARAMS)), one(22, "int8DynamicQuantize", Number),
]);
#[rustfmt::skip]
static EMBEDDING_LAYER_PARAMS: Schema = message("EmbeddingLayerParams", &[
    one(1, "inputDim", Number), one(2, "outputChannels", Number), one(10, "hasBias", Number), one(20, "weights", Message(&WEIGHT_PARAMS)),
    one(21, "bias", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static BATCHNORM_LAYER_PARAMS: Schema = message("BatchnormLayerParams", &[
    one(1, "channels", Number), one(5, "computeMeanVar", Number), one(6, "instanceNormalization", Number), one(10, "epsilon", Fixed32),
    one(15, "gamma", Message(&WEIGHT_PARAMS)), one(16, "beta", Message(&WEIGHT_PARAMS)), one(17, "mean", Message(&WEIGHT_PARAMS)),
    one(18, "variance", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static MEAN_VARIANCE_NORMALIZE_LAYER_PARAMS: Schema = message("MeanVarianceNormalizeLayerParams", &[
    one(1, "acrossChannels", Number), one(2, "normalizeVariance", Number), one(3, "epsilon", Fixed32),
]);
#[rustfmt::skip]
static L2NORMALIZE_LAYER_PARAMS: Schema = message("L2NormalizeLayerParams", &[one(1, "epsilon", Fixed32)]);
#[rustfmt::skip]
static SOFTMAX_LAYER_PARAMS: Schema = message("SoftmaxLayerParams", &[]);
#[rustfmt::skip]
static LRNLAYER_PARAMS: Schema = message("LRNLayerParams", &[
    one(1, "alpha", Fixed32), one(2, "beta", Fixed32), one(3, "localSize", Number), one(4, "k", Fixed32),
]);
#[rustfmt::skip]
static CROP_LAYER_PARAMS: Schema = message("CropLayerParams", &[one(1, "cropAmounts", Message(&BORDER_AMOUNTS)), many(5, "offset", Number)]);
#[rustfmt::skip]
static PADDING_LAYER_PARAMS: Schema = message("PaddingLayerParams", &[
    one(1, "constant", Message(&PADDING_LAYER_PARAMS_PADDING_CONSTANT)), one(2, "reflection", Message(&PADDING_LAYER_PARAMS_PADDING_REFLECTION)),
    one(3, "replication", Message(&PADDING_LAYER_PARAMS_PADDING_REPLICATION)), one(10, "paddingAmounts", Message(&BORDER_AMOUNTS)),
]);
#[rustfmt::skip]
static UPSAMPLE_LAYER_PARAMS: Schema = message("UpsampleLayerParams", &[
    many(1, "scalingFactor", Number), one(5, "mode", Number), one(6, "linearUpsampleMode", Number), many(7, "fractionalScalingFactor", Fixed32),
]);
#[rustfmt::skip]
static RESIZE_BILINEAR_LAYER_PARAMS: Schema = message("ResizeBilinearLayerParams", &[
    many(1, "targetSize", Number), one(2, "mode", Message(&SAMPLING_MODE)),
]);
#[rustfmt::skip]
static CROP_RESIZE_LAYER_PARAMS: Schema = message("CropResizeLayerParams", &[
    many(1, "targetSize", Number), one(2, "normalizedCoordinates", Number), one(3, "mode", Message(&SAMPLING_MODE)),
    one(4, "boxIndicesMode", Message(&BOX_COORDINATES_MODE)), one(5, "spatialScale", Fixed32),
]);
#[rustfmt::skip]
static UNARY_FUNCTION_LAYER_PARAMS: Schema = message("UnaryFunctionLayerParams", &[
    one(1, "type", Number), one(2, "alpha", Fixed32), one(3, "epsilon", Fixed32), one(4, "shift", Fixed32), one(5, "scale", Fixed32),
]);
#[rustfmt::skip]
static ADD_LAYER_PARAMS: Schema = message("AddLayerParams", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static MULTIPLY_LAYER_PARAMS: Schema = message("MultiplyLayerParams", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static AVERAGE_LAYER_PARAMS: Schema = message("AverageLayerParams", &[]);
#[rustfmt::skip]
static SCALE_LAYER_PARAMS: Schema = message("ScaleLayerParams", &[
    many(1, "shapeScale", Number), one(2, "scale", Message(&WEIGHT_PARAMS)), one(3, "hasBias", Number), many(4, "shapeBias", Number),
    one(5, "bias", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static BIAS_LAYER_PARAMS: Schema = message("BiasLayerParams", &[many(1, "shape", Number), one(2, "bias", Message(&WEIGHT_PARAMS))]);
#[rustfmt::skip]
static MAX_LAYER_PARAMS: Schema = message("MaxLayerParams", &[]);
#[rustfmt::skip]
static MIN_LAYER_PARAMS: Schema = message("MinLayerParams", &[]);
#[rustfmt::skip]
static DOT_PRODUCT_LAYER_PARAMS: Schema = message("DotProductLayerParams", &[one(1, "cosineSimilarity", Number)]);
#[rustfmt::skip]
static REDUCE_LAYER_PARAMS: Schema = message("ReduceLayerParams", &[one(1, "mode", Number), one(2, "epsilon", Fixed32), one(3, "axis", Number)]);
#[rustfmt::skip]
static LOAD_CONSTANT_LAYER_PARAMS: Schema = message("LoadConstantLayerParams", &[many(1, "shape", Number), one(2, "data", Message(&WEIGHT_PARAMS))]);
#[rustfmt::skip]
static RESHAPE_LAYER_PARAMS: Schema = message("ReshapeLayerParams", &[many(1, "targetShape", Number), one(2, "mode", Number)]);
#[rustfmt::skip]
static FLATTEN_LAYER_PARAMS: Schema = message("FlattenLayerParams", &[one(1, "mode", Number)]);
#[rustfmt::skip]
static PERMUTE_LAYER_PARAMS: Schema = message("PermuteLayerParams", &[many(1, "axis", Number)]);
#[rustfmt::skip]
static CONCAT_LAYER_PARAMS: Schema = message("ConcatLayerParams", &[one(100, "sequenceConcat", Number)]);
#[rustfmt::skip]
static SPLIT_LAYER_PARAMS: Schema = message("SplitLayerParams", &[one(1, "nOutputs", Number)]);
#[rustfmt::skip]
static SEQUENCE_REPEAT_LAYER_PARAMS: Schema = message("SequenceRepeatLayerParams", &[one(1, "nRepetitions", Number)]);
#[rustfmt::skip]
static REORGANIZE_DATA_LAYER_PARAMS: Schema = message("ReorganizeDataLayerParams", &[one(1, "mode", Number), one(2, "blockSize", Number)]);
#[rustfmt::skip]
static SLICE_LAYER_PARAMS: Schema = message("SliceLayerParams", &[
    one(1, "startIndex", Number), one(2, "endIndex", Number), one(3, "stride", Number), one(4, "axis", Number),
]);
#[rustfmt::skip]
static SIMPLE_RECURRENT_LAYER_PARAMS: Schema = message("SimpleRecurrentLayerParams", &[
    one(1, "inputVectorSize", Number), one(2, "outputVectorSize", Number), one(10, "activation", Message(&ACTIVATION_PARAMS)),
    one(15, "sequenceOutput", Number), one(20, "hasBiasVector", Number), one(30, "weightMatrix", Message(&WEIGHT_PARAMS)),
    one(31, "recursionMatrix", Message(&WEIGHT_PARAMS)), one(32, "biasVector", Message(&WEIGHT_PARAMS)), one(100, "reverseInput", Number),
]);
#[rustfmt::skip]
static GRULAYER_PARAMS: Schema = message("GRULayerParams", &[
    one(1, "inputVectorSize", Number), one(2, "outputVectorSize", Number), many(10, "activations", Message(&ACTIVATION_PARAMS)),
    one(15, "sequenceOutput", Number), one(20, "hasBiasVectors", Number), one(30, "updateGateWeightMatrix", Message(&WEIGHT_PARAMS)),
    one(31, "resetGateWeightMatrix", Message(&WEIGHT_PARAMS)), one(32, "outputGateWeightMatrix", Message(&WEIGHT_PARAMS)),
    one(50, "updateGateRecursionMatrix", Message(&WEIGHT_PARAMS)), one(51, "resetGateRecursionMatrix", Message(&WEIGHT_PARAMS)),
    one(52, "outputGateRecursionMatrix", Message(&WEIGHT_PARAMS)), one(70, "updateGateBiasVector", Message(&WEIGHT_PARAMS)),
    one(71, "resetGateBiasVector", Message(&WEIGHT_PARAMS)), one(72, "outputGateBiasVector", Message(&WEIGHT_PARAMS)),
    one(100, "reverseInput", Number),
]);
#[rustfmt::skip]
static UNI_DIRECTIONAL_LSTMLAYER_PARAMS: Schema = message("UniDirectionalLSTMLayerParams", &[
    one(1, "inputVectorSize", Number), one(2, "outputVectorSize", Number), many(10, "activations", Message(&ACTIVATION_PARAMS)),
    one(15, "params", Message(&LSTMPARAMS)), one(20, "weightParams", Message(&LSTMWEIGHT_PARAMS)), one(100, "reverseInput", Number),
]);
#[rustfmt::skip]
static BI_DIRECTIONAL_LSTMLAYER_PARAMS: Schema = message("BiDirectionalLSTMLayerParams", &[
    one(1, "inputVectorSize", Number), one(2, "outputVectorSize", Number), many(10, "activationsForwardLSTM", Message(&ACTIVATION_PARAMS)),
    many(11, "activationsBackwardLSTM", Message(&ACTIVATION_PARAMS)), one(15, "params", Message(&LSTMPARAMS)),
    many(20, "weightParams", Message(&LSTMWEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static CUSTOM_LAYER_PARAMS: Schema = message("CustomLayerParams", &[
    one(10, "className", Text), many(20, "weights", Message(&WEIGHT_PARAMS)), many(30, "parameters", Message(&CUSTOM_LAYER_PARAMS_PARAMETERS_ENTRY)),
    one(40, "description", Text),
]);
#[rustfmt::skip]
static COPY_LAYER_PARAMS: Schema = message("CopyLayerParams", &[]);
#[rustfmt::skip]
static BRANCH_LAYER_PARAMS: Schema = message("BranchLayerParams", &[
    one(1, "ifBranch", Message(&NEURAL_NETWORK)), one(2, "elseBranch", Message(&NEURAL_NETWORK)),
]);
#[rustfmt::skip]
static LOOP_LAYER_PARAMS: Schema = message("LoopLayerParams", &[
    one(1, "maxLoopIterations", Number), one(2, "conditionVar", Text), one(3, "conditionNetwork", Message(&NEURAL_NETWORK)),
    one(4, "bodyNetwork", Message(&NEURAL_NETWORK)),
]);
#[rustfmt::skip]
static LOOP_BREAK_LAYER_PARAMS: Schema = message("LoopBreakLayerParams", &[]);
#[rustfmt::skip]
static LOOP_CONTINUE_LAYER_PARAMS: Schema = message("LoopContinueLayerParams", &[]);
#[rustfmt::skip]
static RANGE_STATIC_LAYER_PARAMS: Schema = message("RangeStaticLayerParams", &[
    one(1, "endValue", Fixed32), one(2, "startValue", Fixed32), one(3, "stepSizeValue", Fixed32),
]);
#[rustfmt::skip]
static RANGE_DYNAMIC_LAYER_PARAMS: Schema = message("RangeDynamicLayerParams", &[one(2, "startValue", Fixed32), one(3, "stepSizeValue", Fixed32)]);
#[rustfmt::skip]
static CLIP_LAYER_PARAMS: Schema = message("ClipLayerParams", &[one(1, "minVal", Fixed32), one(2, "maxVal", Fixed32)]);
#[rustfmt::skip]
static CEIL_LAYER_PARAMS: Schema = message("CeilLayerParams", &[]);
#[rustfmt::skip]
static FLOOR_LAYER_PARAMS: Schema = message("FloorLayerParams", &[]);
#[rustfmt::skip]
static SIGN_LAYER_PARAMS: Schema = message("SignLayerParams", &[]);
#[rustfmt::skip]
static ROUND_LAYER_PARAMS: Schema = message("RoundLayerParams", &[]);
#[rustfmt::skip]
static EXP2LAYER_PARAMS: Schema = message("Exp2LayerParams", &[]);
#[rustfmt::skip]
static SIN_LAYER_PARAMS: Schema = message("SinLayerParams", &[]);
#[rustfmt::skip]
static COS_LAYER_PARAMS: Schema = message("CosLayerParams", &[]);
#[rustfmt::skip]
static TAN_LAYER_PARAMS: Schema = message("TanLayerParams", &[]);
#[rustfmt::skip]
static ASIN_LAYER_PARAMS: Schema = message("AsinLayerParams", &[]);
#[rustfmt::skip]
static ACOS_LAYER_PARAMS: Schema = message("AcosLayerParams", &[]);
#[rustfmt::skip]
static ATAN_LAYER_PARAMS: Schema = message("AtanLayerParams", &[]);
#[rustfmt::skip]
static SINH_LAYER_PARAMS: Schema = message("SinhLayerParams", &[]);
#[rustfmt::skip]
static COSH_LAYER_PARAMS: Schema = message("CoshLayerParams", &[]);
#[rustfmt::skip]
static TANH_LAYER_PARAMS: Schema = message("TanhLayerParams", &[]);
#[rustfmt::skip]
static ASINH_LAYER_PARAMS: Schema = message("AsinhLayerParams", &[]);
#[rustfmt::skip]
static ACOSH_LAYER_PARAMS: Schema = message("AcoshLayerParams", &[]);
#[rustfmt::skip]
static ATANH_LAYER_PARAMS: Schema = message("AtanhLayerParams", &[]);
#[rustfmt::skip]
static ERF_LAYER_PARAMS: Schema = message("ErfLayerParams", &[]);
#[rustfmt::skip]
static GELU_LAYER_PARAMS: Schema = message("GeluLayerParams", &[one(1, "mode", Number)]);
#[rustfmt::skip]
static EQUAL_LAYER_PARAMS: Schema = message("EqualLayerParams", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static NOT_EQUAL_LAYER_PARAMS: Schema = message("NotEqualLayerParams", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static LESS_THAN_LAYER_PARAMS: Schema = message("LessThanLayerParams", &[one(2, "alpha", Fixed32)]);
#[rustfmt::skip]
static LESS_EQUAL_LAYER_PARAMS: Schema = message("LessEqualLayerParams", &[one(2, "alpha", Fixed32)]);
#[rustfmt::skip]
static GREATER_THAN_LAYER_PARAMS: Schema = message("GreaterThanLayerParams", &[one(2, "alpha", Fixed32)]);
#[rustfmt::skip]
static GREATER_EQUAL_LAYER_PARAMS: Schema = message("GreaterEqualLayerParams", &[one(2, "alpha", Fixed32)]);
#[rustfmt::skip]
static LOGICAL_OR_LAYER_PARAMS: Schema = message("LogicalOrLayerParams", &[]);
#[rustfmt::skip]
static LOGICAL_XOR_LAYER_PARAMS: Schema = message("LogicalXorLayerParams", &[]);
#[rustfmt::skip]
static LOGICAL_NOT_LAYER_PARAMS: Schema = message("LogicalNotLayerParams", &[]);
#[rustfmt::skip]
static LOGICAL_AND_LAYER_PARAMS: Schema = message("LogicalAndLayerParams", &[]);
#[rustfmt::skip]
static MOD_BROADCASTABLE_LAYER_PARAMS: Schema = message("ModBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static MIN_BROADCASTABLE_LAYER_PARAMS: Schema = message("MinBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static MAX_BROADCASTABLE_LAYER_PARAMS: Schema = message("MaxBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static ADD_BROADCASTABLE_LAYER_PARAMS: Schema = message("AddBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static POW_BROADCASTABLE_LAYER_PARAMS: Schema = message("PowBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static DIVIDE_BROADCASTABLE_LAYER_PARAMS: Schema = message("DivideBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static FLOOR_DIV_BROADCASTABLE_LAYER_PARAMS: Schema = message("FloorDivBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static MULTIPLY_BROADCASTABLE_LAYER_PARAMS: Schema = message("MultiplyBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static SUBTRACT_BROADCASTABLE_LAYER_PARAMS: Schema = message("SubtractBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static TILE_LAYER_PARAMS: Schema = message("TileLayerParams", &[many(1, "reps", Number)]);
#[rustfmt::skip]
static STACK_LAYER_PARAMS: Schema = message("StackLayerParams", &[one(1, "axis", Number)]);
#[rustfmt::skip]
static GATHER_LAYER_PARAMS: Schema = message("GatherLayerParams", &[one(1, "axis", Number)]);
#[rustfmt::skip]
static SCATTER_LAYER_PARAMS: Schema = message("ScatterLayerParams", &[one(1, "axis", Number), one(2, "mode", Number)]);
#[rustfmt::skip]
static GATHER_NDLAYER_PARAMS: Schema = message("GatherNDLayerParams", &[]);
#[rustfmt::skip]
static SCATTER_NDLAYER_PARAMS: Schema = message("ScatterNDLayerParams", &[one(1, "mode", Number)]);
#[rustfmt::skip]
static SOFTMAX_NDLAYER_PARAMS: Schema = message("SoftmaxNDLayerParams", &[one(1, "axis", Number)]);
#[rustfmt::skip]
static GATHER_ALONG_AXIS_LAYER_PARAMS: Schema = message("GatherAlongAxisLayerParams", &[one(1, "axis", Number)]);
#[rustfmt::skip]
static SCATTER_ALONG_AXIS_LAYER_PARAMS: Schema = message("ScatterAlongAxisLayerParams", &[one(1, "axis", Number), one(2, "mode", Number)]);
#[rustfmt::skip]
static REVERSE_LAYER_PARAMS: Schema = message("ReverseLayerParams", &[many(1, "reverseDim", Number)]);
#[rustfmt::skip]
static REVERSE_SEQ_LAYER_PARAMS: Schema = message("ReverseSeqLayerParams", &[one(1, "batchAxis", Number), one(2, "sequenceAxis", Number)]);
#[rustfmt::skip]
static SPLIT_NDLAYER_PARAMS: Schema = message("SplitNDLayerParams", &[
    one(1, "axis", Number), one(2, "numSplits", Number), many(3, "splitSizes", Number),
]);
#[rustfmt::skip]
static CONCAT_NDLAYER_PARAMS: Schema = message("ConcatNDLayerParams", &[one(1, "axis", Number), one(2, "interleave", Number)]);
#[rustfmt::skip]
static TRANSPOSE_LAYER_PARAMS: Schema = message("TransposeLayerParams", &[many(1, "axes", Number)]);
#[rustfmt::skip]
static SLICE_STATIC_LAYER_PARAMS: Schema = message("SliceStaticLayerParams", &[
    many(1, "beginIds", Number), many(2, "beginMasks", Number), many(3, "endIds", Number), many(4, "endMasks", Number), many(5, "strides", Number),
    many(6, "squeezeMasks", Number),
]);
#[rustfmt::skip]
static SLICE_DYNAMIC_LAYER_PARAMS: Schema = message("SliceDynamicLayerParams", &[
    many(2, "beginMasks", Number), many(3, "endIds", Number), many(4, "endMasks", Number), many(5, "strides", Number),
    many(6, "squeezeMasks", Number),
]);
#[rustfmt::skip]
static SLIDING_WINDOWS_LAYER_PARAMS: Schema = message("SlidingWindowsLayerParams", &[
    one(1, "axis", Number), one(2, "windowSize", Number), one(3, "step", Number),
]);
#[rustfmt::skip]
static TOP_KLAYER_PARAMS: Schema = message("TopKLayerParams", &[one(1, "axis", Number), one(2, "K", Number), one(3, "useBottomK", Number)]);
#[rustfmt::skip]
static ARG_MIN_LAYER_PARAMS: Schema = message("ArgMinLayerParams", &[one(1, "axis", Number), one(2, "removeDim", Number)]);
#[rustfmt::skip]
static ARG_MAX_LAYER_PARAMS: Schema = message("ArgMaxLayerParams", &[one(1, "axis", Number), one(2, "removeDim", Number)]);
#[rustfmt::skip]
static EMBEDDING_NDLAYER_PARAMS: Schema = message("EmbeddingNDLayerParams", &[
    one(1, "vocabSize", Number), one(2, "embeddingSize", Number), one(3, "hasBias", Number), one(20, "weights", Message(&WEIGHT_PARAMS)),
    one(21, "bias", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static BATCHED_MAT_MUL_LAYER_PARAMS: Schema = message("BatchedMatMulLayerParams", &[
    one(1, "transposeA", Number), one(2, "transposeB", Number), one(5, "weightMatrixFirstDimension", Number),
    one(6, "weightMatrixSecondDimension", Number), one(7, "hasBias", Number), one(8, "weights", Message(&WEIGHT_PARAMS)),
    one(9, "bias", Message(&WEIGHT_PARAMS)), one(10, "int8DynamicQuantize", Number),
]);
#[rustfmt::skip]
static GET_SHAPE_LAYER_PARAMS: Schema = message("GetShapeLayerParams", &[]);
#[rustfmt::skip]
static LOAD_CONSTANT_NDLAYER_PARAMS: Schema = message("LoadConstantNDLayerParams", &[
    many(1, "shape", Number), one(2, "data", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static FILL_LIKE_LAYER_PARAMS: Schema = message("FillLikeLayerParams", &[one(1, "value", Fixed32)]);
#[rustfmt::skip]
static FILL_STATIC_LAYER_PARAMS: Schema = message("FillStaticLayerParams", &[one(1, "value", Fixed32), many(2, "targetShape", Number)]);
#[rustfmt::skip]
static FILL_DYNAMIC_LAYER_PARAMS: Schema = message("FillDynamicLayerParams", &[one(1, "value", Fixed32)]);
#[rustfmt::skip]
static BROADCAST_TO_LIKE_LAYER_PARAMS: Schema = message("BroadcastToLikeLayerParams", &[]);
#[rustfmt::skip]
static BROADCAST_TO_STATIC_LAYER_PARAMS: Schema = message("BroadcastToStaticLayerParams", &[many(1, "targetShape", Number)]);
#[rustfmt::skip]
static BROADCAST_TO_DYNAMIC_LAYER_PARAMS: Schema = message("BroadcastToDynamicLayerParams", &[]);
#[rustfmt::skip]
static SQUEEZE_LAYER_PARAMS: Schema = message("SqueezeLayerParams", &[many(1, "axes", Number), one(2, "squeezeAll", Number)]);
#[rustfmt::skip]
static EXPAND_DIMS_LAYER_PARAMS: Schema = message("ExpandDimsLayerParams", &[many(1, "axes", Number)]);
#[rustfmt::skip]
static FLATTEN_TO2DLAYER_PARAMS: Schema = message("FlattenTo2DLayerParams", &[one(1, "axis", Number)]);
#[rustfmt::skip]
static RESHAPE_LIKE_LAYER_PARAMS: Schema = message("ReshapeLikeLayerParams", &[]);
#[rustfmt::skip]
static RESHAPE_STATIC_LAYER_PARAMS: Schema = message("ReshapeStaticLayerParams", &[many(1, "targetShape", Number)]);
#[rustfmt::skip]
static RESHAPE_DYNAMIC_LAYER_PARAMS: Schema = message("ReshapeDynamicLayerParams", &[]);
#[rustfmt::skip]
static RANK_PRESERVING_RESHAPE_LAYER_PARAMS: Schema = message("RankPreservingReshapeLayerParams", &[many(1, "targetShape", Number)]);
#[rustfmt::skip]
static CONSTANT_PADDING_LAYER_PARAMS: Schema = message("ConstantPaddingLayerParams", &[
    one(1, "value", Fixed32), many(2, "padAmounts", Number), one(3, "padToGivenOutputSizeMode", Number),
]);
#[rustfmt::skip]
static RANDOM_NORMAL_LIKE_LAYER_PARAMS: Schema = message("RandomNormalLikeLayerParams", &[
    one(1, "seed", Number), one(2, "mean", Fixed32), one(3, "stdDev", Fixed32),
]);
#[rustfmt::skip]
static RANDOM_NORMAL_STATIC_LAYER_PARAMS: Schema = message("RandomNormalStaticLayerParams", &[
    one(1, "seed", Number), one(2, "mean", Fixed32), one(3, "stdDev", Fixed32), many(4, "outputShape", Number),
]);
#[rustfmt::skip]
static RANDOM_NORMAL_DYNAMIC_LAYER_PARAMS: Schema = message("RandomNormalDynamicLayerParams", &[
    one(1, "seed", Number), one(2, "mean", Fixed32), one(3, "stdDev", Fixed32),
]);
#[rustfmt::skip]
static RANDOM_UNIFORM_LIKE_LAYER_PARAMS: Schema = message("RandomUniformLikeLayerParams", &[
    one(1, "seed", Number), one(2, "minVal", Fixed32), one(3, "maxVal", Fixed32),
]);
#[rustfmt::skip]
static RANDOM_UNIFORM_STATIC_LAYER_PARAMS: Schema = message("RandomUniformStaticLayerParams", &[
    one(1, "seed", Number), one(2, "minVal", Fixed32), one(3, "maxVal", Fixed32), many(4, "outputShape", Number),
]);
#[rustfmt::skip]
static RANDOM_UNIFORM_DYNAMIC_LAYER_PARAMS: Schema = message("RandomUniformDynamicLayerParams", &[
    one(1, "seed", Number), one(2, "minVal", Fixed32), one(3, "maxVal", Fixed32),
]);
#[rustfmt::skip]
static RANDOM_BERNOULLI_LIKE_LAYER_PARAMS: Schema = message("RandomBernoulliLikeLayerParams", &[one(1, "seed", Number), one(2, "prob", Fixed32)]);
#[rustfmt::skip]
static RANDOM_BERNOULLI_STATIC_LAYER_PARAMS: Schema = message("RandomBernoulliStaticLayerParams", &[
    one(1, "seed", Number), one(2, "prob", Fixed32), many(3, "outputShape", Number),
]);
#[rustfmt::skip]
static RANDOM_BERNOULLI_DYNAMIC_LAYER_PARAMS: Schema = message("RandomBernoulliDynamicLayerParams", &[
    one(1, "seed", Number), one(2, "prob", Fixed32),
]);
#[rustfmt::skip]
static CATEGORICAL_DISTRIBUTION_LAYER_PARAMS: Schema = message("CategoricalDistributionLayerParams", &[
    one(1, "seed", Number), one(2, "numSamples", Number), one(3, "isLogits", Number), one(4, "eps", Fixed32), one(5, "temperature", Fixed32),
]);
#[rustfmt::skip]
static REDUCE_L1LAYER_PARAMS: Schema = message("ReduceL1LayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_L2LAYER_PARAMS: Schema = message("ReduceL2LayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_MAX_LAYER_PARAMS: Schema = message("ReduceMaxLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_MIN_LAYER_PARAMS: Schema = message("ReduceMinLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_SUM_LAYER_PARAMS: Schema = message("ReduceSumLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_PROD_LAYER_PARAMS: Schema = message("ReduceProdLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_MEAN_LAYER_PARAMS: Schema = message("ReduceMeanLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_LOG_SUM_LAYER_PARAMS: Schema = message("ReduceLogSumLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_SUM_SQUARE_LAYER_PARAMS: Schema = message("ReduceSumSquareLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static REDUCE_LOG_SUM_EXP_LAYER_PARAMS: Schema = message("ReduceLogSumExpLayerParams", &[
    many(1, "axes", Number), one(2, "keepDims", Number), one(3, "reduceAll", Number),
]);
#[rustfmt::skip]
static WHERE_NON_ZERO_LAYER_PARAMS: Schema = message("WhereNonZeroLayerParams", &[]);
#[rustfmt::skip]
static MATRIX_BAND_PART_LAYER_PARAMS: Schema = message("MatrixBandPartLayerParams", &[one(1, "numLower", Number), one(2, "numUpper", Number)]);
#[rustfmt::skip]
static LOWER_TRIANGULAR_LAYER_PARAMS: Schema = message("LowerTriangularLayerParams", &[one(1, "k", Number)]);
#[rustfmt::skip]
static UPPER_TRIANGULAR_LAYER_PARAMS: Schema = message("UpperTriangularLayerParams", &[one(1, "k", Number)]);
#[rustfmt::skip]
static WHERE_BROADCASTABLE_LAYER_PARAMS: Schema = message("WhereBroadcastableLayerParams", &[]);
#[rustfmt::skip]
static LAYER_NORMALIZATION_LAYER_PARAMS: Schema = message("LayerNormalizationLayerParams", &[
    many(1, "normalizedShape", Number), one(2, "eps", Fixed32), one(3, "gamma", Message(&WEIGHT_PARAMS)), one(4, "beta", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static NON_MAXIMUM_SUPPRESSION_LAYER_PARAMS: Schema = message("NonMaximumSuppressionLayerParams", &[
    one(1, "iouThreshold", Fixed32), one(2, "scoreThreshold", Fixed32), one(3, "maxBoxes", Number), one(4, "perClassSuppression", Number),
]);
#[rustfmt::skip]
static ONE_HOT_LAYER_PARAMS: Schema = message("OneHotLayerParams", &[
    one(1, "oneHotVectorSize", Number), one(2, "axis", Number), one(3, "onValue", Fixed32), one(4, "offValue", Fixed32),
]);
#[rustfmt::skip]
static CUM_SUM_LAYER_PARAMS: Schema = message("CumSumLayerParams", &[
    one(1, "axis", Number), one(2, "excludeFinalSum", Number), one(3, "reverse", Number),
]);
#[rustfmt::skip]
static CLAMPED_RE_LULAYER_PARAMS: Schema = message("ClampedReLULayerParams", &[one(1, "alpha", Fixed32), one(2, "beta", Fixed32)]);
#[rustfmt::skip]
static ARG_SORT_LAYER_PARAMS: Schema = message("ArgSortLayerParams", &[one(1, "axis", Number), one(2, "descending", Number)]);
#[rustfmt::skip]
static POOLING3DLAYER_PARAMS: Schema = message("Pooling3DLayerParams", &[
    one(1, "type", Number), one(2, "kernelDepth", Number), one(3, "kernelHeight", Number), one(4, "kernelWidth", Number),
    one(5, "strideDepth", Number), one(6, "strideHeight", Number), one(7, "strideWidth", Number), one(8, "customPaddingFront", Number),
    one(9, "customPaddingBack", Number), one(10, "customPaddingTop", Number), one(11, "customPaddingBottom", Number),
    one(12, "customPaddingLeft", Number), one(13, "customPaddingRight", Number), one(14, "countExcludePadding", Number),
    one(15, "paddingType", Number),
]);
#[rustfmt::skip]
static GLOBAL_POOLING3DLAYER_PARAMS: Schema = message("GlobalPooling3DLayerParams", &[one(1, "type", Number)]);
#[rustfmt::skip]
static SLICE_BY_SIZE_LAYER_PARAMS: Schema = message("SliceBySizeLayerParams", &[one(2, "size", Number), one(3, "axis", Number)]);
#[rustfmt::skip]
static CONVOLUTION3DLAYER_PARAMS: Schema = message("Convolution3DLayerParams", &[
    one(1, "outputChannels", Number), one(2, "inputChannels", Number), one(10, "nGroups", Number), one(20, "kernelDepth", Number),
    one(21, "kernelHeight", Number), one(22, "kernelWidth", Number), one(31, "strideDepth", Number), one(32, "strideHeight", Number),
    one(33, "strideWidth", Number), one(40, "dilationDepth", Number), one(41, "dilationHeight", Number), one(42, "dilationWidth", Number),
    one(50, "hasBias", Number), one(60, "weights", Message(&WEIGHT_PARAMS)), one(61, "bias", Message(&WEIGHT_PARAMS)), one(70, "paddingType", Number),
    one(80, "customPaddingFront", Number), one(81, "customPaddingBack", Number), one(82, "customPaddingTop", Number),
    one(83, "customPaddingBottom", Number), one(84, "customPaddingLeft", Number), one(85, "customPaddingRight", Number),
    one(86, "isDeconvolution", Number), many(87, "outputShape", Number),
]);
#[rustfmt::skip]
static NEURAL_NETWORK_IMAGE_SCALER: Schema = message("NeuralNetworkImageScaler", &[
    one(10, "channelScale", Fixed32), one(20, "blueBias", Fixed32), one(21, "greenBias", Fixed32), one(22, "redBias", Fixed32),
    one(30, "grayBias", Fixed32),
]);
#[rustfmt::skip]
static NEURAL_NETWORK_MEAN_IMAGE: Schema = message("NeuralNetworkMeanImage", &[many(1, "meanImage", Fixed32)]);
#[rustfmt::skip]
static LOSS_LAYER: Schema = message("LossLayer", &[
    one(1, "name", Text), one(10, "categoricalCrossEntropyLossLayer", Message(&CATEGORICAL_CROSS_ENTROPY_LOSS_LAYER)),
    one(11, "meanSquaredErrorLossLayer", Message(&MEAN_SQUARED_ERROR_LOSS_LAYER)),
]);
#[rustfmt::skip]
static OPTIMIZER: Schema = message("Optimizer", &[
    one(10, "sgdOptimizer", Message(&SGDOPTIMIZER)), one(11, "adamOptimizer", Message(&ADAM_OPTIMIZER)),
]);
#[rustfmt::skip]
static BOOL_PARAMETER: Schema = message("BoolParameter", &[one(1, "defaultValue", Number)]);
#[rustfmt::skip]
static BAYESIAN_PROBIT_REGRESSOR_FEATURE_VALUE_WEIGHT: Schema = message("BayesianProbitRegressor.FeatureValueWeight", &[
    one(1, "featureValue", Number), one(2, "featureWeight", Message(&BAYESIAN_PROBIT_REGRESSOR_GAUSSIAN)),
]);
#[rustfmt::skip]
static FLOAT_VECTOR: Schema = message("FloatVector", &[many(1, "vector", Fixed32)]);
#[rustfmt::skip]
static LINEAR_INDEX: Schema = message("LinearIndex", &[]);
#[rustfmt::skip]
static SINGLE_KD_TREE_INDEX: Schema = message("SingleKdTreeIndex", &[one(1, "leafSize", Number)]);
#[rustfmt::skip]
static SQUARED_EUCLIDEAN_DISTANCE: Schema = message("SquaredEuclideanDistance", &[]);
#[rustfmt::skip]
static INT64RANGE: Schema = message("Int64Range", &[one(1, "minValue", Number), one(2, "maxValue", Number)]);
#[rustfmt::skip]
static INT64SET: Schema = message("Int64Set", &[many(1, "values", Number)]);
#[rustfmt::skip]
static ITEM_SIMILARITY_RECOMMENDER_CONNECTED_ITEM: Schema = message("ItemSimilarityRecommender.ConnectedItem", &[
    one(1, "itemId", Number), one(2, "similarityScore", Fixed64),
]);
#[rustfmt::skip]
static FUNCTION: Schema = message("Function", &[
    many(1, "inputs", Message(&NAMED_VALUE_TYPE)), one(2, "opset", Text),
    many(3, "block_specializations", Message(&FUNCTION_BLOCK_SPECIALIZATIONS_ENTRY)), many(4, "attributes", Message(&FUNCTION_ATTRIBUTES_ENTRY)),
]);
#[rustfmt::skip]
static VALUE: Schema = message("Value", &[
    one(1, "docString", Text), one(2, "type", Message(&VALUE_TYPE)), one(3, "immediateValue", Message(&VALUE_IMMEDIATE_VALUE)),
    one(5, "blobFileValue", Message(&VALUE_BLOB_FILE_VALUE)),
]);
#[rustfmt::skip]
static CUSTOM_MODEL_CUSTOM_MODEL_PARAM_VALUE: Schema = message("CustomModel.CustomModelParamValue", &[
    one(10, "doubleValue", Fixed64), one(20, "stringValue", Text), one(30, "intValue", Number), one(40, "longValue", Number),
    one(50, "boolValue", Number), one(60, "bytesValue", Bytes),
]);
#[rustfmt::skip]
static STRING_PARAMETER: Schema = message("StringParameter", &[one(1, "defaultValue", Text)]);
#[rustfmt::skip]
static STRING_TO_DOUBLE_MAP_MAP_ENTRY: Schema = message("StringToDoubleMap.MapEntry", &[one(1, "key", Text), one(2, "value", Fixed64)]);
#[rustfmt::skip]
static INT64TO_DOUBLE_MAP_MAP_ENTRY: Schema = message("Int64ToDoubleMap.MapEntry", &[one(1, "key", Number), one(2, "value", Fixed64)]);
#[rustfmt::skip]
static STRING_TO_INT64MAP_MAP_ENTRY: Schema = message("StringToInt64Map.MapEntry", &[one(1, "key", Text), one(2, "value", Number)]);
#[rustfmt::skip]
static INT64TO_STRING_MAP_MAP_ENTRY: Schema = message("Int64ToStringMap.MapEntry", &[one(1, "key", Number), one(2, "value", Text)]);
#[rustfmt::skip]
static INT64FEATURE_TYPE: Schema = message("Int64FeatureType", &[]);
#[rustfmt::skip]
static DOUBLE_FEATURE_TYPE: Schema = message("DoubleFeatureType", &[]);
#[rustfmt::skip]
static STRING_FEATURE_TYPE: Schema = message("StringFeatureType", &[]);
#[rustfmt::skip]
static IMAGE_FEATURE_TYPE: Schema = message("ImageFeatureType", &[
    one(1, "width", Number), one(2, "height", Number), one(3, "colorSpace", Number),
    one(21, "enumeratedSizes", Message(&IMAGE_FEATURE_TYPE_ENUMERATED_IMAGE_SIZES)),
    one(31, "imageSizeRange", Message(&IMAGE_FEATURE_TYPE_IMAGE_SIZE_RANGE)),
]);
#[rustfmt::skip]
static ARRAY_FEATURE_TYPE: Schema = message("ArrayFeatureType", &[
    many(1, "shape", Number), one(2, "dataType", Number), one(21, "enumeratedShapes", Message(&ARRAY_FEATURE_TYPE_ENUMERATED_SHAPES)),
    one(31, "shapeRange", Message(&ARRAY_FEATURE_TYPE_SHAPE_RANGE)), one(41, "intDefaultValue", Number), one(51, "floatDefaultValue", Fixed32),
    one(61, "doubleDefaultValue", Fixed64),
]);
#[rustfmt::skip]
static DICTIONARY_FEATURE_TYPE: Schema = message("DictionaryFeatureType", &[
    one(1, "int64KeyType", Message(&INT64FEATURE_TYPE)), one(2, "stringKeyType", Message(&STRING_FEATURE_TYPE)),
]);
#[rustfmt::skip]
static SEQUENCE_FEATURE_TYPE: Schema = message("SequenceFeatureType", &[
    one(1, "int64Type", Message(&INT64FEATURE_TYPE)), one(3, "stringType", Message(&STRING_FEATURE_TYPE)),
    one(101, "sizeRange", Message(&SIZE_RANGE)),
]);
#[rustfmt::skip]
static STATE_FEATURE_TYPE: Schema = message("StateFeatureType", &[one(1, "arrayType", Message(&ARRAY_FEATURE_TYPE))]);
#[rustfmt::skip]
static SPARSE_NODE: Schema = message("SparseNode", &[one(1, "index", Number), one(2, "value", Fixed64)]);
#[rustfmt::skip]
static TREE_ENSEMBLE_PARAMETERS_TREE_NODE_EVALUATION_INFO: Schema = message("TreeEnsembleParameters.TreeNode.EvaluationInfo", &[
    one(1, "evaluationIndex", Number), one(2, "evaluationValue", Fixed64),
]);
#[rustfmt::skip]
static VALID_PADDING: Schema = message("ValidPadding", &[one(1, "paddingAmounts", Message(&BORDER_AMOUNTS))]);
#[rustfmt::skip]
static SAME_PADDING: Schema = message("SamePadding", &[one(1, "asymmetryMode", Number)]);
#[rustfmt::skip]
static WEIGHT_PARAMS: Schema = message("WeightParams", &[
    many(1, "floatValue", Fixed32), one(2, "float16Value", Payload), one(30, "rawValue", Payload), one(31, "int8RawValue", Payload),
    one(40, "quantization", Message(&QUANTIZATION_PARAMS)), one(50, "isUpdatable", Number),
]);
#[rustfmt::skip]
static POOLING_LAYER_PARAMS_VALID_COMPLETE_PADDING: Schema = message("PoolingLayerParams.ValidCompletePadding", &[
    many(10, "paddingAmounts", Number),
]);
#[rustfmt::skip]
static ACTIVATION_LINEAR: Schema = message("ActivationLinear", &[one(1, "alpha", Fixed32), one(2, "beta", Fixed32)]);
#[rustfmt::skip]
static ACTIVATION_RE_LU: Schema = message("ActivationReLU", &[]);
#[rustfmt::skip]
static ACTIVATION_LEAKY_RE_LU: Schema = message("ActivationLeakyReLU", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static ACTIVATION_THRESHOLDED_RE_LU: Schema = message("ActivationThresholdedReLU", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static ACTIVATION_PRE_LU: Schema = message("ActivationPReLU", &[one(1, "alpha", Message(&WEIGHT_PARAMS))]);
#[rustfmt::skip]
static ACTIVATION_TANH: Schema = message("ActivationTanh", &[]);
#[rustfmt::skip]
static ACTIVATION_SCALED_TANH: Schema = message("ActivationScaledTanh", &[one(1, "alpha", Fixed32), one(2, "beta", Fixed32)]);
#[rustfmt::skip]
static ACTIVATION_SIGMOID: Schema = message("ActivationSigmoid", &[]);
#[rustfmt::skip]
static ACTIVATION_SIGMOID_HARD: Schema = message("ActivationSigmoidHard", &[one(1, "alpha", Fixed32), one(2, "beta", Fixed32)]);
#[rustfmt::skip]
static ACTIVATION_ELU: Schema = message("ActivationELU", &[one(1, "alpha", Fixed32)]);
#[rustfmt::skip]
static ACTIVATION_SOFTSIGN: Schema = message("ActivationSoftsign", &[]);
#[rustfmt::skip]
static ACTIVATION_SOFTPLUS: Schema = message("ActivationSoftplus", &[]);
#[rustfmt::skip]
static ACTIVATION_PARAMETRIC_SOFTPLUS: Schema = message("ActivationParametricSoftplus", &[
    one(1, "alpha", Message(&WEIGHT_PARAMS)), one(2, "beta", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static BORDER_AMOUNTS: Schema = message("BorderAmounts", &[many(10, "borderAmounts", Message(&BORDER_AMOUNTS_EDGE_SIZES))]);
#[rustfmt::skip]
static PADDING_LAYER_PARAMS_PADDING_CONSTANT: Schema = message("PaddingLayerParams.PaddingConstant", &[one(1, "value", Fixed32)]);
#[rustfmt::skip]
static PADDING_LAYER_PARAMS_PADDING_REFLECTION: Schema = message("PaddingLayerParams.PaddingReflection", &[]);
#[rustfmt::skip]
static PADDING_LAYER_PARAMS_PADDING_REPLICATION: Schema = message("PaddingLayerParams.PaddingReplication", &[]);
#[rustfmt::skip]
static SAMPLING_MODE: Schema = message("SamplingMode", &[one(1, "samplingMethod", Number)]);
#[rustfmt::skip]
static BOX_COORDINATES_MODE: Schema = message("BoxCoordinatesMode", &[one(1, "boxMode", Number)]);
#[rustfmt::skip]
static LSTMPARAMS: Schema = message("LSTMParams", &[
    one(10, "sequenceOutput", Number), one(20, "hasBiasVectors", Number), one(30, "forgetBias", Number), one(40, "hasPeepholeVectors", Number),
    one(50, "coupledInputAndForgetGate", Number), one(60, "cellClipThreshold", Fixed32),
]);
#[rustfmt::skip]
static LSTMWEIGHT_PARAMS: Schema = message("LSTMWeightParams", &[
    one(1, "inputGateWeightMatrix", Message(&WEIGHT_PARAMS)), one(2, "forgetGateWeightMatrix", Message(&WEIGHT_PARAMS)),
    one(3, "blockInputWeightMatrix", Message(&WEIGHT_PARAMS)), one(4, "outputGateWeightMatrix", Message(&WEIGHT_PARAMS)),
    one(20, "inputGateRecursionMatrix", Message(&WEIGHT_PARAMS)), one(21, "forgetGateRecursionMatrix", Message(&WEIGHT_PARAMS)),
    one(22, "blockInputRecursionMatrix", Message(&WEIGHT_PARAMS)), one(23, "outputGateRecursionMatrix", Message(&WEIGHT_PARAMS)),
    one(40, "inputGateBiasVector", Message(&WEIGHT_PARAMS)), one(41, "forgetGateBiasVector", Message(&WEIGHT_PARAMS)),
    one(42, "blockInputBiasVector", Message(&WEIGHT_PARAMS)), one(43, "outputGateBiasVector", Message(&WEIGHT_PARAMS)),
    one(60, "inputGatePeepholeVector", Message(&WEIGHT_PARAMS)), one(61, "forgetGatePeepholeVector", Message(&WEIGHT_PARAMS)),
    one(62, "outputGatePeepholeVector", Message(&WEIGHT_PARAMS)),
]);
#[rustfmt::skip]
static CUSTOM_LAYER_PARAMS_PARAMETERS_ENTRY: Schema = message("CustomLayerParams.ParametersEntry", &[
    one(1, "key", Text), one(2, "value", Message(&CUSTOM_LAYER_PARAMS_CUSTOM_LAYER_PARAM_VALUE)),
]);
#[rustfmt::skip]
static CATEGORICAL_CROSS_ENTROPY_LOSS_LAYER: Schema = message("CategoricalCrossEntropyLossLayer", &[one(1, "input", Text), one(2, "target", Text)]);
#[rustfmt::skip]
static MEAN_SQUARED_ERROR_LOSS_LAYER: Schema = message("MeanSquaredErrorLossLayer", &[one(1, "input", Text), one(2, "target", Text)]);
#[rustfmt::skip]
static SGDOPTIMIZER: Schema = message("SGDOptimizer", &[
    one(1, "learningRate", Message(&DOUBLE_PARAMETER)), one(2, "miniBatchSize", Message(&INT64PARAMETER)),
    one(3, "momentum", Message(&DOUBLE_PARAMETER)),
]);
#[rustfmt::skip]
static ADAM_OPTIMIZER: Schema = message("AdamOptimizer", &[
    one(1, "learningRate", Message(&DOUBLE_PARAMETER)), one(2, "miniBatchSize", Message(&INT64PARAMETER)),
    one(3, "beta1", Message(&DOUBLE_PARAMETER)), one(4, "beta2", Message(&DOUBLE_PARAMETER)), one(5, "eps", Message(&DOUBLE_PARAMETER)),
]);
#[rustfmt::skip]
static NAMED_VALUE_TYPE: Schema = message("NamedValueType", &[one(1, "name", Text), one(2, "type", Message(&VALUE_TYPE))]);
#[rustfmt::skip]
static FUNCTION_BLOCK_SPECIALIZATIONS_ENTRY: Schema = message("Function.BlockSpecializationsEntry", &[
    one(1, "key", Text), one(2, "value", Message(&BLOCK)),
]);
#[rustfmt::skip]
static FUNCTION_ATTRIBUTES_ENTRY: Schema = message("Function.AttributesEntry", &[one(1, "key", Text), one(2, "value", Message(&VALUE))]);
#[rustfmt::skip]
static VALUE_TYPE: Schema = message("ValueType", &[
    one(1, "tensorType", Message(&TENSOR_TYPE)), one(2, "listType", Message(&LIST_TYPE)), one(3, "tupleType", Message(&TUPLE_TYPE)),
    one(4, "dictionaryType", Message(&DICTIONARY_TYPE)), one(5, "stateType", Message(&STATE_TYPE)),
]);
#[rustfmt::skip]
static VALUE_IMMEDIATE_VALUE: Schema = message("Value.ImmediateValue", &[
    one(1, "tensor", Message(&TENSOR_VALUE)), one(2, "tuple", Message(&TUPLE_VALUE)), one(3, "list", Message(&LIST_VALUE)),
    one(4, "dictionary", Message(&DICTIONARY_VALUE)),
]);
#[rustfmt::skip]
static VALUE_BLOB_FILE_VALUE: Schema = message("Value.BlobFileValue", &[one(1, "fileName", Text), one(2, "offset", Number)]);
#[rustfmt::skip]
static IMAGE_FEATURE_TYPE_ENUMERATED_IMAGE_SIZES: Schema = message("ImageFeatureType.EnumeratedImageSizes", &[
    many(1, "sizes", Message(&IMAGE_FEATURE_TYPE_IMAGE_SIZE)),
]);
#[rustfmt::skip]
static IMAGE_FEATURE_TYPE_IMAGE_SIZE_RANGE: Schema = message("ImageFeatureType.ImageSizeRange", &[
    one(1, "widthRange", Message(&SIZE_RANGE)), one(2, "heightRange", Message(&SIZE_RANGE)),
]);
#[rustfmt::skip]
static ARRAY_FEATURE_TYPE_ENUMERATED_SHAPES: Schema = message("ArrayFeatureType.EnumeratedShapes", &[
    many(1, "shapes", Message(&ARRAY_FEATURE_TYPE_SHAPE)),
]);
#[rustfmt::skip]
static ARRAY_FEATURE_TYPE_SHAPE_RANGE: Schema = message("ArrayFeatureType.ShapeRange", &[many(1, "sizeRanges", Message(&SIZE_RANGE))]);
#[rustfmt::skip]
static SIZE_RANGE: Schema = message("SizeRange", &[one(1, "lowerBound", Number), one(2, "upperBound", Number)]);
#[rustfmt::skip]
static QUANTIZATION_PARAMS: Schema = message("QuantizationParams", &[
    one(1, "numberOfBits", Number), one(101, "linearQuantization", Message(&LINEAR_QUANTIZATION_PARAMS)),
    one(102, "lookupTableQuantization", Message(&LOOK_UP_TABLE_QUANTIZATION_PARAMS)),
]);
#[rustfmt::skip]
static BORDER_AMOUNTS_EDGE_SIZES: Schema = message("BorderAmounts.EdgeSizes", &[one(1, "startEdgeSize", Number), one(2, "endEdgeSize", Number)]);
#[rustfmt::skip]
static CUSTOM_LAYER_PARAMS_CUSTOM_LAYER_PARAM_VALUE: Schema = message("CustomLayerParams.CustomLayerParamValue", &[
    one(10, "doubleValue", Fixed64), one(20, "stringValue", Text), one(30, "intValue", Number), one(40, "longValue", Number),
    one(50, "boolValue", Number),
]);
#[rustfmt::skip]
static DOUBLE_PARAMETER: Schema = message("DoubleParameter", &[one(1, "defaultValue", Fixed64), one(10, "range", Message(&DOUBLE_RANGE))]);
#[rustfmt::skip]
static BLOCK: Schema = message("Block", &[
    many(1, "inputs", Message(&NAMED_VALUE_TYPE)), many(2, "outputs", Text), many(3, "operations", Message(&OPERATION)),
    many(4, "attributes", Message(&BLOCK_ATTRIBUTES_ENTRY)),
]);
#[rustfmt::skip]
static TENSOR_TYPE: Schema = message("TensorType", &[
    one(1, "dataType", Number), one(2, "rank", Number), many(3, "dimensions", Message(&DIMENSION)),
    many(4, "attributes", Message(&TENSOR_TYPE_ATTRIBUTES_ENTRY)),
]);
#[rustfmt::skip]
static LIST_TYPE: Schema = message("ListType", &[one(1, "type", Message(&VALUE_TYPE)), one(2, "length", Message(&DIMENSION))]);
#[rustfmt::skip]
static TUPLE_TYPE: Schema = message("TupleType", &[many(1, "types", Message(&VALUE_TYPE))]);
#[rustfmt::skip]
static DICTIONARY_TYPE: Schema = message("DictionaryType", &[one(1, "keyType", Message(&VALUE_TYPE)), one(2, "valueType", Message(&VALUE_TYPE))]);
#[rustfmt::skip]
static STATE_TYPE: Schema = message("StateType", &[one(1, "wrappedType", Message(&VALUE_TYPE))]);
#[rustfmt::skip]
static TENSOR_VALUE: Schema = message("TensorValue", &[
    one(1, "floats", Message(&TENSOR_VALUE_REPEATED_FLOATS)), one(2, "ints", Message(&TENSOR_VALUE_REPEATED_INTS)),
    one(3, "bools", Message(&TENSOR_VALUE_REPEATED_BOOLS)), one(4, "strings", Message(&TENSOR_VALUE_REPEATED_STRINGS)),
    one(5, "longInts", Message(&TENSOR_VALUE_REPEATED_LONG_INTS)), one(6, "doubles", Message(&TENSOR_VALUE_REPEATED_DOUBLES)),
    one(7, "bytes", Message(&TENSOR_VALUE_REPEATED_BYTES)),
]);
#[rustfmt::skip]
static TUPLE_VALUE: Schema = message("TupleValue", &[many(1, "values", Message(&VALUE))]);
#[rustfmt::skip]
static LIST_VALUE: Schema = message("ListValue", &[many(1, "values", Message(&VALUE))]);
#[rustfmt::skip]
static DICTIONARY_VALUE: Schema = message("DictionaryValue", &[many(1, "values", Message(&DICTIONARY_VALUE_KEY_VALUE_PAIR))]);
#[rustfmt::skip]
static IMAGE_FEATURE_TYPE_IMAGE_SIZE: Schema = message("ImageFeatureType.ImageSize", &[one(1, "width", Number), one(2, "height", Number)]);
#[rustfmt::skip]
static ARRAY_FEATURE_TYPE_SHAPE: Schema = message("ArrayFeatureType.Shape", &[many(1, "shape", Number)]);
#[rustfmt::skip]
static LINEAR_QUANTIZATION_PARAMS: Schema = message("LinearQuantizationParams", &[many(1, "scale", Fixed32), many(2, "bias", Fixed32)]);
#[rustfmt::skip]
static LOOK_UP_TABLE_QUANTIZATION_PARAMS: Schema = message("LookUpTableQuantizationParams", &[many(1, "floatValue", Fixed32)]);
#[rustfmt::skip]
static DOUBLE_RANGE: Schema = message("DoubleRange", &[one(1, "minValue", Fixed64), one(2, "maxValue", Fixed64)]);
#[rustfmt::skip]
static OPERATION: Schema = message("Operation", &[
    one(1, "type", Text), many(2, "inputs", Message(&OPERATION_INPUTS_ENTRY)), many(3, "outputs", Message(&NAMED_VALUE_TYPE)),
    many(4, "blocks", Message(&BLOCK)), many(5, "attributes", Message(&OPERATION_ATTRIBUTES_ENTRY)),
]);
#[rustfmt::skip]
static BLOCK_ATTRIBUTES_ENTRY: Schema = message("Block.AttributesEntry", &[one(1, "key", Text), one(2, "value", Message(&VALUE))]);
#[rustfmt::skip]
static DIMENSION: Schema = message("Dimension", &[
    one(1, "constant", Message(&DIMENSION_CONSTANT_DIMENSION)), one(2, "unknown", Message(&DIMENSION_UNKNOWN_DIMENSION)),
]);
#[rustfmt::skip]
static TENSOR_TYPE_ATTRIBUTES_ENTRY: Schema = message("TensorType.AttributesEntry", &[one(1, "key", Text), one(2, "value", Message(&VALUE))]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_FLOATS: Schema = message("TensorValue.RepeatedFloats", &[many(1, "values", Fixed32)]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_INTS: Schema = message("TensorValue.RepeatedInts", &[many(1, "values", Number)]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_BOOLS: Schema = message("TensorValue.RepeatedBools", &[many(1, "values", Number)]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_STRINGS: Schema = message("TensorValue.RepeatedStrings", &[many(1, "values", Text)]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_LONG_INTS: Schema = message("TensorValue.RepeatedLongInts", &[many(1, "values", Number)]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_DOUBLES: Schema = message("TensorValue.RepeatedDoubles", &[many(1, "values", Fixed64)]);
#[rustfmt::skip]
static TENSOR_VALUE_REPEATED_BYTES: Schema = message("TensorValue.RepeatedBytes", &[one(1, "values", Bytes)]);
#[rustfmt::skip]
static DICTIONARY_VALUE_KEY_VALUE_PAIR: Schema = message("DictionaryValue.KeyValuePair", &[
    one(1, "key", Message(&VALUE)), one(2, "value", Message(&VALUE)),
]);
#[rustfmt::skip]
static OPERATION_INPUTS_ENTRY: Schema = message("Operation.InputsEntry", &[one(1, "key", Text), one(2, "value", Message(&ARGUMENT))]);
#[rustfmt::skip]
static OPERATION_ATTRIBUTES_ENTRY: Schema = message("Operation.AttributesEntry", &[one(1, "key", Text), one(2, "value", Message(&VALUE))]);
#[rustfmt::skip]
static DIMENSION_CONSTANT_DIMENSION: Schema = message("Dimension.ConstantDimension", &[one(1, "size", Number)]);
#[rustfmt::skip]
static DIMENSION_UNKNOWN_DIMENSION: Schema = message("Dimension.UnknownDimension", &[one(1, "variadic", Number)]);
#[rustfmt::skip]
static ARGUMENT: Schema = message("Argument", &[many(1, "arguments", Message(&ARGUMENT_BINDING))]);
#[rustfmt::skip]
static ARGUMENT_BINDING: Schema = message("Argument.Binding", &[one(1, "name", Text), one(2, "value", Message(&VALUE))]);
