"""What a test has tried and survived, as numbers: for docs/reliability.md, which no hand writes them into."""

import os
import pathlib


def record(name, count):
    """Prints the figure, and keeps it as a file of that name where SYNTHETICS_LOCAL_FIGURES says."""
    print(f"figure: {name} {count}")
    if directory := os.environ.get("SYNTHETICS_LOCAL_FIGURES"):
        pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
        (pathlib.Path(directory) / name).write_text(f"{count}\n")
