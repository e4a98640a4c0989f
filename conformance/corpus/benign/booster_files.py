"""XGBoost, LightGBM and CatBoost: their own formats, and pickles of their models."""



from .data import table
from .writer import named


def files(writer):
    for write in (xgboost_files, lightgbm_files, catboost_files):
        try:
            write(writer)
        except ImportError:
            pass


def xgboost_files(writer):
    import xgboost

    library = named(xgboost)
    numbers, classes, target = table(80, 5, seed=4)
    options = dict(n_estimators=6, max_depth=3, n_jobs=1)
    models = {
        "classifier": xgboost.XGBClassifier(**options).fit(numbers, classes),
        "regressor": xgboost.XGBRegressor(**options).fit(numbers, target),
        "ranker": xgboost.XGBRanker(**options).fit(numbers, classes, group=[40, 40]),
        "forest": xgboost.XGBRFClassifier(**options).fit(numbers, classes),
        "linear": xgboost.XGBRegressor(booster="gblinear", n_estimators=6, n_jobs=1).fit(numbers, target),
        "dart": xgboost.XGBRegressor(booster="dart", **options).fit(numbers, target),
    }
    for number, (name, model) in enumerate(models.items()):
        writer.pickle(name, model, (4, 2)[number % 2], library, "XGBoost " + name)
        writer.pickle(name + "-booster", model.get_booster(), 5, library, "XGBoost booster of a " + name)
        for suffix in (".json", ".ubj"):
            writer.write(name + suffix, lambda path: model.save_model(path), library, "XGBoost %s as %s" % (name, suffix))
    writer.write("classifier-dump.txt", lambda path: models["classifier"].get_booster().dump_model(path), library, "XGBoost trees as text")


def lightgbm_files(writer):
    import lightgbm

    library = named(lightgbm)
    numbers, classes, target = table(80, 5, seed=5)
    options = dict(n_estimators=5, num_leaves=6, n_jobs=1, verbose=-1, min_child_samples=5)
    models = {
        "classifier": lightgbm.LGBMClassifier(**options).fit(numbers, classes),
        "regressor": lightgbm.LGBMRegressor(**options).fit(numbers, target),
        "ranker": lightgbm.LGBMRanker(**options).fit(numbers, classes, group=[40, 40]),
        "dart": lightgbm.LGBMRegressor(boosting_type="dart", **options).fit(numbers, target),
    }
    for number, (name, model) in enumerate(models.items()):
        writer.pickle(name, model, (4, 2)[number % 2], library, "LightGBM " + name)
        writer.pickle(name + "-booster", model.booster_, 5, library, "LightGBM booster of a " + name)
        writer.write(name + ".txt", lambda path: model.booster_.save_model(path), library, "LightGBM %s as text" % name)


def catboost_files(writer):
    import catboost

    library = named(catboost)
    numbers, classes, target = table(80, 5, seed=6)
    options = dict(iterations=5, depth=3, verbose=False, thread_count=1, allow_writing_files=False, random_seed=0)
    models = {
        "classifier": catboost.CatBoostClassifier(**options).fit(numbers, classes),
        "regressor": catboost.CatBoostRegressor(**options).fit(numbers, target),
        "lossguide": catboost.CatBoostRegressor(grow_policy="Lossguide", **options).fit(numbers, target),
    }
    words = [["red", number] for number in range(40)] + [["blue", number] for number in range(40)]
    models["categories"] = catboost.CatBoostClassifier(cat_features=[0], **options).fit(words, classes)
    for number, (name, model) in enumerate(models.items()):
        writer.pickle(name, model, (4, 2)[number % 2], library, "CatBoost " + name)
        writer.write(name + ".cbm", lambda path: model.save_model(path), library, "CatBoost %s as cbm" % name)
        if name != "categories":
            writer.write(name + ".json", lambda path: model.save_model(path, format="json"), library, "CatBoost %s as JSON" % name)
    writer.write("classifier.onnx", lambda path: models["classifier"].save_model(path, format="onnx"), library, "CatBoost classifier as ONNX")
    writer.write("regressor.pmml", lambda path: models["regressor"].save_model(path, format="pmml"), library, "CatBoost regressor as PMML")
    writer.write("regressor.mlmodel", lambda path: models["regressor"].save_model(path, format="coreml"), library, "CatBoost regressor as Core ML")
