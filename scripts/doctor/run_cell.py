"""Starts the tslab kernel of a kernels folder and runs one cell: JSON {text, seconds} or {fault} on stdout."""

import json
import os
import sys
import tempfile
import time

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

STARTS_WITHIN = 60


def run(kernels, cell, log):
    manager = KernelManager(kernel_name="tslab", kernel_spec_manager=KernelSpecManager(kernel_dirs=[kernels]))
    began = time.monotonic()
    manager.start_kernel(stdout=log, stderr=log)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=STARTS_WITHIN)
        seconds = time.monotonic() - began
        texts = []
        client.execute_interactive(cell, timeout=STARTS_WITHIN, output_hook=lambda message: texts.append(text_of(message)))
        return {"text": "".join(texts).strip(), "seconds": seconds}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def text_of(message):
    content = message["content"]
    return content.get("text") or content.get("data", {}).get("text/plain", "")


def last_words(log):
    log.seek(0)
    lines = [line for line in log.read().decode(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line]
    return (errors or lines or ["no word from it"])[0].strip()


with tempfile.TemporaryDirectory() as runtime, tempfile.TemporaryFile() as log:
    os.environ["JUPYTER_RUNTIME_DIR"] = runtime
    try:
        print(json.dumps(run(*sys.argv[1:3], log)))
    except Exception as error:
        print(json.dumps({"fault": f"the kernel doesn't start ({error}): {last_words(log)}"}))
