"""Makes the parquet files of this folder, by pyarrow 26.0.1 and pillow: python make_parquet.py"""

import io

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

NAMES = [f"{number:06d}.jpg" for number in range(1, 7)]
IMAGE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def jpeg(number):
    file = io.BytesIO()
    Image.new("RGB", (16, 16), (200, 40 * number, 60)).save(file, "JPEG")
    return file.getvalue()


def table(rows, **changed):
    columns = {
        "image": pa.array([{"bytes": jpeg(row), "path": NAMES[row]} for row in rows], IMAGE),
        "celeb_id": pa.array([10 + row for row in rows], pa.int64()),
        "Male": pa.array([row % 2 == 1 for row in rows]),
        "Smiling": pa.array([row % 2 == 0 for row in rows]),
    }
    columns.update(changed)
    return pa.table({name: column for name, column in columns.items() if column is not None})


def write(name, rows, codec="snappy", **changed):
    pq.write_table(table(rows, **changed), f"parquet/{name}.parquet", row_group_size=2, compression=codec)


write("train", [0, 1])
write("validation", [2, 3])
write("test", [4, 5], codec="zstd")
write("all", range(6))
write("nameless", [0, 1], image=pa.array([{"bytes": jpeg(row), "path": None} for row in (0, 1)], IMAGE))
write("no-image", [0, 1], image=None)
write("no-male", [0, 1], Male=None)
write("no-label", [0, 1, 0], Male=pa.array([False, True, None]), image=pa.array([{"bytes": jpeg(0), "path": name} for name in ("a.jpg", "b.jpg", "c.jpg")], IMAGE))
write("no-picture", [0, 1, 0], image=pa.array([{"bytes": jpeg(0), "path": "a.jpg"}, {"bytes": jpeg(1), "path": "b.jpg"}, None], IMAGE))
write("more-columns", [4, 5], Young=pa.array([True, False]))
