"""Keras's side of npm run bench: does in turns what it is asked for on stdin, as scripts/bench/our-side.ts does.

Its argument is the number of classes.
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

import cuda_solver

cuda_solver.load()

import keras
import numpy as np
import tensorflow as tf
from keras.applications.vgg16 import preprocess_input

SHAPE = (178, 218, 3)
WEIGHTS = Path(__file__).parents[2] / "data" / "weights" / "vgg16-imagenet.bin"

# Whatever prints goes to stderr: stdout is for turns.
answers = sys.stdout
sys.stdout = sys.stderr


def say(done, result):
    answers.write(json.dumps({"done": done, "result": result}, separators=(",", ":")) + "\n")
    answers.flush()


def pause(result):
    say(False, result)
    sys.stdin.readline()


class Stopwatch:
    """Milliseconds since the last call."""

    def __init__(self):
        self.start()

    def start(self):
        self.began = time.perf_counter()

    def lap(self):
        ms = 1000 * (time.perf_counter() - self.began)
        self.start()
        return ms


def build_network(class_count):
    """The article's network with the weights of the other side."""
    vgg16 = keras.applications.VGG16(include_top=False, weights=None, input_shape=SHAPE, pooling="avg")
    values, offset, tensors = np.fromfile(WEIGHTS, "<f4"), 0, []
    for weight in vgg16.weights:
        size = int(np.prod(weight.shape))
        tensors.append(values[offset : offset + size].reshape(weight.shape))
        offset += size
    vgg16.set_weights(tensors)
    for layer in vgg16.layers[:-5]:
        layer.trainable = False
    head = [
        keras.layers.Dense(128, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dense(class_count, activation="sigmoid"),
    ]
    return vgg16, keras.Sequential([vgg16, *head])


def photo_batches(folder, class_names, batch_size, shuffle):
    batches = keras.utils.image_dataset_from_directory(
        folder,
        class_names=class_names,
        label_mode="categorical",
        image_size=SHAPE[:2],
        interpolation="nearest",
        batch_size=batch_size,
        shuffle=shuffle,
        seed=1,
        verbose=False,
    )
    prepared = batches.map(lambda x, y: (preprocess_input(x), y), num_parallel_calls=tf.data.AUTOTUNE)
    return prepared.prefetch(tf.data.AUTOTUNE)


class StepTimer(keras.callbacks.Callback):
    """Times steps from end to end, and gives the other side its turn after some."""

    def __init__(self, steps_per_turn):
        super().__init__()
        self.steps_per_turn = steps_per_turn
        self.watch = Stopwatch()
        self.turn = {}

    def note(self, kind):
        steps = self.turn.setdefault(kind, [])
        steps.append(self.watch.lap())
        if len(steps) >= self.steps_per_turn:
            pause(self.rest())
            self.watch.start()

    def rest(self):
        turn, self.turn = self.turn, {}
        return turn

    def stalled(self):
        self.turn.setdefault("stalled", []).append(self.watch.lap())

    def on_epoch_begin(self, epoch, logs=None):
        self.stalled()

    def on_train_batch_end(self, batch, logs=None):
        self.note("train")

    def on_test_batch_begin(self, batch, logs=None):
        # Between the last train step and the first of validation tf.data takes down one pipeline and begins another.
        if batch == 0:
            self.stalled()

    def on_test_batch_end(self, batch, logs=None):
        self.note("validation")

    def on_epoch_end(self, epoch, logs=None):
        self.stalled()


def finetune(network, plan, photos):
    """Fit of the whole model with its frozen layers, on tf.data."""
    _, model = network
    model.compile(optimizer=keras.optimizers.Adam(1e-4), loss="binary_crossentropy", metrics=["accuracy"])
    class_names, batch_size = photos["classNames"], plan["batchSize"]
    timer = StepTimer(plan["stepsPerTurn"])
    model.fit(
        photo_batches(photos["trainFolder"], class_names, batch_size, True),
        epochs=plan["epochs"],
        validation_data=photo_batches(photos["validationFolder"], class_names, batch_size, False),
        callbacks=[timer],
        verbose=0,
    )
    return timer.rest()


def pixels_of(file):
    image = keras.utils.load_img(file, target_size=SHAPE[:2], interpolation="nearest")
    return preprocess_input(keras.utils.img_to_array(image))


def forward(network, plan, photos):
    """The frozen layers on one batch."""
    vgg16, _ = network
    trunk = keras.Model(vgg16.input, vgg16.get_layer("block4_pool").output)
    files = [photo["file"] for photo in photos["train"][: plan["forwardBatch"]]]
    batch = tf.constant(np.stack([pixels_of(file) for file in files]))

    def measure():
        watch = Stopwatch()
        features = np.asarray(trunk.predict_on_batch(batch))
        ms = watch.lap()
        return {"ms": ms, "sha256": hashlib.sha256(np.ascontiguousarray(features, "<f4").tobytes()).hexdigest()}

    measure()
    for _ in range(1, plan["forwardRounds"]):
        pause(measure())
    return measure()


def loading(plan, photos):
    """Passes over all photos without a network, by tf.data and by PIL."""
    files = [photo["file"] for photo in photos["train"]]
    pixels = hashlib.sha256()
    for file in files:
        pixels.update(np.ascontiguousarray(pixels_of(file), "<f4").tobytes())

    def by_tf_data():
        batches = photo_batches(photos["trainFolder"], photos["classNames"], plan["batchSize"], False)
        watch, seen = Stopwatch(), 0
        for x, _ in batches:
            seen += int(x.shape[0])
            if seen == len(files):
                # What follows is the pipeline's end, which may take half a minute; it is no loading.
                return 1000 * seen / watch.lap()

    def by_pil():
        watch = Stopwatch()
        for start in range(0, len(files), plan["batchSize"]):
            np.stack([pixels_of(file) for file in files[start : start + plan["batchSize"]]])
        return 1000 * len(files) / watch.lap()

    def measure():
        rates = {"image_dataset_from_directory": by_tf_data(), "load_img (PIL)": by_pil()}
        return {"photosPerSecond": rates, "sha256": pixels.hexdigest()}

    measure()
    for _ in range(1, plan["loadingRounds"]):
        pause(measure())
    return measure()


def device():
    gpus = tf.config.list_physical_devices("GPU")
    return f"GPU: {tf.config.experimental.get_device_details(gpus[0])['device_name']}" if gpus else "CPU"


def facts():
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    threads = {name: os.environ.get(f"TF_NUM_{name.upper()}_THREADS", "one a core") for name in ("intraop", "interop")}
    versions = {"python": sys.version.split()[0], "keras": keras.__version__, "tensorflow": tf.__version__}
    return {"device": device(), "peakBytes": 1024 * int(peak.split()[1]), "versions": versions, "threads": threads}


def main():
    network = build_network(int(sys.argv[1]))
    for line in sys.stdin:
        task = json.loads(line)
        if task["task"] == "finetune":
            result = finetune(network, task["plan"], task["photos"])
        elif task["task"] == "forward":
            result = forward(network, task["plan"], task["photos"])
        elif task["task"] == "loading":
            result = loading(task["plan"], task["photos"])
        else:
            result = facts()
        say(True, result)


main()
