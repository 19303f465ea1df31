#!/usr/bin/env python3
"""Checks that includes point down only, and that libraries and the system stay in their room.

usage: check_layers.py [root]
"""

import pathlib
import re
import sys

# From the top down. "state" by itself stands for the files directly in it.
MAY_INCLUDE = {
    "server": {
        "server",
        "api",
        "state",
        "state/engine",
        "state/store",
        "state/sqlite",
        "state/runtimes",
    },
    # The stores speak in domain values; the SQL behind them is not for this room.
    "api": {"api", "state", "state/engine", "state/store", "state/runtimes"},
    "state/engine": {"state/engine", "state", "state/store", "state/sqlite", "state/runtimes"},
    "state/store": {"state/store", "state", "state/sqlite"},
    "state/sqlite": {"state/sqlite", "state"},
    "state/runtimes": {"state/runtimes", "state"},
    "state": {"state"},
}

# Headers that begin so belong to the files that begin so.
HOME_OF_LIBRARY = {
    "sqlite3.h": ("state/sqlite/",),
    "minizip/unzip.h": ("state/runtimes/zip_entries.cpp",),
    "rapidjson/": ("api/json.hpp", "api/json.cpp", "api/utf8.cpp"),
    "re2/": ("api/patterns.cpp",),
    "mbedtls/": ("server/tls_", "api/auth/hmac.cpp"),
    "boost/asio": ("server/",),
    "boost/beast": ("server/",),
    "CLI/": ("server/settings.cpp",),
    "spdlog/": ("server/log.cpp",),
    "fmt/": ("server/log.cpp",),
}

# Time and randomness are handed down from the server, so that a test can hold them.
KEPT_FROM_SYSTEM = ("state/", "api/")
SYSTEM_CALL = re.compile(r"\w+_clock::now|random_device|std::time\(|getenv")

# Tests may include everything, but only what is there.
ROOMS = ("server", "api", "state", "tests")
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)')
COMMENT = re.compile(r"(^|\s)//.*")


def folder_of(path):
    """The key of MAY_INCLUDE under which a path falls: a room, or a folder of state."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "state" and len(parts) > 2 else parts[0]


def breaches_of_include(root, path, header, quoted):
    of_project = quoted or header.split("/")[0] in ROOMS
    if of_project and not (root / header).is_file():
        yield f'"{header}" is not a path from the root'
        return
    folder = folder_of(path)
    if folder == "tests":
        return
    if of_project and folder_of(header) not in MAY_INCLUDE.get(folder, ()):
        yield f"{folder} may not include {header}"
    for library, homes in HOME_OF_LIBRARY.items():
        if header.startswith(library) and not path.startswith(homes):
            yield f"<{header}> belongs in {' and '.join(homes)} only"


def breaches_of_line(root, path, line):
    include = INCLUDE.match(line)
    if include:
        yield from breaches_of_include(root, path, include[2], include[1] == '"')
    call = SYSTEM_CALL.search(COMMENT.sub("", line))
    if call and path.startswith(KEPT_FROM_SYSTEM):
        yield f"only the server may ask the system: {call[0]}"


def sources(root):
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.[ch]pp")):
            yield file


def breaches_of_file(root, file):
    path = file.relative_to(root).as_posix()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        for message in breaches_of_line(root, path, line):
            yield f"{path}:{number}: {message}"


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[2]
    files = list(sources(root))
    breaches = [breach for file in files for breach in breaches_of_file(root, file)]
    if not files:
        breaches.append(f"{root}: no sources here")
    print("\n".join(breaches) or f"{len(files)} files keep the rule")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
