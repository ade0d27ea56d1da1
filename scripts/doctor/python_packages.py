"""Compares the installed Python packages with a requirements file: JSON {count, tensorflow, faults} on stdout.

A package whose files are gone or cut short while its .dist-info stayed still has a version, so their sizes are looked at as well.
"""

import csv
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
        distribution = importlib.metadata.distribution(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{requirement.name} is missing, expected {requirement.specifier}"
    if not requirement.specifier.contains(distribution.version):
        return f"{requirement.name} is {distribution.version}, expected {requirement.specifier}"
    lost = [name for name, size in recorded(distribution) if is_lost(distribution.locate_file(name), size)]
    if not lost:
        return None
    files = "file is" if len(lost) == 1 else "files are"
    return f"{requirement.name}: {len(lost)} {files} missing or of another size, such as {lost[0].removeprefix('../../../')}"


# Not distribution.files: from Python 3.12 on it leaves out what is missing.
def recorded(distribution):
    for name, _, size in csv.reader((distribution.read_text("RECORD") or "").splitlines()):
        # Below share/ and etc/ JupyterLab's own commands change files.
        if size and not (name.startswith("..") and "/bin/" not in name):
            yield name, int(size)


def is_lost(path, size):
    try:
        return path.stat().st_size != size
    except OSError:
        return True


wanted = [r for r in read(pathlib.Path(sys.argv[1])) if r.marker is None or r.marker.evaluate()]
faults = [found for found in map(fault, wanted) if found]
tensorflow = [str(r.specifier).removeprefix("==") for r in wanted if r.name.startswith("tensorflow")]
json.dump({"count": len(wanted), "tensorflow": "".join(tensorflow), "faults": faults}, sys.stdout)
