"""Interrupts trainings in a real tslab kernel through Jupyter's client.

Usage: interrupt_training.py KERNELS CELLS.json; one JSON line for each of CELLS' trials, then {"alive": ...}.
"""

import json
import os
import sys
import tempfile
import time

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

LONGEST = 60


class Kernel:
    def __init__(self, kernels):
        specs = KernelSpecManager(kernel_dirs=[kernels])
        self.manager = KernelManager(kernel_name="tslab", kernel_spec_manager=specs)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=LONGEST)

    def run(self, cell, on_text=lambda text: None):
        """Runs a cell; returns the status of its reply and all it printed."""
        printed = []

        def hook(message):
            text = message["content"].get("text", "")
            printed.append(text)
            on_text(text)

        reply = self.client.execute_interactive(cell, timeout=LONGEST, output_hook=hook)
        return reply["content"]["status"], "".join(printed)

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def settle(status):
    # After an error the kernel refuses, for 200 ms, what may have been queued behind it.
    time.sleep(0.5 if status == "error" else 0)


def interrupt_once(kernel, train, after, waits):
    """Runs the training, interrupts it at the given times after its first batch, and looks at what it left."""
    sent = []

    def interrupt(text):
        if "begun" in text and not sent:
            for wait in waits:
                time.sleep(wait)
                sent.append(time.time() * 1000)
                kernel.manager.interrupt_kernel()

    status, printed = kernel.run(train, interrupt)
    if not sent:
        sys.exit(f"the training didn't begin: {status} {printed}")
    settle(status)
    after_status, printed_after = kernel.run(after.replace("SENT_MS", str(sent[-1])))
    settle(after_status)
    outcome = {"status": status, "printed": printed, "afterStatus": after_status}
    try:
        return {**outcome, **json.loads(printed_after)}
    except json.JSONDecodeError:
        return {**outcome, "after": printed_after}


def main(kernels, cells_file):
    cells = json.load(open(cells_file))
    kernel = Kernel(kernels)
    try:
        status, printed = kernel.run(cells["prepare"])
        if status != "ok":
            sys.exit(f"the first cell failed: {printed}")
        for trial in cells["trials"]:
            print(json.dumps(interrupt_once(kernel, **trial)), flush=True)
        print(json.dumps({"alive": kernel.manager.is_alive()}), flush=True)
    finally:
        kernel.end()


with tempfile.TemporaryDirectory() as runtime:
    os.environ["JUPYTER_RUNTIME_DIR"] = runtime
    main(*sys.argv[1:3])
