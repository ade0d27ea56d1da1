"""What JupyterLab leaves out of the project's notebooks when it saves them, so that a run alone changes nothing in them.

JupyterLab calls `leave_out` before each save; the page in the browser keeps showing what the file leaves out.
"""

# Below this folder lie the notebooks that are kept under version control; others are saved as they are.
FOLDER = "notebooks/"


def leave_out(model, path, contents_manager):
    """Takes the execution counts and times out of a notebook; its source, its outputs and what its author chose stay.

    :param model: as JupyterLab's contents API describes it; changed in place
    :param path: below the server's folder, with slashes
    :param contents_manager: the server's, which passes itself
    """
    if model["type"] != "notebook" or not path.lstrip("/").startswith(FOLDER):
        return
    notebook = model["content"]
    # The kernel's version changes with its package, and no reader needs it.
    notebook["metadata"].get("language_info", {}).pop("version", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = None
