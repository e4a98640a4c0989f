//! SciPy: sparse arrays, distributions, splines, search trees.

use super::{Arguments, CALLABLE, MAPPING, OBJECT, Row, State, Use, VALUE, function, row};

/// A distribution: made anew from its attributes, frozen when called.
const DISTRIBUTION: Use = Use { state: State::Seeded, ..CALLABLE };
/// An interpolator with slots.
const SLOTS: Use = Use { state: State::Slots, ..CALLABLE };
/// The same, whose state is what it delegates to, and an array that says of which library, since version 1.18.
const SPLINE: Use = Use { state: State::Parts, ..CALLABLE };
/// Parts of its own.
const PARTS: Use = Use { state: State::Parts, ..OBJECT };

/// Methods by which an interpolator works, held by it.
const INTERP1D: &[&str] = &[
    "interp1d._call_linear",
    "interp1d._call_linear_np",
    "interp1d._call_nan_spline",
    "interp1d._call_nearest",
    "interp1d._call_previousnext",
    "interp1d._call_spline",
];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("scipy.stats._continuous_distns", DISTRIBUTION, &["rv_histogram"], "stock distribution"),
    row("scipy.stats._stats_py", OBJECT, &["DescribeResult", "F_onewayResult", "KstestResult", "LinregressResult", "PearsonRResult", "SignificanceResult", "TtestResult"], "a result: a tuple with names"),
    row("scipy.interpolate._ndgriddata", CALLABLE, &["NearestNDInterpolator"], "class whose state is data"),
    row("scipy._lib._util", MAPPING, &["_RichResult"], "sparse array kept as a dict"),
    row("scipy.optimize._optimize", MAPPING, &["OptimizeResult"], "sparse array kept as a dict"),
    row("scipy.optimize._zeros_py", MAPPING, &["RootResults"], "a result kept as a dict"),
    row("scipy.optimize.optimize", MAPPING, &["OptimizeResult"], "sparse array kept as a dict"),
    row("scipy.sparse", MAPPING, &["dok_array", "dok_matrix"], "sparse array kept as a dict"),
    row("scipy.sparse._arrays", MAPPING, &["dok_array"], "sparse array kept as a dict"),
    row("scipy.sparse._dok", MAPPING, &["dok_array", "dok_matrix"], "sparse array kept as a dict"),
    row("scipy.sparse.dok", MAPPING, &["dok_matrix"], "sparse array kept as a dict"),
    row("scipy.sparse", OBJECT, &["bsr_array", "bsr_matrix", "coo_array", "coo_matrix", "csc_array", "csc_matrix", "csr_array", "csr_matrix", "dia_array", "dia_matrix", "lil_array", "lil_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._arrays", OBJECT, &["bsr_array", "coo_array", "csc_array", "csr_array", "dia_array", "lil_array"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._bsr", OBJECT, &["bsr_array", "bsr_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._coo", OBJECT, &["coo_array", "coo_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._csc", OBJECT, &["csc_array", "csc_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._csr", OBJECT, &["csr_array", "csr_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._dia", OBJECT, &["dia_array", "dia_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse._lil", OBJECT, &["lil_array", "lil_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse.bsr", OBJECT, &["bsr_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse.coo", OBJECT, &["coo_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse.csc", OBJECT, &["csc_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse.csr", OBJECT, &["csr_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse.dia", OBJECT, &["dia_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.sparse.lil", OBJECT, &["lil_matrix"], "sparse array: state goes to __dict__"),
    row("scipy.stats._continuous_distns", DISTRIBUTION, &["alpha_gen", "anglit_gen", "arcsine_gen", "argus_gen", "beta_gen", "betaprime_gen", "bradford_gen", "burr12_gen", "burr_gen", "cauchy_gen", "chi2_gen", "chi_gen", "cosine_gen", "crystalball_gen", "dgamma_gen", "dpareto_lognorm_gen", "dweibull_gen", "erlang_gen", "expon_gen", "exponnorm_gen", "exponpow_gen", "exponweib_gen", "f_gen", "fatiguelife_gen", "fisk_gen", "foldcauchy_gen", "foldnorm_gen", "gamma_gen", "gausshyper_gen", "genexpon_gen", "genextreme_gen", "gengamma_gen", "genhalflogistic_gen", "genhyperbolic_gen", "geninvgauss_gen", "genlogistic_gen", "gennorm_gen", "genpareto_gen", "gibrat_gen", "gilbrat_gen", "gompertz_gen", "gumbel_l_gen", "gumbel_r_gen", "halfcauchy_gen", "halfgennorm_gen", "halflogistic_gen", "halfnorm_gen", "hypsecant_gen", "invgamma_gen", "invgauss_gen", "invweibull_gen", "irwinhall_gen", "jf_skew_t_gen", "johnsonsb_gen", "johnsonsu_gen", "kappa3_gen", "kappa4_gen", "ksone_gen", "kstwo_gen", "kstwobign_gen", "landau_gen", "laplace_asymmetric_gen", "laplace_gen", "levy_gen", "levy_l_gen", "loggamma_gen", "logistic_gen", "loglaplace_gen", "lognorm_gen", "lomax_gen", "maxwell_gen", "mielke_gen", "moyal_gen", "nakagami_gen", "ncf_gen", "nct_gen", "ncx2_gen", "norm_gen", "norminvgauss_gen", "pareto_gen", "pearson3_gen", "powerlaw_gen", "powerlognorm_gen", "powernorm_gen", "rayleigh_gen", "rdist_gen", "recipinvgauss_gen", "reciprocal_gen", "rel_breitwigner_gen", "rice_gen", "semicircular_gen", "skew_norm_gen", "skewcauchy_gen", "skewnorm_gen", "studentized_range_gen", "t_gen", "trapezoid_gen", "triang_gen", "truncexpon_gen", "truncnorm_gen", "truncpareto_gen", "truncweibull_min_gen", "tukeylambda_gen", "uniform_gen", "vonmises_gen", "wald_gen", "weibull_max_gen", "weibull_min_gen", "wrapcauchy_gen"], "stock distribution"),
    row("scipy.stats._discrete_distns", DISTRIBUTION, &["_nchypergeom_gen", "bernoulli_gen", "betabinom_gen", "betanbinom_gen", "binom_gen", "boltzmann_gen", "dlaplace_gen", "geom_gen", "hypergeom_gen", "logser_gen", "nbinom_gen", "nchypergeom_fisher_gen", "nchypergeom_wallenius_gen", "nhypergeom_gen", "planck_gen", "poisson_binom_gen", "poisson_gen", "randint_gen", "skellam_gen", "yulesimon_gen", "zipf_gen", "zipfian_gen"], "stock distribution"),
    row("scipy.interpolate._bsplines", SPLINE, &["BSpline"], "class whose state is data"),
    row("scipy.interpolate._bsplines", SLOTS, &["_BSpline"], "what a spline of version 1.18 holds its numbers in"),
    row("scipy.interpolate._interpolate", SLOTS, &["_BPoly", "_PPoly"], "what a polynomial of version 1.18 holds its numbers in"),
    row("scipy._external.array_api_compat.numpy._aliases", VALUE, &["asarray"], "function that is only held; version 1.18"),
    row("scipy.interpolate._cubic", SLOTS, &["Akima1DInterpolator", "CubicSpline", "PchipInterpolator"], "class whose state is data"),
    row("scipy.interpolate._fitpack2", CALLABLE, &["InterpolatedUnivariateSpline", "UnivariateSpline"], "class whose state is data"),
    row("scipy.interpolate._interpolate", SLOTS, &["PPoly", "interp1d"], "class whose state is data"),
    row("scipy.interpolate._rbfinterp", Use { calls: true, ..PARTS }, &["RBFInterpolator"], "class whose state is data"),
    row("scipy.interpolate.interpolate", SLOTS, &["interp1d"], "class whose state is data"),
    row("scipy.spatial._ckdtree", PARTS, &["cKDTree", "cKDTreeNode"], "class whose state is data"),
    row("scipy.spatial._kdtree", PARTS, &["KDTree"], "class whose state is data"),
    row("scipy.spatial.ckdtree", PARTS, &["cKDTree"], "class whose state is data"),
    row("scipy.cluster.hierarchy._hierarchy_impl", OBJECT, &["ClusterNode"], "numbers, and two nodes of the same kind; version 1.18"),
    row("scipy.spatial.kdtree", PARTS, &["KDTree"], "class whose state is data: in Python before version 1.6, packed after"),
    row("scipy.spatial.kdtree", OBJECT, &["KDTree.innernode", "KDTree.leafnode", "KDTree.node"], "nodes of a tree in Python"),
    row("scipy.spatial.transform._rotation", PARTS, &["Rotation"], "class whose state is data"),
    row("scipy.stats._distn_infrastructure", DISTRIBUTION, &["rv_sample"], "a distribution of given values"),
    row("scipy.stats._distn_infrastructure", OBJECT, &["rv_continuous_frozen", "rv_discrete_frozen", "rv_frozen"], "class whose state is data"),
    row("scipy.stats._kde", CALLABLE, &["gaussian_kde"], "class whose state is data"),
    row("scipy.stats._multivariate", OBJECT, &["multivariate_normal_frozen"], "class whose state is data"),
    row("scipy._lib.array_api_compat.numpy._aliases", VALUE, &["asarray"], "function that is only held"),
    row("scipy.interpolate._interpolate", VALUE, INTERP1D, "function that is only held"),
    row("scipy.interpolate.interpolate", VALUE, INTERP1D, "function that is only held"),
    row("scipy.spatial.ckdtree", function(Arguments::OwnClass), &["new_object"], "a tree, given its state after"),
    row("scipy.special", VALUE, &["expit", "logit"], "function that is only held"),
    row("scipy.special._ufuncs", VALUE, &["boxcox1p", "expit", "inv_boxcox1p", "logit"], "function that is only held"),
    row("scipy.stats._stats_py", VALUE, &["pearsonr", "spearmanr"], "function that is only held"),
];
