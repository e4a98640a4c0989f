//! pandas: frames, indices, extension arrays, offsets and the time zones they name.

use super::{ARRAY, Arguments, FUNCTION, OBJECT, Row, State, TYPE, Use, function, row};

/// An index by its class and its state.
const INDEX: Use = function(Arguments::NewIndex);
/// A block of a frame.
const BLOCK: Use = function(Arguments::Block);
/// Parts of its own.
const PARTS: Use = Use { state: State::Parts, ..OBJECT };
/// The same, held by `partial` in versions 1.3 and 1.4.
const HELD_BLOCK: Use = Use { value: true, ..BLOCK };

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("pandas.core.internals", PARTS, &["BlockManager", "SingleBlockManager"], "state is data; versions before 1.0"),
    row("pandas.core.index", TYPE, &["Index", "Int64Index", "Float64Index", "MultiIndex", "RangeIndex"], "an index; versions before 1.0"),
    row("pandas.core.index", INDEX, &["_new_Index"], "an index; versions before 1.0"),
    row("pandas.indexes.base", TYPE, &["Index"], "an index; version 0.19"),
    row("pandas.indexes.base", INDEX, &["_new_Index"], "an index; version 0.19"),
    row("pandas.indexes.range", TYPE, &["RangeIndex"], "an index; version 0.19"),
    row("pandas.indexes.numeric", TYPE, &["Int64Index", "Float64Index"], "an index; version 0.19"),
    row("pandas.indexes.multi", TYPE, &["MultiIndex"], "an index; version 0.19"),

    row("dateutil.tz.tz", TYPE, &["tzutc"], "rebuilds a value from data"),
    row("pandas", Use { call: Some(Arguments::Known), ..TYPE }, &["StringDtype"], "rebuilds a value from data"),
    row("pandas", TYPE, &["Interval", "PeriodDtype"], "rebuilds a value from data"),
    row("pyarrow.lib", function(Arguments::Literal), &["type_for_alias", "timestamp", "time32", "time64", "duration", "decimal128", "decimal256", "binary", "string"], "an element type"),
    row("pyarrow.lib", FUNCTION, &["py_buffer", "_restore_array", "chunked_array", "list_", "large_list", "struct", "map_", "dictionary", "field", "schema"], "an array of Arrow's from its buffers"),
    row("pyarrow.lib", TYPE, &["DataType", "TimestampType", "ListType", "LargeListType", "Decimal128Type", "StructType", "DictionaryType", "Field", "Schema", "ChunkedArray"], "an array's type"),
    row("pandas.arrays", OBJECT, &["ArrowExtensionArray", "ArrowStringArray", "FloatingArray", "IntervalArray", "NumpyExtensionArray"], "state is data"),
    row("pandas", OBJECT, &["ArrowDtype"], "state is data"),
    row("pandas._libs.arrays", function(Arguments::Unpickle), &["__pyx_unpickle_NDArrayBacked"], "rebuilds a value from data"),
    row("pandas._libs.internals", BLOCK, &["_unpickle_block"], "rebuilds a value from data"),
    row("pandas.tseries.offsets", TYPE, &["BusinessDay", "BusinessHour", "BusinessMonthBegin", "BusinessMonthEnd", "CustomBusinessDay", "DateOffset", "Day", "Easter", "Hour", "Micro", "Milli", "Minute", "MonthBegin", "MonthEnd", "Nano", "QuarterBegin", "QuarterEnd", "Second", "SemiMonthBegin", "SemiMonthEnd", "Week", "WeekOfMonth", "YearBegin", "YearEnd"], "an offset; versions before 1.1"),
    row("pandas._libs.tslibs.offsets", TYPE, &["CustomBusinessDay", "CustomBusinessMonthBegin", "CustomBusinessMonthEnd"], "an offset, whose calendar is data"),
    row("pandas", TYPE, &["DateOffset", "Period"], "rebuilds a value from data"),
    row("dateutil.relativedelta", OBJECT, &["relativedelta"], "numbers"),
    row("pandas.core.arrays.sparse", OBJECT, &["SparseArray", "SparseDtype"], "state is data; versions before 1.0"),
    row("pandas.core.indexes.frozen", ARRAY, &["FrozenNDArray"], "levels of an index; versions before 1.0"),
    row("pandas._libs.interval", TYPE, &["Interval"], "rebuilds a value from data"),
    row("pandas._libs.sparse", TYPE, &["BlockIndex", "IntIndex"], "rebuilds a value from data"),
    row("pandas._libs.tslibs.nattype", TYPE, &["__nat_unpickle", "_nat_unpickle"], "rebuilds a value from data"),
    row("pandas._libs.tslibs.offsets", TYPE, &["BQuarterBegin", "BQuarterEnd", "BYearBegin", "BYearEnd", "BusinessDay", "BusinessHour", "BusinessMonthBegin", "BusinessMonthEnd", "DateOffset", "Day", "Easter", "FY5253", "FY5253Quarter", "Hour", "LastWeekOfMonth", "Micro", "Milli", "Minute", "MonthBegin", "MonthEnd", "Nano", "QuarterBegin", "QuarterEnd", "Second", "SemiMonthBegin", "SemiMonthEnd", "Week", "WeekOfMonth", "YearBegin", "YearEnd"], "rebuilds a value from data"),
    row("pandas._libs.tslibs.period", TYPE, &["Period", "_unpickle_period"], "rebuilds a value from data"),
    row("pandas._libs.tslibs.timedeltas", TYPE, &["Timedelta", "_timedelta_unpickle"], "rebuilds a value from data"),
    row("pandas._libs.tslibs.timestamps", TYPE, &["Timestamp", "_unpickle_timestamp"], "rebuilds a value from data"),
    row("pandas.core.dtypes.dtypes", TYPE, &["PeriodDtype"], "rebuilds a value from data"),
    row("pandas.core.indexes.base", INDEX, &["_new_Index"], "rebuilds a value from data"),
    row("pandas.core.indexes.datetimes", INDEX, &["_new_DatetimeIndex"], "rebuilds a value from data"),
    row("pandas.core.indexes.interval", INDEX, &["_new_IntervalIndex"], "rebuilds a value from data"),
    row("pandas.core.indexes.period", INDEX, &["_new_PeriodIndex"], "rebuilds a value from data"),
    row("pandas.core.indexes.timedeltas", INDEX, &["_new_TimedeltaIndex"], "rebuilds a value from data"),
    row("pandas.core.internals", BLOCK, &["_unpickle_block"], "rebuilds a value from data"),
    row("pandas.core.internals.blocks", HELD_BLOCK, &["new_block"], "rebuilds a value from data"),
    row("pandas.core.internals.managers", TYPE, &["BlockManager"], "rebuilds a value from data"),
    row("pandas.core.internals.managers", BLOCK, &["_unpickle_block"], "rebuilds a value from data"),
    row("pytz", Use { call: Some(Arguments::Literal), ..TYPE }, &["_UTC", "_p"], "rebuilds a value from data"),
    row("pandas", OBJECT, &["BooleanDtype", "CategoricalDtype", "DataFrame", "DatetimeTZDtype", "Float32Dtype", "Float64Dtype", "Int16Dtype", "Int32Dtype", "Int64Dtype", "Int8Dtype", "Series", "SparseDtype", "UInt16Dtype", "UInt32Dtype", "UInt64Dtype", "UInt8Dtype"], "state is data"),
    row("pandas._libs.internals", OBJECT, &["BlockPlacement"], "state is data"),
    row("pandas.arrays", OBJECT, &["BooleanArray", "IntegerArray", "SparseArray"], "state is data"),
    row("pandas.core.arrays.boolean", OBJECT, &["BooleanArray", "BooleanDtype"], "state is data"),
    row("pandas.core.arrays.floating", OBJECT, &["Float32Dtype", "Float64Dtype", "FloatingArray"], "state is data"),
    row("pandas.core.arrays.integer", OBJECT, &["Int16Dtype", "Int32Dtype", "Int64Dtype", "Int8Dtype", "IntegerArray", "UInt16Dtype", "UInt32Dtype", "UInt64Dtype", "UInt8Dtype"], "state is data"),
    row("pandas.core.arrays.interval", OBJECT, &["IntervalArray"], "state is data"),
    row("pandas.core.arrays.numpy_", OBJECT, &["NumpyExtensionArray", "PandasArray"], "state is data"),
    row("pandas.core.arrays.sparse.array", OBJECT, &["SparseArray"], "state is data"),
    row("pandas.core.arrays.sparse.dtype", OBJECT, &["SparseDtype"], "state is data"),
    row("pandas.core.arrays.string_", OBJECT, &["StringDtype"], "state is data"),
    row("pandas.core.dtypes.dtypes", OBJECT, &["CategoricalDtype", "DatetimeTZDtype", "IntervalDtype", "NumpyEADtype", "PandasDtype", "SparseDtype"], "state is data"),
    row("pandas.core.flags", OBJECT, &["Flags"], "state is data"),
    row("pandas.core.frame", OBJECT, &["DataFrame"], "state is data"),
    row("pandas.core.indexes.frozen", OBJECT, &["FrozenList"], "state is data"),
    row("pandas.core.internals.managers", PARTS, &["SingleBlockManager"], "state is data"),
    row("pandas.core.series", OBJECT, &["Series"], "state is data"),
    row("pandas", TYPE, &["Categorical", "CategoricalIndex", "DatetimeIndex", "Index", "IntervalIndex", "MultiIndex", "NA", "NaT", "PeriodIndex", "RangeIndex", "Timedelta", "TimedeltaIndex", "Timestamp"], "index, array or type given to the functions above"),
    row("pandas._libs.missing", TYPE, &["NA"], "index, array or type given to the functions above"),
    row("pandas.arrays", TYPE, &["DatetimeArray", "PeriodArray", "StringArray", "TimedeltaArray"], "index, array or type given to the functions above"),
    row("pandas.core.arrays.categorical", TYPE, &["Categorical"], "index, array or type given to the functions above"),
    row("pandas.core.arrays.datetimes", TYPE, &["DatetimeArray"], "index, array or type given to the functions above"),
    row("pandas.core.arrays.period", TYPE, &["PeriodArray"], "index, array or type given to the functions above"),
    row("pandas.core.arrays.string_", TYPE, &["StringArray"], "index, array or type given to the functions above"),
    row("pandas.core.arrays.timedeltas", TYPE, &["TimedeltaArray"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.base", TYPE, &["Index"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.category", TYPE, &["CategoricalIndex"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.datetimes", TYPE, &["DatetimeIndex"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.interval", TYPE, &["IntervalIndex"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.multi", TYPE, &["MultiIndex"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.numeric", TYPE, &["Float64Index", "Int64Index", "NumericIndex", "UInt64Index"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.period", TYPE, &["PeriodIndex"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.range", TYPE, &["RangeIndex"], "index, array or type given to the functions above"),
    row("pandas.core.indexes.timedeltas", TYPE, &["TimedeltaIndex"], "index, array or type given to the functions above"),
];
