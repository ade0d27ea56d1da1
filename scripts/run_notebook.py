"""Runs one notebook without a browser; each line on stdout is one event as JSON, and nothing else is written there.

Usage: run_notebook.py NOTEBOOK EXECUTED FOLDER
  NOTEBOOK  the notebook to run; it is only read
  EXECUTED  where the executed notebook is written, whole, also when a cell failed
  FOLDER    the kernel's working directory

Ends, and its kernel with it, on SIGINT, SIGTERM and when stdin closes (the one who started it is gone).
"""

import asyncio
import ctypes
import json
import os
import re
import signal
import sys
import threading
import time
from itertools import groupby
from pathlib import Path

# jsonschema builds a grammar of web addresses from it, which takes two seconds; no format of a notebook's fields needs it.
sys.modules["rfc3987_syntax"] = None

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

CELL_FAILED = 1
NOT_WRITTEN = 3
INTERRUPTED = 130
# A carriage return begins the line anew, unless a line end follows.
WRITTEN_OVER = re.compile(r"[^\n]*\r(?=[^\n])")
# Source: linux/prctl.h.
PR_SET_PDEATHSIG = 1

# The kernel and whatever it starts inherit stdout: what they write there themselves goes to stderr, so that it is never read
# as an event. Children don't inherit a descriptor that dup makes.
EVENTS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def emit(event, **fields):
    print(json.dumps({"event": event, **fields}), file=EVENTS, flush=True)


class Narrator(NotebookClient):
    """Tells of each cell and of each line it writes, while it runs."""

    started = 0.0
    # The kernel's, kept beyond the manager's own cleaning up.
    process = None

    async def async_start_new_kernel(self, **kwargs):
        await super().async_start_new_kernel(preexec_fn=end_with_runner, **kwargs)
        self.process = self.km.provisioner.process
        emit("kernel", pid=self.process.pid)
        # nbclient's own handlers, set just before, let the running cell fail instead of ending at once.
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.end_at_once)

    def end_at_once(self):
        # The kernel leads a process group of its own, so whatever it started ends with it.
        os.killpg(self.km.provisioner.pid, signal.SIGKILL)
        self.km.cleanup_connection_file()
        os._exit(INTERRUPTED)

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        if msg["msg_type"] == "stream":
            emit("stream", cell=cell_index, name=content["name"], text=content["text"])
        elif msg["msg_type"] in ("display_data", "update_display_data") and "text/plain" in content["data"]:
            emit("shown", cell=cell_index, text=content["data"]["text/plain"])
        elif msg["msg_type"] == "error":
            emit("stream", cell=cell_index, name="stderr", text="\n".join(content["traceback"]))
        return super().process_message(msg, cell, cell_index)

    async def on_execute(self, cell, cell_index):
        self.started = time.monotonic()
        emit("cell", cell=cell_index)

    async def on_executed(self, cell, cell_index, execute_reply):
        failed = execute_reply["content"]["status"] != "ok"
        emit("cell-done", cell=cell_index, failed=failed, seconds=round(time.monotonic() - self.started, 3))


# Of the C library, loaded before the kernel's process is forked.
prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def end_with_runner():
    """Has Linux kill the kernel when this process is killed: it would train on, beside the next run."""
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def end_with_parent():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def join_streams(cell):
    """Makes pieces of text that follow one another one output, as JupyterLab does, and keeps of a line what was written over it last."""
    joined = []
    for _, group in groupby(cell.outputs, key=lambda output: output.get("name") or id(output)):
        first, *others = group
        if first.output_type == "stream":
            first.text = WRITTEN_OVER.sub("", "".join(output.text for output in (first, *others)))
        joined.append(first)
    cell.outputs = joined


def write_whole(notebook, path):
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # A cell may print half a character, such as one of an emoji's two code units, which no file can hold.
        aside.write_bytes(f"{nbformat.writes(notebook)}\n".encode(errors="replace"))
        os.replace(aside, path)
    except OSError as error:
        end_not_written(path, error)
    finally:
        aside.unlink(missing_ok=True)


def end_not_written(path, error):
    found = f"found a place where the executed notebook can't be written ({error.strerror})"
    remedy = "Make room there, or set OUTPUTS to another folder, and run the same command again."
    emit("not-written", message=f"{path}: {found}, expected one with room, that is yours to write to. {remedy}")
    sys.exit(NOT_WRITTEN)


def why_it_ended(code):
    if code is None or code == -signal.SIGKILL:
        reason = "The notebook's process was ended from outside, most often because memory ran out"
        return f"{reason}: free some, and run the same command again."
    how = f"by signal {-code}" if code < 0 else f"with code {code}"
    return f"The notebook's process ended {how} while a cell ran, by that cell itself or by a fault of a library it uses."


async def run(notebook, executed, folder):
    client = Narrator(
        notebook,
        kernel_name="tslab",
        timeout=None,
        startup_timeout=120,
        # After thousands of printed lines, the message that a cell has ended is read long after its answer.
        iopub_timeout=600,
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )
    client.on_cell_execute = client.on_execute
    client.on_cell_executed = client.on_executed
    try:
        await client.async_execute(cwd=str(folder))
        return 0
    except CellExecutionError:
        return CELL_FAILED
    except DeadKernelError:
        emit("kernel-lost", message=why_it_ended(client.process.returncode))
        return CELL_FAILED
    except (NoSuchKernel, RuntimeError) as error:
        emit("kernel-lost", message=f"{error} (npm run doctor looks for the cause.)")
        return CELL_FAILED
    finally:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                join_streams(cell)
        write_whole(notebook, executed)


def main():
    source, executed, folder = (Path(argument).resolve() for argument in sys.argv[1:4])
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    try:
        executed.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        end_not_written(executed, error)
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.exit(asyncio.run(run(notebook, executed, folder)))


main()
