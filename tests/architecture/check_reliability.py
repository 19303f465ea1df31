#!/usr/bin/env python3
"""Checks that each promise of docs/reliability.md has its test, and each of its figures a test that
counts it; `--write DIR` puts the figures there into the page.

usage: check_reliability.py ROOT [--write DIR]
"""

import pathlib
import re
import sys

ROW = re.compile(r"^\| (?P<promise>.+?) \| `(?P<file>tests/[^`]+)`: `(?P<test>[^`]+)` \|(?P<figure>.*)\|$")
FIGURE = re.compile(r"`([a-z-]+)`: ([\d,]+)")


def rows_of(page):
    """The lines of its tables, without heads."""
    rows = [line for line in page.splitlines() if line.startswith("|")]
    return [row for row in rows if not row.startswith(("| promise |", "| --- |"))]


def breaches_of(root, row):
    match = ROW.match(row)
    if not match:
        yield f"no promise with a test: {row}"
        return
    file = root / match["file"]
    if not file.is_file() or match["test"] not in file.read_text(encoding="utf-8"):
        yield f"there is no {match['test']} in {match['file']}"
        return
    for name, _ in FIGURE.findall(match["figure"]):
        if f'"{name}"' not in file.read_text(encoding="utf-8"):
            yield f"{match['file']} does not count {name}"


def with_figures(page, directory):
    """The page with the numbers that tests have left there; others stay."""

    def current(match):
        file = directory / match[1]
        return f"`{match[1]}`: {int(file.read_text()):,}" if file.is_file() else match[0]

    return FIGURE.sub(current, page)


def main(arguments):
    root = pathlib.Path(arguments[0])
    path = root / "docs" / "reliability.md"
    page = path.read_text(encoding="utf-8")
    if arguments[1:2] == ["--write"]:
        path.write_text(with_figures(page, pathlib.Path(arguments[2])), encoding="utf-8")
    rows = rows_of(page)
    breaches = [breach for row in rows for breach in breaches_of(root, row)]
    if not rows:
        breaches.append(f"{path}: no promises here")
    print("\n".join(breaches) or f"{len(rows)} promises have their tests")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
