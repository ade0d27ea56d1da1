"""Runs cells in a notebook kernel: a JSON list of sources on stdin, a JSON list of each cell's outputs on stdout."""

import json
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in json.load(sys.stdin)])
NotebookClient(notebook, kernel_name=sys.argv[1], timeout=120).execute()
json.dump([cell.outputs for cell in notebook.cells], sys.stdout)
