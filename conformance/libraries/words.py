"""Words, topics and texts."""

from __future__ import annotations

import importlib
import inspect

from .common import TEXTS, found


def gensim():
    from gensim import corpora, models, similarities
    words = corpora.Dictionary(TEXTS)
    bags = [words.doc2bow(text) for text in TEXTS]
    size = "vector_size" if "vector_size" in inspect.signature(models.Word2Vec.__init__).parameters else "size"
    yield "gensim-dictionary", lambda: words
    yield "gensim-hash", lambda: corpora.HashDictionary(TEXTS)
    yield "gensim-corpus", lambda: bags
    yield "gensim-word2vec", lambda: models.Word2Vec(TEXTS, **{size: 8}, min_count=1, workers=1)
    yield "gensim-word2vec-hs", lambda: models.Word2Vec(TEXTS, **{size: 8}, min_count=1, workers=1, sg=1, hs=1, negative=0)
    yield "gensim-vectors", lambda: models.Word2Vec(TEXTS, **{size: 8}, min_count=1, workers=1).wv
    yield "gensim-fasttext", lambda: models.FastText(TEXTS, **{size: 8}, min_count=1, workers=1, bucket=50)
    yield "gensim-fasttext-vectors", lambda: models.FastText(TEXTS, **{size: 8}, min_count=1, workers=1, bucket=50).wv
    yield "gensim-doc2vec", lambda: models.Doc2Vec([models.doc2vec.TaggedDocument(text, [n]) for n, text in enumerate(TEXTS)], vector_size=8, min_count=1, workers=1)
    yield "gensim-lda", lambda: models.LdaModel(bags, 2, words)
    yield "gensim-lda-state", lambda: models.LdaModel(bags, 2, words).state
    yield "gensim-lda-alpha", lambda: models.LdaModel(bags, 2, words, alpha="auto", eta="auto", dtype=__import__("numpy").float64)
    yield "gensim-ldamulticore", lambda: models.LdaMulticore(bags, 2, words, workers=1)
    yield "gensim-tfidf", lambda: models.TfidfModel(bags)
    yield "gensim-tfidf-smart", lambda: models.TfidfModel(dictionary=words, smartirs="ltc")
    yield "gensim-lsi", lambda: models.LsiModel(bags, 2, words)
    yield "gensim-hdp", lambda: models.HdpModel(bags, words)
    yield "gensim-nmf", lambda: models.nmf.Nmf(bags, 2, words)
    yield "gensim-phrases", lambda: models.Phrases(TEXTS, min_count=1, threshold=1)
    yield "gensim-phraser", lambda: models.phrases.Phraser(models.Phrases(TEXTS, min_count=1, threshold=1))
    yield "gensim-rp", lambda: models.RpModel(bags, num_topics=2)
    yield "gensim-logentropy", lambda: models.LogEntropyModel(bags)
    yield "gensim-normal", lambda: models.NormModel(bags)
    yield "gensim-coherence", lambda: models.CoherenceModel(models.LdaModel(bags, 2, words), corpus=bags, coherence="u_mass")
    yield "gensim-matrix", lambda: similarities.MatrixSimilarity(bags, num_features=len(words))
    yield "gensim-sparse", lambda: similarities.SparseMatrixSimilarity(bags, num_features=len(words))
    yield "gensim-similarity", lambda: similarities.Similarity(None, bags, num_features=len(words))
    yield "gensim-ensemble", lambda: models.EnsembleLda(corpus=bags, id2word=words, num_topics=2, num_models=2)
    yield "gensim-author", lambda: models.AuthorTopicModel(bags, 2, words, author2doc={"a": [0, 1], "b": [2, 3]})
    yield "gensim-seq", lambda: models.LdaSeqModel(bags[:6], time_slice=[3, 3], id2word=words, num_topics=2, passes=1)
    if hasattr(models, "OkapiBM25Model"):
        yield "gensim-bm25", lambda: models.OkapiBM25Model(bags)


def words():
    if found("nltk"):
        import nltk
        from nltk import lm, tokenize
        yield "nltk-treebank", tokenize.TreebankWordTokenizer
        yield "nltk-whitespace", tokenize.WhitespaceTokenizer
        yield "nltk-mwe", lambda: tokenize.MWETokenizer([("a", "b")])
        yield "nltk-toktok", tokenize.ToktokTokenizer
        yield "nltk-wordpunct", tokenize.WordPunctTokenizer
        yield "nltk-nist", lambda: importlib.import_module("nltk.tokenize.nist").NISTTokenizer()
        yield "nltk-casual", lambda: tokenize.TweetTokenizer(strip_handles=True, reduce_len=True)
        def punkt():
            trainer = nltk.tokenize.punkt.PunktTrainer()
            trainer.train("A cat sat. The dog, Mr. X, ran. It was fun e.g. that. " * 9)
            return nltk.tokenize.PunktSentenceTokenizer(trainer.get_params())
        yield "nltk-punkt-trained", punkt
        def mle():
            train, vocabulary = lm.preprocessing.padded_everygram_pipeline(2, [["a", "b"], ["b", "c"]])
            made = lm.MLE(2)
            made.fit([list(part) for part in train], vocabulary)
            return made
        yield "nltk-lm", mle
        tagged = [[("a", "X"), ("b", "Y"), ("c", "X")]] * 4
        yield "nltk-perceptron", lambda: perceptron(nltk, tagged)
        yield "nltk-crf-hmm", lambda: nltk.tag.hmm.HiddenMarkovModelTrainer().train_supervised(tagged)
        yield "nltk-tnt", lambda: tnt(nltk, tagged)
        yield "nltk-regexp-tagger", lambda: nltk.RegexpTagger([(".*s", "N")])
        yield "nltk-affix", lambda: nltk.AffixTagger(tagged)
        yield "nltk-maxent", lambda: nltk.MaxentClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4, max_iter=2, trace=0)
        yield "nltk-tree-classifier", lambda: nltk.DecisionTreeClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4)
        yield "nltk-sklearn", lambda: nltk.classify.SklearnClassifier(__import__("sklearn.naive_bayes").naive_bayes.BernoulliNB()).train([({"a": 1}, "x"), ({"a": 2}, "y")] * 4)
        yield "nltk-chunk", lambda: nltk.RegexpParser("NP: {<DT><NN>}")
        yield "nltk-snow-german", lambda: nltk.SnowballStemmer("german")
        yield "nltk-brill", lambda: brill(nltk, tagged)
        yield "nltk-text", lambda: nltk.Text(["a", "b", "a"])
        yield "nltk-grammar", lambda: nltk.CFG.fromstring("S -> 'a'")
        yield "nltk-lemmatizer", lambda: nltk.WordNetLemmatizer()
        yield "nltk-wordnet-free", lambda: nltk.probability.FreqDist("abc").most_common(2)
    if found("sacremoses"):
        import sacremoses
        yield "sacremoses-tokenizer", lambda: sacremoses.MosesTokenizer("en")
        yield "sacremoses-truecaser", lambda: sacremoses.MosesTruecaser()
        yield "sacremoses-normalizer", lambda: sacremoses.MosesPunctNormalizer()
        yield "sacremoses-detokenizer", lambda: sacremoses.MosesDetokenizer("en")
    if found("vaderSentiment"):
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
        yield "vader-analyzer", SentimentIntensityAnalyzer
    if found("textblob"):
        from textblob import TextBlob
        from textblob.classifiers import NaiveBayesClassifier
        yield "textblob-bayes", lambda: NaiveBayesClassifier([("good day", "p"), ("bad day", "n")])
    for module in ("keras_preprocessing.text", "keras.src.legacy.preprocessing.text", "keras.preprocessing.text", "tf_keras.preprocessing.text", "tensorflow.keras.preprocessing.text"):
        def tokenizer(module=module):
            kind = importlib.import_module(module).Tokenizer
            made = kind(num_words=10, oov_token="?")
            made.fit_on_texts(["a cat sat", "a dog"])
            return made
        yield f"keras-{module}", tokenizer
    if found("networkx"):
        import networkx
        yield "networkx-graph", lambda: networkx.karate_club_graph()
        yield "networkx-multi", lambda: networkx.MultiDiGraph([(1, 2), (1, 2)])


def perceptron(nltk, tagged):
    made = nltk.PerceptronTagger(load=False)
    made.train(tagged)
    return made


def tnt(nltk, tagged):
    made = nltk.tag.tnt.TnT()
    made.train(tagged)
    return made


def brill(nltk, tagged):
    from nltk.tag import brill, brill_trainer
    return brill_trainer.BrillTaggerTrainer(nltk.UnigramTagger([[("a", "Z")]]), brill.fntbl37(), trace=0).train(tagged, max_rules=3)
