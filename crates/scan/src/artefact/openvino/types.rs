//! Types of layers. Loaders do not tell capitals from small letters in them, and here they are small.

/// Of the library's own opsets, and of what it wrote before there were any.
#[rustfmt::skip]
const TYPES: &[&str] = &[
    "abs", "acos", "acosh", "activation", "adaptiveavgpool", "adaptivemaxpool", "add", "argmax", "asin", "asinh", "assign", "atan", "atanh",
    "avgpool", "batchnormalization", "batchnorminference", "batchtospace", "binaryconvolution", "bitwiseand", "bitwiseleftshift", "bitwisenot",
    "bitwiseor", "bitwiserightshift", "bitwisexor", "broadcast", "bucketize", "ceil", "ceiling", "clamp", "col2im", "concat", "const", "convert",
    "convertlike", "convertpromotetypes", "convolution", "convolutionbackpropdata", "copy", "cos", "cosh", "crop", "ctcgreedydecoder",
    "ctcgreedydecoderseqlen", "ctcloss", "cumsum", "deconvolution", "deformableconvolution", "deformablepsroipooling", "depthtospace",
    "detectionoutput", "dft", "divide", "einsum", "eltwise", "elu", "embeddingbagoffsets", "embeddingbagoffsetssum", "embeddingbagpacked",
    "embeddingbagpackedsum", "embeddingsegmentssum", "equal", "erf", "erfinv", "exp", "experimentaldetectrondetectionoutput",
    "experimentaldetectrongenerateproposalssingleimage", "experimentaldetectronpriorgridgenerator", "experimentaldetectronroifeatureextractor",
    "experimentaldetectrontopkrois", "extractimagepatches", "eye", "fakeconvert", "fakequantize", "flatten", "floor", "floormod", "fullyconnected",
    "gather", "gatherelements", "gathernd", "gathertree", "gelu", "gemm", "generateproposals", "glu", "greater", "greaterequal", "gridsample", "grn",
    "groupconvolution", "groupconvolutionbackpropdata", "groupedmatmul", "groupnormalization", "grucell", "grusequence", "hardsigmoid", "hsigmoid",
    "hswish", "i420tobgr", "i420torgb", "identity", "idft", "if", "innerproduct", "input", "interpolate", "inverse", "irdft", "isfinite", "isinf",
    "isnan", "istft", "less", "lessequal", "log", "logicaland", "logicalnot", "logicalor", "logicalxor", "logsoftmax", "loop", "lrn", "lstmcell",
    "lstmsequence", "lstmsequenceie", "matmul", "matrixnms", "maximum", "maxpool", "memory", "minimum", "mish", "mod", "multiclassnms",
    "multinomial", "multiply", "mvn", "neg", "negative", "nmsrotated", "nonmaxsuppression", "nonmaxsuppressionieinternal", "nonzero", "norm",
    "normalize", "normalizel2", "notequal", "nv12tobgr", "nv12torgb", "onehot", "pad", "pagedattention", "parameter", "permute", "pooling", "power",
    "prelu", "priorbox", "priorboxclustered", "proposal", "psroipooling", "quantize", "randomuniform", "range", "rank", "rdft", "readvalue",
    "reducel1", "reducel2", "reducelogicaland", "reducelogicalor", "reducemax", "reducemean", "reducemin", "reduceprod", "reducesum", "regionyolo",
    "relu", "relu6", "reorgyolo", "resample", "reshape", "result", "reverse", "reversesequence", "rms", "rnncell", "rnnsequence", "roialign",
    "roialignrotated", "roipooling", "roll", "rope", "round", "scaleddotproductattention", "scaleshift", "scatterelementsupdate", "scatterndupdate",
    "scatterupdate", "searchsorted", "segmentmax", "select", "selu", "shapeof", "shufflechannels", "sigmoid", "sign", "simplernms", "sin", "sinh",
    "slice", "slicescatter", "softmax", "softplus", "softsign", "spacetobatch", "spacetodepth", "sparsefillemptyrows", "split", "sqrt",
    "squareddifference", "squeeze", "stft", "stridedslice", "stringtensorpack", "stringtensorunpack", "subtract", "swiglu", "swish", "tan", "tanh",
    "tensoriterator", "tile", "topk", "transpose", "unique", "unsqueeze", "upsampling", "variadicsplit", "xor",
];
/// Of the library's tokenizers, which it ships as an extension.
#[rustfmt::skip]
const TOKENIZERS: &[&str] = &[
    "bpetokenizer", "bytefallback", "bytestochars", "casefold", "charsmapnormalization", "charstobytes", "combinesegments", "equalstr", "fuzeragged",
    "normalizeunicode", "raggedtodense", "raggedtoragged", "raggedtosparse", "regexnormalization", "regexsplit", "sentencepiecedetokenizer",
    "sentencepiecestreamdetokenizer", "sentencepiecetokenizer", "specialtokenssplit", "stringtensorpack", "stringtensorunpack", "stringtohashbucket",
    "trietokenizer", "truncate", "unigramtokenizer", "utf8validate", "vocabdecoder", "vocabencoder", "wordpiecetokenizer",
];
/// Sets beside the numbered ones that the library has itself.
const SETS: &[&str] = &["experimental", "ie_internal_opset", "type_relaxed_opset", "util"];

/// Whether the library has a layer of this type in this set.
pub(super) fn known(kind: &str, set: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let numbered = set.strip_prefix("opset").is_some_and(|number| number.parse::<u8>().is_ok());
    let own =
        (numbered || set.is_empty() || SETS.contains(&set)) && TYPES.binary_search(&&*kind).is_ok();
    own || matches!(set, "extension" | "opset15") && TOKENIZERS.binary_search(&&*kind).is_ok()
}
