"""The Python side of npm run bench -- --deepface: DeepFace's gender analysis, as its users call it."""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["DEEPFACE_LOG_LEVEL"] = "50"
# The answers' pipe, before anything prints to it.
answers, sys.stdout = sys.stdout, sys.stderr

import cuda_solver

cuda_solver.load()

from deepface import DeepFace
from deepface.commons import weight_utils


def analyse(files):
    began, faces = time.perf_counter(), 0
    for file in files:
        found = DeepFace.analyze(file, actions=["gender"], enforce_detection=False, silent=True)
        faces += sum(face["face_confidence"] > 0 for face in found)
    return {"seconds": time.perf_counter() - began, "faces": faces}


def load():
    """Builds the network; where its weights can't be had, they stay as drawn: as many operations, and no sense."""
    try:
        DeepFace.build_model("Gender", task="facial_attribute")
        return {"fault": None}
    except Exception as error:
        weight_utils.download_weights_if_necessary = lambda *_, **__: ""
        weight_utils.load_model_weights = lambda model, weight_file: model
        DeepFace.build_model("Gender", task="facial_attribute")
        return {"fault": str(error)}


for line in sys.stdin:
    task = json.loads(line)
    result = {"load": load, "analyse": analyse}[task["task"]](*task["arguments"])
    answers.write(json.dumps({"done": True, "result": result}, separators=(",", ":")) + "\n")
    answers.flush()
