"""What the kernel says of itself while two cells wait and a completion is asked for: one JSON line, a list of what came in order.

Usage: kernel_statuses.py KERNELS
"""

import json
import os
import sys
import tempfile

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

LONGEST = 60
SLOW = "console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 1500)); console.log('ended');"


def main(kernels):
    manager = KernelManager(kernel_name="tslab", kernel_spec_manager=KernelSpecManager(kernel_dirs=[kernels]))
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=LONGEST)
        names = {client.execute(SLOW): "first", client.execute("console.log('next');"): "second"}
        said = []
        while said.count("second idle") == 0 or said.count("completion idle") == 0:
            message = client.get_iopub_msg(timeout=LONGEST)
            name = names.get(message["parent_header"].get("msg_id"))
            if name is None:
                continue
            content = message["content"]
            said.append(f"{name} {content.get('execution_state') or content.get('text', message['msg_type']).strip()}")
            if said[-1] == "first begun":
                names[client.complete("consol", 6)] = "completion"
                reply = client.get_shell_msg(timeout=LONGEST)
                while reply["msg_type"] != "complete_reply":
                    reply = client.get_shell_msg(timeout=LONGEST)
                said.append("completion answered")
        print(json.dumps([line for line in said if "execute_input" not in line]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


with tempfile.TemporaryDirectory() as runtime:
    os.environ["JUPYTER_RUNTIME_DIR"] = runtime
    main(sys.argv[1])
