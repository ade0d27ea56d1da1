"""Computes with Keras what keras.test.ts compares with, and writes it to keras-numbers.json beside this file.

Run it from the project folder after `npm run setup` (a minute):

    .venv/bin/python tests/parity/keras_numbers.py && npx prettier --write tests/parity/keras-numbers.json

Photos and the head's first weights follow from integer formulas, the same in parity-inputs.ts, so that both sides start
alike without sharing a decoder or a random generator.

The losses are taken at a learning rate of 1e-5. At the article's 1e-3 the first steps on 12 photos are chaotic: Keras on
features altered by one part in a million gets other losses than Keras (0.336 and 0.211 at the seventh step, 0.157 and 0.128
at the tenth), so that no two programs can be compared there. At 1e-5 the same change moves its losses by 1e-5.
"""

import hashlib
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")

import keras
import numpy as np
import tensorflow as tf

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[1] / "data" / "weights" / "vgg16-imagenet.bin"
CHECKSUM = "d9a27cc1fc7f975ef8cff49180e794ccd7c4bc868ebb49740803b3bbaa8dbefd"
SHAPE = (178, 218, 3)
LEARNING_RATE = 1e-5
MEANS = np.array([103.939, 116.779, 123.68])
BATCH = 12
STEPS = 10
SAMPLE_EVERY = 997


def photo(index: int) -> np.ndarray:
    """One photo as the network expects it: BGR minus means, float32 [178, 218, 3]."""
    y, x, channel = np.meshgrid(*(np.arange(size) for size in SHAPE), indexing="ij")
    checks = ((x // 16 + y // 16 + index) % 2) * 90
    rgb = (x * (2 + index % 4) + y * (channel + 1) + checks + (x * y // 32) % 64 + index * 29) % 256
    return (rgb[..., ::-1] - MEANS).astype(np.float32)


def uniform(count: int, limit: float) -> np.ndarray:
    """Values in [-limit, limit), well mixed, from their index alone."""
    hashed = np.arange(1, count + 1, dtype=np.uint32) * np.uint32(2654435761)
    hashed = (hashed ^ (hashed >> np.uint32(15))) * np.uint32(2246822519)
    hashed = hashed ^ (hashed >> np.uint32(13))
    return ((hashed / 2**32 * 2 - 1) * limit).astype(np.float32)


def build_vgg16() -> keras.Model:
    vgg16 = keras.applications.VGG16(include_top=False, weights=None, input_shape=SHAPE, pooling="avg")
    content = WEIGHTS.read_bytes()
    assert hashlib.sha256(content).hexdigest() == CHECKSUM, f"{WEIGHTS}: other weights than the test's"
    values, offset, tensors = np.frombuffer(content, "<f4"), 0, []
    for weight in vgg16.weights:
        size = int(np.prod(weight.shape))
        tensors.append(values[offset : offset + size].reshape(weight.shape))
        offset += size
    vgg16.set_weights(tensors)
    return vgg16


def features(vgg16: keras.Model) -> dict:
    trunk = keras.Model(vgg16.input, [vgg16.get_layer("block4_pool").output, vgg16.output])
    block4, average = (np.asarray(output[0]).ravel() for output in trunk.predict(photo(0)[None], verbose=0))
    return {
        "block4Sum": rounded(block4.sum(dtype=np.float64)),
        "block4Positive": int((block4 > 0).sum()),
        "block4Sample": [rounded(value) for value in block4[::SAMPLE_EVERY]],
        "average": [rounded(value) for value in average],
    }


def losses(vgg16: keras.Model) -> list:
    for layer in vgg16.layers[:-5]:
        layer.trainable = False
    dense = keras.layers.Dense(128, activation="relu")
    classes = keras.layers.Dense(2, activation="sigmoid")
    model = keras.Sequential([vgg16, dense, keras.layers.BatchNormalization(), classes])
    dense.set_weights([uniform(512 * 128, (6 / 640) ** 0.5).reshape(512, 128), np.zeros(128)])
    classes.set_weights([uniform(128 * 2, (6 / 130) ** 0.5).reshape(128, 2), np.zeros(2)])
    model.compile(optimizer=keras.optimizers.Adam(LEARNING_RATE), loss="binary_crossentropy", jit_compile=False)
    photos = np.stack([photo(index) for index in range(BATCH)])
    labels = np.eye(2, dtype=np.float32)[np.arange(BATCH) % 2]
    found = []
    for _ in range(STEPS):
        model.reset_metrics()
        found.append(rounded(model.train_on_batch(photos, labels)))
    return found


def rounded(value) -> float:
    return float(f"{float(value):.7g}") + 0.0  # no -0.0


def adam_step(gradient: float) -> float:
    """How far Adam's first step at 1e-3 moves one weight."""
    weight = keras.Variable([0.0])
    keras.optimizers.Adam(1e-3).apply([keras.ops.array([gradient])], [weight])
    return rounded(weight.numpy()[0])


vgg16 = build_vgg16()
numbers = {
    "source": f"keras {keras.__version__} on tensorflow {tf.__version__}: tests/parity/keras_numbers.py",
    "weights": CHECKSUM,
    "features": features(vgg16),
    "losses": losses(vgg16),
    "adamStep": adam_step(1e-6),
}
(HERE / "keras-numbers.json").write_text(json.dumps(numbers, indent=1) + "\n")
print(numbers["losses"])
