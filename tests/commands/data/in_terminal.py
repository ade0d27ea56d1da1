"""Runs a command in a terminal of its own and types into it.

Usage: in_terminal.py PROMPT KEYS COMMAND...; types KEYS when PROMPT is shown. Prints what the terminal shows, and ends as
the command does.
"""

import os
import pty
import sys

prompt, keys, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown, typed = b"", False
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:  # Linux says so where the command has ended.
        break
    if not piece:
        break
    shown += piece
    if not typed and prompt.encode() in shown:
        typed = True
        os.write(terminal, keys.encode())
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
