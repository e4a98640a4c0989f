//! Streams with arrays from which compiled code takes indices.

use coseal_core::fact::ArtefactVerdict::{self, Clean, Malformed, Undecided, Unknown};

use crate::{bytes::SliceBytes, inspect};

fn text(text: &str) -> Vec<u8> {
    [&[0x8c, text.len() as u8], text.as_bytes()].concat()
}

fn number(number: i64) -> Vec<u8> {
    [b"\x8a\x08" as &[u8], &number.to_le_bytes()].concat()
}

fn tuple(items: &[Vec<u8>]) -> Vec<u8> {
    [b"(" as &[u8], &items.concat(), b"t"].concat()
}

fn dict(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let pairs: Vec<_> =
        pairs.iter().map(|(key, value)| [text(key), value.clone()].concat()).collect();
    [b"}(" as &[u8], &pairs.concat(), b"u"].concat()
}

fn made(class: &str, state: &[u8]) -> Vec<u8> {
    [b"c" as &[u8], class.as_bytes(), b"\n)\x81", state, b"b"].concat()
}

fn dtype(code: &str, order: &str) -> Vec<u8> {
    let state =
        [b"K\x03".to_vec(), text(order), b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00".to_vec()];
    [b"cnumpy\ndtype\n" as &[u8], &text(code), b"\x89\x88\x87R", &tuple(&state), b"b"].concat()
}

/// A type of records of eight bytes for each field.
fn records(fields: &[&str]) -> Vec<u8> {
    let size = fields.len() * 8;
    let names: Vec<_> = fields.iter().map(|name| text(name)).collect();
    let each: Vec<_> = fields
        .iter()
        .enumerate()
        .map(|(at, name)| {
            (*name, [dtype("i8", "<"), number(at as i64 * 8), b"\x86".to_vec()].concat())
        })
        .collect();
    let state = [
        b"K\x03".to_vec(),
        text("|"),
        b"N".to_vec(),
        tuple(&names),
        dict(&each),
        number(size as i64),
        b"K\x01K\x10".to_vec(),
    ];
    let code = text(&format!("V{size}"));
    [b"cnumpy\ndtype\n" as &[u8], &code, b"\x89\x88\x87R", &tuple(&state), b"b"].concat()
}

fn array(dtype: &[u8], shape: &[usize], content: &[u8]) -> Vec<u8> {
    let shape: Vec<_> = shape.iter().map(|side| number(*side as i64)).collect();
    let content = [b"B" as &[u8], &(content.len() as u32).to_le_bytes(), content].concat();
    let state = [b"K\x01".to_vec(), tuple(&shape), dtype.to_vec(), b"\x89".to_vec(), content];
    let empty = b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\x00\x85C\x01btR";
    [empty as &[u8], &tuple(&state), b"b"].concat()
}

fn whole(numbers: &[i64]) -> Vec<u8> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    array(&dtype("i8", "<"), &[numbers.len()], &bytes)
}

fn floats(shape: &[usize]) -> Vec<u8> {
    array(&dtype("f8", "<"), shape, &vec![0; shape.iter().product::<usize>() * 8])
}

fn rows<const N: usize>(fields: &[&str; N], rows: &[[i64; N]]) -> Vec<u8> {
    let bytes: Vec<u8> = rows.iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
    array(&records(fields), &[rows.len()], &bytes)
}

fn verdict(body: &[u8]) -> ArtefactVerdict {
    let bytes = [b"\x80\x04" as &[u8], body, b"."].concat();
    inspect("m.pkl", &SliceBytes(&bytes)).unwrap().verdict
}

/// Left and right child and feature.
const NODE: [&str; 3] = ["left_child", "right_child", "feature"];
const TREE: [[i64; 3]; 5] = [[1, 2, 0], [-1, -1, -2], [3, 4, 1], [-1, -1, -2], [-1, -1, -2]];

fn tree(count: i64, depth: i64, nodes: &[[i64; 3]]) -> Vec<u8> {
    let state = dict(&[
        ("max_depth", number(depth)),
        ("node_count", number(count)),
        ("nodes", rows(&NODE, nodes)),
        ("values", floats(&[nodes.len(), 1, 2])),
    ]);
    let arguments = tuple(&[number(2), whole(&[2]), number(1)]);
    [b"csklearn.tree._tree\nTree\n" as &[u8], &arguments, b"R", &state, b"b"].concat()
}

/// A tree with one number changed.
fn with(row: usize, column: usize, value: i64) -> ArtefactVerdict {
    let mut nodes = TREE;
    nodes[row][column] = value;
    verdict(&tree(5, 2, &nodes))
}

#[test]
fn nodes_of_trees_ask_for_what_is_there() {
    assert_eq!(verdict(&tree(5, 2, &TREE)), Clean);
    assert_eq!(verdict(&tree(1, 0, &[[-1, -1, -2]])), Clean);
    // Nobody asks for the feature of a leaf.
    assert_eq!(with(1, 2, 99), Clean);
    for (row, column, value) in [(0, 0, 5), (0, 1, -7), (2, 0, i64::MAX), (2, 2, 2), (0, 2, -1)] {
        assert_eq!(with(row, column, value), Malformed, "{row} {column} {value}");
    }
    // Round and round, or twice the same.
    assert_eq!(with(2, 0, 0), Malformed);
    assert_eq!(with(2, 0, 2), Malformed);
    assert_eq!(with(2, 0, 1), Malformed);
}

#[test]
fn trees_are_as_large_and_as_deep_as_they_say() {
    assert_eq!(verdict(&tree(9, 2, &TREE)), Malformed);
    assert_eq!(verdict(&tree(5, 1, &TREE)), Malformed);
    assert_eq!(verdict(&tree(5, 7, &TREE)), Clean);
    // Children before their parents: still a tree, and as deep.
    let turned = [[3, 4, 0], [-1, -1, -2], [-1, -1, -2], [1, 2, 1], [-1, -1, -2]];
    assert_eq!(verdict(&tree(5, 2, &turned)), Clean);
    assert_eq!(verdict(&tree(5, 1, &turned)), Malformed);
}

#[test]
fn estimators_look_for_as_many_features_as_their_trees_ask_for() {
    let estimator = |features| {
        let state = dict(&[("n_features_in_", number(features)), ("tree_", tree(5, 2, &TREE))]);
        made("sklearn.tree._classes\nDecisionTreeClassifier", &state)
    };
    assert_eq!(verdict(&estimator(2)), Clean);
    assert_eq!(verdict(&estimator(1)), Malformed);
    let silent = dict(&[("tree_", tree(5, 2, &TREE))]);
    assert_eq!(verdict(&made("sklearn.tree._classes\nDecisionTreeClassifier", &silent)), Malformed);
    let ensemble = |features| {
        let list = [b"](" as &[u8], &estimator(2), &estimator(2), b"e"].concat();
        let state = dict(&[("estimators_", list), ("n_features_in_", number(features))]);
        made("sklearn.ensemble._gb\nGradientBoostingRegressor", &state)
    };
    assert_eq!(verdict(&ensemble(2)), Clean);
    assert_eq!(verdict(&ensemble(1)), Malformed);
}

#[test]
fn an_array_in_use_stays_as_it_is() {
    let again = [whole(&[0]), b"(K\x01K\x01\x85Nttb".to_vec()].concat();
    assert_ne!(verdict(&again), Clean);
    let indices = [whole(&[0, 1]), b"\x94".to_vec()].concat();
    let state = dict(&[
        ("_shape", tuple(&[number(2), number(2)])),
        ("indices", indices),
        ("indptr", whole(&[0, 1, 2])),
        ("data", floats(&[2])),
    ]);
    let sparse = made("scipy.sparse._csr\ncsr_matrix", &state);
    assert_eq!(verdict(&sparse), Clean);
    let content = [b"B\x10\0\0\0" as &[u8], &[0x7f; 16]].concat();
    let other = tuple(&[
        b"K\x01".to_vec(),
        b"K\x02\x85".to_vec(),
        dtype("i8", "<"),
        b"\x89".to_vec(),
        content,
    ]);
    let after = [&sparse as &[u8], b"h\x00", &other, b"b0"].concat();
    assert_eq!(verdict(&after), Unknown);
}

#[test]
fn sparse_arrays_have_rows_and_columns_that_are_there() {
    let sparse = |class: &str, indices: &[i64], pointers: &[i64], data: usize, sides: [i64; 2]| {
        let state = dict(&[
            ("_shape", tuple(&sides.map(number))),
            ("indices", whole(indices)),
            ("indptr", whole(pointers)),
            ("data", floats(&[data])),
        ]);
        verdict(&made(class, &state))
    };
    let row = "scipy.sparse._csr\ncsr_matrix";
    assert_eq!(sparse(row, &[0, 2], &[0, 1, 2], 2, [2, 3]), Clean);
    assert_eq!(sparse("scipy.sparse._csc\ncsc_matrix", &[0, 2], &[0, 1, 2], 2, [3, 2]), Clean);
    assert_eq!(sparse("scipy.sparse._csc\ncsc_matrix", &[0, 2], &[0, 1, 2], 2, [2, 2]), Malformed);
    assert_eq!(sparse(row, &[0, 3], &[0, 1, 2], 2, [2, 3]), Malformed);
    assert_eq!(sparse(row, &[-1, 2], &[0, 1, 2], 2, [2, 3]), Malformed);
    assert_eq!(sparse(row, &[0, 2], &[0, 2, 1], 2, [2, 3]), Malformed);
    assert_eq!(sparse(row, &[0, 2], &[0, 1, 9], 2, [2, 3]), Malformed);
    assert_eq!(sparse(row, &[0, 2], &[0, 1, 2], 1, [2, 3]), Malformed);
    assert_eq!(sparse(row, &[0, 2], &[0, 1, 2], 2, [9, 3]), Malformed);
    let diagonals = |offsets: &[i64]| {
        let state = dict(&[
            ("_shape", tuple(&[2, 2].map(number))),
            ("offsets", whole(offsets)),
            ("data", floats(&[2, 2])),
        ]);
        verdict(&made("scipy.sparse._dia\ndia_matrix", &state))
    };
    assert_eq!((diagonals(&[0, 1]), diagonals(&[0, 1, 2])), (Clean, Malformed));
}

#[test]
fn search_trees_have_the_points_that_they_ask_for() {
    let search = |points: &[i64], nodes: &[[i64; 3]], sides: [usize; 3]| {
        let nodes = rows(&["idx_start", "idx_end", "is_leaf"], nodes);
        let state = [
            floats(&[3, 2]),
            whole(points),
            nodes,
            floats(&sides),
            b"K\x01K\x01K\x01K\x00K\x00K\x00K\x00NN".to_vec(),
        ];
        let made =
            b"csklearn.neighbors._kd_tree\nnewObj\ncsklearn.neighbors._kd_tree\nKDTree\n\x85R";
        verdict(&[made as &[u8], &tuple(&state), b"b"].concat())
    };
    let nodes = [[0, 3, 0], [0, 1, 1], [1, 3, 1]];
    assert_eq!(search(&[2, 0, 1], &nodes, [2, 3, 2]), Clean);
    assert_eq!(search(&[3, 0, 1], &nodes, [2, 3, 2]), Malformed);
    assert_eq!(search(&[2, 0, 1], &[[0, 3, 0], [0, 1, 1], [1, 4, 1]], [2, 3, 2]), Malformed);
    assert_eq!(search(&[2, 0, 1], &[[0, 3, 0], [0, 1, 0], [1, 3, 1]], [2, 3, 2]), Malformed);
    assert_eq!(search(&[2, 0, 1], &nodes, [2, 3, 1]), Malformed);
}

#[test]
fn codes_stand_for_categories_that_are_there() {
    let categories = |codes: &[i64]| {
        let index = [
            b"cpandas.core.indexes.base\n_new_Index\ncpandas.core.indexes.base\nIndex\n" as &[u8],
            &dict(&[("data", whole(&[5, 7])), ("name", b"N".to_vec())]),
            b"\x86R",
        ];
        let kind = dict(&[("categories", index.concat()), ("ordered", b"\x89".to_vec())]);
        let kind = made("pandas.core.dtypes.dtypes\nCategoricalDtype", &kind);
        let class = b"cpandas._libs.arrays\n__pyx_unpickle_NDArrayBacked\ncpandas\nCategorical\nK\x01N\x87R";
        verdict(&[class as &[u8], &tuple(&[kind, whole(codes)]), b"b"].concat())
    };
    assert_eq!(categories(&[0, 1, -1]), Clean);
    assert_eq!(categories(&[0, 2]), Malformed);
    assert_eq!(categories(&[0, -2]), Malformed);
}

#[test]
fn what_can_not_be_looked_at_is_told() {
    let masked = b"cnumpy.ma.core\nMaskedConstant\n)R".to_vec();
    let state = dict(&[
        ("_shape", tuple(&[number(2), number(2)])),
        ("indices", masked),
        ("indptr", whole(&[0, 1, 2])),
        ("data", floats(&[2])),
    ]);
    assert_eq!(verdict(&made("scipy.sparse._csr\ncsr_matrix", &state)), Undecided);
}

#[test]
fn the_text_of_a_booster_is_read() {
    let booster = |feature: &str| {
        let text = format!(
            "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=1\nobjective=binary sigmoid:1\n\
            feature_names=a b\nfeature_infos=none none\ntree_sizes=9\n\nTree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature={feature}\n"
        );
        let text = [b"X" as &[u8], &(text.len() as u32).to_le_bytes(), text.as_bytes()].concat();
        verdict(&made("lightgbm.basic\nBooster", &dict(&[("handle", text)])))
    };
    assert_ne!(booster("9"), Clean);
}

#[test]
fn functions_that_are_held_are_bound_to_plain_values() {
    let bound = |keywords: &[(&str, Vec<u8>)]| {
        let function = b"csklearn.feature_selection._univariate_selection\nf_classif\n".to_vec();
        let state = tuple(&[function.clone(), b")".to_vec(), dict(keywords), b"N".to_vec()]);
        let partial =
            [b"cfunctools\npartial\n" as &[u8], &function, b"\x85R", &state, b"b"].concat();
        let of = "sklearn.feature_selection._univariate_selection\nSelectKBest";
        verdict(&made(of, &dict(&[("score_func", partial)])))
    };
    assert_eq!(bound(&[("center", b"\x88".to_vec())]), Clean);
    assert_eq!(bound(&[("dtype", b"](cnumpy\nfloat64\ne".to_vec())]), Clean);
    let other = b"csklearn.feature_selection._univariate_selection\nchi2\n".to_vec();
    assert_eq!(bound(&[("center", other)]), Unknown);
}

#[test]
fn the_bytes_of_a_booster_are_read() {
    // The parameters, and a model that says there is one tree where there is none.
    let key =
        |text: &str| [b"L" as &[u8], &(text.len() as u64).to_be_bytes(), text.as_bytes()].concat();
    let model = |trees: &str| {
        [
            b"{" as &[u8],
            &key("Config"),
            b"{}",
            &key("Model"),
            b"{",
            &key("learner"),
            b"{",
            &key("gradient_booster"),
            b"{",
            &key("model"),
            b"{",
            &key("gbtree_model_param"),
            b"{",
            &key("num_trees"),
            b"S",
            &key(trees),
            b"}",
            &key("trees"),
            b"[]}}}}}",
        ]
        .concat()
    };
    let booster = |model: &[u8]| {
        let handle = [
            b"cbuiltins\nbytearray\nB" as &[u8],
            &(model.len() as u32).to_le_bytes(),
            model,
            b"\x85R",
        ];
        verdict(&made("xgboost.core\nBooster", &dict(&[("handle", handle.concat())])))
    };
    assert_eq!(booster(&model("0")), Clean);
    assert_eq!(booster(&model("1")), Malformed);
}
