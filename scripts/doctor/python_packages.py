"""Compares the installed Python packages with a requirements file: JSON {count, tensorflow, faults} on stdout."""

import importlib.metadata
import json
import pathlib
import sys

from packaging.requirements import Requirement


def read(path):
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if line.startswith("-r "):
            yield from read(path.parent / line[3:].strip())
        elif line and not line.startswith("-"):
            yield Requirement(line)


def fault(requirement):
    try:
        found = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{requirement.name} is missing, expected {requirement.specifier}"
    return None if requirement.specifier.contains(found) else f"{requirement.name} is {found}, expected {requirement.specifier}"


wanted = [r for r in read(pathlib.Path(sys.argv[1])) if r.marker is None or r.marker.evaluate()]
faults = [found for found in map(fault, wanted) if found]
tensorflow = [str(r.specifier).removeprefix("==") for r in wanted if r.name.startswith("tensorflow")]
json.dump({"count": len(wanted), "tensorflow": "".join(tensorflow), "faults": faults}, sys.stdout)
