"""statsmodels: results of a regression."""

import statsmodels
import statsmodels.api

from .data import table
from .writer import named


def files(writer):
    numbers, classes, target = table(40, 3, seed=7)
    library = named(statsmodels)
    models = {
        "least-squares": statsmodels.api.OLS(target, statsmodels.api.add_constant(numbers)).fit(),
        "logit": statsmodels.api.GLM(classes, numbers, family=statsmodels.api.families.Binomial()).fit(),
    }
    for name, model in models.items():
        writer.write(name + ".pkl", lambda path: model.save(path), library, "statsmodels " + name)
