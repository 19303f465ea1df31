#!/usr/bin/env python3
"""The version stands in CMakeLists.txt; where a copy cannot be helped, it has to be the same.

usage: check_version.py ROOT
"""

import pathlib
import re
import sys

# Where, and how it stands there.
COPIES = {
    "CMakeLists.txt": r"^project\(synthetics-local VERSION (\S+) ",
    "Dockerfile": r"^ARG VERSION=(\S+)$",  # no instruction reads a file
    "CHANGELOG.md": r"^## (\S+)",  # the newest entry
}


def version_in(path, pattern):
    found = re.search(pattern, path.read_text(), re.MULTILINE)
    return found and found[1]


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    versions = {file: version_in(root / file, pattern) for file, pattern in COPIES.items()}
    if None in versions.values() or len(set(versions.values())) != 1:
        sys.exit(f"not one version: {versions}")
