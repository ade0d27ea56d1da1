"""Makes tests/photos/fixtures: small pictures, and what Keras 3 makes of them.

Run it from the project folder, in an environment with keras 3.15.1, tensorflow-cpu 2.21.0 and pillow 13.0.0:

    python tests/parity/keras_photos.py && npx prettier --write tests/photos/fixtures/keras-photos.json
"""

import hashlib
import json
from pathlib import Path

import keras
import numpy as np
from keras.applications.vgg16 import preprocess_input
from PIL import Image

FOLDER = Path(__file__).parent.parent / "photos" / "fixtures"
TARGETS = {"article": (178, 218), "trueShape": (218, 178)}


def pattern(width, height):
    """A picture without two equal neighbours: every pixel that is taken in another's place is seen."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    channels = [(7 * x + 3 * y) % 256, (5 * x + 11 * y + x * y // 9) % 256, (x * x // 5 + 2 * y) % 256]
    return Image.fromarray(np.stack(channels, axis=-1).astype(np.uint8))


def make_pictures():
    pattern(178, 218).save(FOLDER / "celeba-size.jpg", quality=90)
    # 200 and 144 are sizes at which multiplying out and summing up choose different pixels.
    pattern(200, 144).convert("L").save(FOLDER / "grey-wide.jpg", quality=60, progressive=True)
    pattern(56, 68).save(FOLDER / "small.png")


def expected(picture, size):
    image = keras.utils.load_img(picture, target_size=size, interpolation="nearest")
    pixels = preprocess_input(keras.utils.img_to_array(image)).astype("<f4")
    return {"sha256": hashlib.sha256(pixels.tobytes()).hexdigest(), "first": [float(v) for v in pixels[0, 0]]}


FOLDER.mkdir(parents=True, exist_ok=True)
make_pictures()
numbers = {
    picture.name: {name: expected(picture, size) for name, size in TARGETS.items()}
    for picture in sorted(FOLDER.glob("*.*g"))
}
text = json.dumps({"keras": keras.__version__, "pictures": numbers}, indent=2)
(FOLDER / "keras-photos.json").write_text(text + "\n")
