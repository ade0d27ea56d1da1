"""What lets TensorFlow 2.21 see a GPU from Python: of CUDA's libraries it doesn't find this one by itself (see load-tensorflow.cc)."""

import ctypes
import os
import sys
from pathlib import Path

SOLVER = Path("nvidia/cusolver/lib/libcusolver.so.11")


def load():
    """Loads it where it is installed and a driver is there. Where it can't be, TensorFlow computes on the CPU and says so."""
    found = [Path(folder) / SOLVER for folder in sys.path if (Path(folder) / SOLVER).exists()]
    if not found:
        return
    try:
        ctypes.CDLL("libcuda.so.1")
        ctypes.CDLL(str(found[0]))
    except OSError as error:
        if os.environ.get("TF_CPP_MIN_LOG_LEVEL") == "0":
            print(error, file=sys.stderr)
