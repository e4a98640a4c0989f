"""Keras 3: sequential, functional and subclassed models, as .keras, .h5 and weights."""

import keras
from keras import layers

from .data import WORDS
from .writer import named


def files(writer):
    keras.utils.set_random_seed(0)
    library = named(keras)
    for name, make in {"sequential": sequential, "convolution": convolution, "functional": functional, "recurrent": recurrent, "words": words, "normalised": normalised, "nested": nested, "subclassed": Subclassed.made}.items():
        model = make()
        writer.write(name + ".keras", lambda path: model.save(path), library, "Keras %s model" % name)
        if name != "subclassed":
            writer.write(name + ".h5", lambda path: model.save(path), library, "Keras %s model in the older format" % name)
        writer.write(name + ".weights.h5", lambda path: model.save_weights(path), library, "weights of a Keras %s model" % name)


def compiled(model):
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def sequential():
    return compiled(keras.Sequential([keras.Input((8,)), layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-4)), layers.Dropout(0.2), layers.Dense(3, activation="softmax")]))


def convolution():
    return compiled(keras.Sequential([keras.Input((16, 16, 3)), layers.RandomFlip("horizontal"), layers.Rescaling(1 / 255), layers.Conv2D(4, 3, padding="same"), layers.BatchNormalization(), layers.LeakyReLU(), layers.MaxPooling2D(), layers.GlobalAveragePooling2D(), layers.Dense(2)]))


def functional():
    left, right = keras.Input((6,), name="left"), keras.Input((4,), name="right")
    joined = layers.Concatenate()([layers.Dense(8, activation="gelu")(left), layers.Dense(8)(right)])
    return compiled(keras.Model([left, right], [layers.Dense(1, name="score")(joined), layers.Dense(2, name="kind")(joined)]))


def recurrent():
    words = keras.Input((10,), dtype="int32")
    held = layers.Embedding(60, 8, mask_zero=True)(words)
    return keras.Model(words, layers.Dense(2)(layers.Bidirectional(layers.LSTM(6))(held)))


def words():

    return keras.Sequential([keras.Input((5,), dtype="int32"), layers.Embedding(len(WORDS), 4), layers.TimeDistributed(layers.Dense(3)), layers.GlobalMaxPooling1D()])


def normalised():
    first = keras.Input((8, 4))
    held = layers.MultiHeadAttention(2, 4)(first, first)
    held = layers.LayerNormalization()(layers.Add()([first, held]))
    return compiled(keras.Model(first, layers.Dense(1, activation="sigmoid")(layers.Flatten()(held))))


def nested():
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(4, activation="tanh")], name="inner")
    first = keras.Input((4,))
    return keras.Model(first, layers.Dense(1)(inner(first)))


@keras.saving.register_keras_serializable("example")
class Subclassed(keras.Model):
    def __init__(self, units=6, **options):
        super().__init__(**options)
        self.units = units
        self.first, self.last = layers.Dense(units, activation="relu"), layers.Dense(1)

    def call(self, numbers):
        return self.last(self.first(numbers))

    def get_config(self):
        return super().get_config() | {"units": self.units}

    @classmethod
    def made(cls):
        model = cls()
        model.build((None, 4))
        return model
