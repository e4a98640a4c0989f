"""Models of libraries beside scikit-learn: words, topics, forecasts, survival, clusters, graphs."""

import importlib

from .data import table
from .writer import named

TEXTS = [["human", "interface", "computer"], ["user", "computer", "system"], ["graph", "trees"], ["graph", "minors", "trees"]] * 3


def files(writer):
    numbers, classes, target = table(40, 3, seed=7)
    for group in (words, topics, survival, learners, graphs):
        for number, (library, name, value) in enumerate(group(numbers, classes, target)):
            writer.pickle(name, value, 2 + number % 4, named(importlib.import_module(library)), "%s %s" % (library, name))


def words(_numbers, _classes, _target):
    import nltk

    yield "nltk", "snowball", nltk.SnowballStemmer("english")
    yield "nltk", "punkt", nltk.tokenize.PunktSentenceTokenizer()
    yield "nltk", "phrases-of-words", nltk.tokenize.MWETokenizer([("a", "b")])
    yield "nltk", "regexp", nltk.RegexpTokenizer(r"\w+")


def topics(_numbers, _classes, _target):
    from gensim import corpora, models

    dictionary = corpora.Dictionary(TEXTS)
    bags = [dictionary.doc2bow(text) for text in TEXTS]
    yield "gensim", "dictionary", dictionary
    yield "gensim", "tfidf", models.TfidfModel(bags)
    yield "gensim", "topics", models.LdaModel(bags, 2, dictionary, random_state=1)
    yield "gensim", "vectors", models.Word2Vec(TEXTS, vector_size=4, min_count=1, workers=1, seed=1).wv
    yield "gensim", "words", models.Word2Vec(TEXTS, vector_size=4, min_count=1, workers=1, seed=1)
    yield "gensim", "pairs", models.Phrases(TEXTS, min_count=1, threshold=1)


def survival(numbers, classes, target):
    import lifelines
    import pandas

    frame = pandas.DataFrame(numbers, columns=list("abc")).assign(time=abs(target) + 1, event=classes)
    yield "lifelines", "kaplan-meier", lifelines.KaplanMeierFitter().fit(frame["time"], frame["event"])
    yield "lifelines", "weibull", lifelines.WeibullFitter().fit(frame["time"], frame["event"])


def learners(numbers, classes, target):
    import feature_engine.encoding
    import feature_engine.imputation
    import hmmlearn.hmm
    import kmodes.kmodes
    import pandas
    import pygam

    frame = pandas.DataFrame(numbers, columns=list("abc")).assign(kind=["u", "v"] * 20)
    yield "feature_engine", "rare-labels", feature_engine.encoding.RareLabelEncoder(n_categories=1).fit(frame)
    yield "feature_engine", "medians", feature_engine.imputation.MeanMedianImputer().fit(frame)
    yield "hmmlearn", "hidden-states", hmmlearn.hmm.GaussianHMM(2, n_iter=3, random_state=1).fit(numbers)
    yield "kmodes", "modes", kmodes.kmodes.KModes(2, n_init=1, random_state=1).fit(numbers.round())
    yield "pygam", "additive", pygam.LinearGAM(pygam.s(0, n_splines=6), max_iter=5).fit(numbers[:, :1], target)


def graphs(_numbers, _classes, _target):
    import networkx
    import optuna

    graph = networkx.path_graph(4)
    graph.nodes, graph.edges, graph.adj
    yield "networkx", "graph", graph
    yield "networkx", "edges-that-repeat", networkx.MultiDiGraph([(1, 2), (1, 2)])
    yield "optuna", "sampler", optuna.samplers.TPESampler(seed=1)
