#!/usr/bin/env python3
"""Checks that every test that docs/fidelity.md names is there.

usage: check_fidelity.py [root]

A test's name stands there in backquotes, cut off with an ellipsis; a file by its path.
"""

import pathlib
import re
import sys

ROW = re.compile(r"^\|(?P<behaviour>[^|]*)\|(?P<kind>[^|]*)\|(?P<test>[^|]*)\|$", re.MULTILINE)
TEST_CASE = re.compile(r'TEST_CASE\(\s*((?:"[^"]*"\s*)+)\)')


def test_names(root):
    for file in sorted((root / "tests").rglob("*.cpp")):
        for literals in TEST_CASE.findall(file.read_text(encoding="utf-8")):
            yield "".join(re.findall(r'"([^"]*)"', literals))


def breaches(root, names):
    fidelity = (root / "docs" / "fidelity.md").read_text(encoding="utf-8")
    rows = [row for row in ROW.finditer(fidelity) if row["kind"].strip() not in ("kind", "---")]
    if not rows:
        yield "docs/fidelity.md has no rows"
    for row in rows:
        quoted = re.findall(r"`([^`]*)`", row["test"])
        if not quoted and row["test"].strip() != "same":
            yield f"no test is named for: {row['behaviour'].strip()}"
        for name in quoted:
            beginning = name.removesuffix("…").strip()
            is_file = name.startswith("tests/") and (root / name).is_file()
            if not is_file and not any(known.startswith(beginning) for known in names):
                yield f"there is no test '{name}'"


def main(arguments):
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parents[2]
    found = list(breaches(root, set(test_names(root))))
    print("\n".join(found) or "every test is there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
