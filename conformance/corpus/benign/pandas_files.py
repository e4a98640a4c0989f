"""pandas: frames with categories, time stamps, missing values and indices of several levels."""

import numpy
import pandas

from .data import WORDS, sentences
from .writer import named


def files(writer):
    library = named(pandas)
    days = pandas.date_range("2024-01-01", periods=60, freq="D")
    chance = numpy.random.RandomState(3)
    sales = pandas.DataFrame(
        {
            "day": days,
            "shop": pandas.Categorical(["north", "south", "west"] * 20),
            "units": chance.randint(0, 90, 60),
            "price": chance.rand(60).round(2),
            "note": sentences(60, seed=3),
            "returned": chance.rand(60) > 0.9,
        }
    )
    missing = pandas.DataFrame({"a": [1.5, None, 3.0], "b": ["x", None, "z"], "c": [pandas.Timestamp("2024-01-01"), pandas.NaT, pandas.NaT]})
    values = {
        "frame": sales,
        "frame-indexed": sales.set_index(["shop", "day"]).sort_index(),
        "frame-missing": missing,
        "frame-wide": pandas.DataFrame(chance.rand(20, 30), columns=[word + str(number) for number, word in enumerate(WORDS[:30])]),
        "frame-empty": pandas.DataFrame({"a": [], "b": []}),
        "frame-grouped": sales.groupby("shop").units.sum().to_frame(),
        "series": pandas.Series(range(20), name="count"),
        "series-times": pandas.Series(days, name="day"),
        "series-zoned": pandas.Series(days.tz_localize("Europe/Paris")),
        "series-categories": pandas.Series(pandas.Categorical(["low", "high", "low"], categories=["low", "high"], ordered=True)),
        "index": pandas.Index(WORDS[:20]),
        "index-range": pandas.RangeIndex(0, 100, 5),
        "index-levels": pandas.MultiIndex.from_product([["a", "b"], [1, 2, 3]], names=["letter", "number"]),
        "index-periods": pandas.period_range("2024-01", periods=6, freq="M"),
        "index-intervals": pandas.interval_range(0, 5),
        "stamps": [pandas.Timestamp("2024-02-29 12:30"), pandas.Timedelta("2 days"), pandas.NaT, pandas.Timestamp("2024-01-01", tz="UTC")],
        "offsets": [pandas.offsets.BDay(2), pandas.offsets.MonthEnd()],
        "sparse": pandas.arrays.SparseArray([0.0, 0.0, 1.5]) if hasattr(pandas, "arrays") else None,
    }
    for name, make in {
        "series-integers-missing": lambda: pandas.Series([1, None, 3], dtype="Int64"),
        "series-texts": lambda: pandas.Series(["cat", None, "dog"], dtype="string"),
        "series-booleans-missing": lambda: pandas.Series([True, None], dtype="boolean"),
    }.items():
        try:
            values[name] = make()
        except TypeError:
            pass
    for number, (name, value) in enumerate(values.items()):
        writer.pickle(name, value, (4, 5, 2)[number % 3], library, "pandas " + name.replace("-", " "))
    # Not .zip: pandas writes the whole path of the machine into it.
    for suffix in (".pkl", ".pkl.gz", ".pkl.bz2", ".pkl.xz"):
        writer.write("to-pickle" + suffix, lambda path: sales.to_pickle(path), library, "DataFrame.to_pickle to " + suffix)
