//! Functions that expressions call.

use coseal_core::fact::ArtefactVerdict::{Malicious, Unknown};

use super::rules::{ACTS, EXPRESSION, LOADS};
use crate::artefact::report::Report;

/// Functions of formulas and of calls that models keep.
#[rustfmt::skip]
const FORMULAS: &[&str] = &[
    "~", "+", "-", "*", "/", "^", ":", "%in%", "%*%", "%%", "%/%", "(", "[", "[[", "$", "@", "<", ">", "<=", ">=", "==", "!=", "!", "&", "|", "&&", "||", "::", "I", "log",
    "log10", "log2", "log1p", "exp", "expm1", "sqrt", "abs", "sin", "cos", "tan", "poly", "ns", "bs", "s", "te", "ti", "t2", "lo", "offset", "cbind", "rbind", "factor",
    "as.factor", "ordered", "as.numeric", "as.integer", "as.character", "as.matrix", "as.data.frame", "data.frame", "matrix", "list", "c", "Surv", "strata", "cluster",
    "frailty", "tt", "pspline", "ridge", "interaction", "relevel", "cut", "scale", "pmin", "pmax", "min", "max", "mean", "sum", "median", "sd", "var", "round", "floor",
    "ceiling", "is.na", "ifelse", "rep", "rep.int", "seq", "seq_len", "seq_along", "length", "nrow", "ncol", "NROW", "NCOL", "dist", "names", "contr.treatment",
    "contr.sum", "contr.helmert", "contr.poly", "binomial", "gaussian", "poisson", "Gamma", "inverse.gaussian", "quasi", "quasibinomial", "quasipoisson", "function",
    "rpart.control", "nls.control", "glm.control", "loess.control", "lmeControl", "gam.control", "trainControl", "expand.grid", "subset", "na.omit", "na.exclude", "na.fail", "na.pass",
    "quote", "structure", "Sys.Date", "as.Date", "weekdays", "months", "nchar", "tolower", "toupper", "paste", "paste0", "rnorm", "runif", "rbinom", "sample", "set.seed",
    "attr", "unlist", "as.formula", "formula", "head", "tail", "t", "crossprod", "diag", "sparse.model.matrix", "model.matrix", "xgb.DMatrix", "as.name",
];
/// Functions that act.
#[rustfmt::skip]
const ACTING: &[&str] = &[
    "system", "system2", "shell", "shell.exec", "pipe", "eval", "evalq", "eval.parent", "parse", "str2lang", "str2expression", "source", "sys.source", "do.call", "match.fun", "get",
    "mget", "get0", "assign", "delayedAssign", "makeActiveBinding", "library", "require", "requireNamespace", "loadNamespace", "attachNamespace", "dyn.load", "library.dynam", ".C", ".Call",
    ".External", ".External2", ".Fortran", ".Internal", ".Primitive", "file", "url", "gzfile", "bzfile", "xzfile", "unz", "socketConnection", "fifo", "download.file",
    "readRDS", "saveRDS", "load", "save", "save.image", "readLines", "writeLines", "scan", "read.table", "read.csv", "write.table", "write.csv", "write", "cat", "sink", "dput", "dget", "dump",
    "unlink", "file.remove", "file.rename", "file.copy", "file.create", "file.append", "dir.create", "setwd", "Sys.setenv", "Sys.getenv", "Sys.chmod", "Sys.sleep", "install.packages", "unserialize", "serialize",
    "reg.finalizer", "on.exit", "trace", "untrace", "options", "Rprof", "quit", "q", "invokeRestart", "browser", "debug", "body<-", "environment<-", "unlockBinding", "assignInNamespace",
    ":::", "curl", "curl_fetch_memory", "GET", "POST", "processx::run",
];
/// Packages whose namespaces data may refer to: R loads them then.
#[rustfmt::skip]
const PACKAGES: &[&str] = &[
    "base", "stats", "utils", "methods", "graphics", "grDevices", "datasets", "splines", "stats4", "parallel", "compiler", "tools", "rpart", "MASS", "nnet", "class", "mgcv", "nlme", "lattice",
    "cluster", "boot", "foreign", "spatial", "KernSmooth", "codetools", "survival", "Matrix", "randomForest", "e1071", "glmnet", "caret", "ranger", "xgboost", "lightgbm",
    "catboost", "gbm", "kernlab", "lme4", "party", "partykit", "tree", "earth", "forecast", "prophet", "recipes", "parsnip", "workflows", "tidymodels", "hardhat",
    "dplyr", "tibble", "rlang", "vctrs", "purrr", "tidyr", "ggplot2", "data.table", "mlr", "mlr3", "h2o", "keras", "torch", "tensorflow", "R6", "stringr", "lubridate",
    "magrittr", "butcher", "yardstick", "rsample", "tune", "C50", "Cubist", "klaR", "mda", "pls", "quantreg", "brms", "rstanarm", "sf", "sp", "zoo", "xts", "text2vec", "quanteda",
];
/// Classes of packages by which R keeps vectors in another way than in full.
#[rustfmt::skip]
const VECTORS: &[&str] = &[
    "compact_intseq", "compact_realseq", "deferred_string", "wrap_integer", "wrap_real", "wrap_string", "wrap_logical", "wrap_complex", "wrap_raw", "wrap_list",
];

/// Judges a call. The outermost may be that of any function that made the model, as nothing evaluates it.
pub(super) fn called(name: &str, outermost: bool, at: u64, report: &mut Report) {
    if ACTING.contains(&name) {
        report.find(&ACTS, Malicious, at, &format!("it calls {name}"));
    } else if !outermost && !FORMULAS.contains(&name) {
        report.find(&EXPRESSION, Unknown, at, &format!("it calls {name}"));
    }
}

/// Judges a namespace, which R loads with its package.
pub(super) fn package(name: &str, at: u64, report: &mut Report) {
    if !PACKAGES.contains(&name) {
        report.find(&LOADS, Unknown, at, &format!("the package {name} is loaded"));
    }
}

/// Judges a class of vectors.
pub(super) fn vectors(class: &str, package: &str, at: u64, report: &mut Report) {
    if package != "base" || !VECTORS.contains(&class) {
        report.find(&LOADS, Unknown, at, &format!("the vectors {class} of the package {package}"));
    }
}
