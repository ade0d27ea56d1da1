"""The Python side of npm run bench -- --full-size: pandas on the tables, Keras's loaders on the photos."""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import numpy as np


def tables(folder):
    """Read, join and split, as a user of pandas would."""
    import pandas as pd

    folder = Path(folder)
    began = time.perf_counter()
    attributes = pd.read_csv(folder / "list_attr_celeba.txt", sep=r"\s+", skiprows=1)
    attributes = attributes.rename_axis("file").reset_index()
    parts = pd.read_csv(folder / "list_eval_partition.txt", sep=" ", names=["file", "part"])
    persons = pd.read_csv(folder / "identity_CelebA.txt", sep=" ", names=["file", "identity"])
    joined = attributes.merge(parts, on="file").merge(persons, on="file")
    split = [joined[joined["part"] == part] for part in range(3)]
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "rows": [len(part) for part in split]}


def prepared(file):
    import keras

    photo = keras.utils.load_img(file, target_size=(178, 218), interpolation="nearest")
    return keras.applications.vgg16.preprocess_input(keras.utils.img_to_array(photo))


def pil(files, passes):
    files = files * passes
    began = time.perf_counter()
    for start in range(0, len(files), 32):
        np.stack([prepared(file) for file in files[start : start + 32]])
    return {"seconds": time.perf_counter() - began}


def tf_data(folder, count, passes):
    import keras

    photos = keras.utils.image_dataset_from_directory(
        folder, labels=None, image_size=(178, 218), interpolation="nearest", batch_size=32, shuffle=False, verbose=False
    )
    photos = photos.map(keras.applications.vgg16.preprocess_input).repeat(passes)
    began, seen = time.perf_counter(), 0
    for batch in photos:
        seen += batch.shape[0]
        if seen == count * passes:
            # What follows is the pipeline's end, which is no loading.
            return {"seconds": time.perf_counter() - began}


def sha256(files):
    digest = hashlib.sha256()
    for file in files:
        digest.update(np.ascontiguousarray(prepared(file), "<f4").tobytes())
    return digest.hexdigest()


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    tasks = {"tables": tables, "pil": pil, "tf_data": tf_data, "sha256": sha256}
    # Only answers go to the pipe.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        task = json.loads(line)
        result = tasks[task["task"]](*task["arguments"])
        answers.write(json.dumps({"done": True, "result": result}, separators=(",", ":")) + "\n")
        answers.flush()


main()
