"""Predicts with best_model.h5 as docs say, for keras-h5.test.ts: predict_with_keras.py MODEL_FOLDER PHOTO..."""

import json
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

folder = Path(sys.argv[1])
model = keras.models.load_model(folder / "best_model.h5", compile=False)
facts = json.loads((folder / "classifier.json").read_text())
height, width = facts["format"]["height"], facts["format"]["width"]


def nearest(old, new):
    return np.cumsum([old / new / 2] + [old / new] * (new - 1)).astype(int)


def prepare(file):
    rgb = tf.io.decode_jpeg(tf.io.read_file(file), channels=3, dct_method="INTEGER_ACCURATE").numpy()
    rows, columns = nearest(rgb.shape[0], height), nearest(rgb.shape[1], width)
    return rgb[rows][:, columns].astype("float32")[:, :, ::-1] - facts["format"]["means"]


outputs = model.predict(np.stack([prepare(file) for file in sys.argv[2:]]), verbose=0)
print(json.dumps({"classNames": facts["classNames"], "outputs": outputs.tolist()}))
