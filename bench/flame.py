#!/usr/bin/env python3
"""Where the processor time of an operation goes, drawn: a flame graph as an SVG for each.

usage: flame.py [--plot DIR] [--seconds N] [--only OPERATION]... BINARY

BINARY is the program with its symbols. It is sampled by perf while wrk asks it over 16 connections.
"""

import argparse
import html
import pathlib
import re
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field

from control_plane import version
from load import HEADERS, operations, prepare
from program import Program
from throughput import check, measure

OPERATIONS = ("CreateCanary", "GetCanary")
CANARIES = 1000
CONNECTIONS = 16
HERTZ = 997  # a prime, so that nothing periodic is sampled always or never

# By the unwind tables: Debian's SQLite has no frame pointers. The stack of a CreateCanary is larger
# than the 8 kB that perf keeps of one unless it is told.
RECORD = ["perf", "record", "-q", "-F", str(HERTZ), "--call-graph", "dwarf,32768"]
RECORD += ["-e", "cpu-clock"]
SCRIPT = ["perf", "script", "--no-inline", "-F", "ip,sym,dso"]

WIDTH, MARGIN, TOP = 1200, 10, 52
ROW = 17
LEAST = 0.005  # of all; what is narrower is left out
CHARACTER = 6.7  # how wide one is, at most

COLOURS = {"user": "#f2a65a", "sqlite": "#e8c547", "kernel": "#7fa8d1"}
LEGEND = (("user", "the program"), ("sqlite", "SQLite"), ("kernel", "the kernel"))
STYLE = """
text { font: 11px ui-monospace, monospace; fill: #1f2328; }
.title { font: 600 15px system-ui, sans-serif; }
.quiet { font: 12px system-ui, sans-serif; fill: #59636e; }
.ground { fill: #ffffff; }
"""
DARK_STYLE = """
.title { fill: #f0f6fc; }
.quiet { fill: #9198a1; }
.ground { fill: #0d1117; }
"""


@dataclass
class Frame:
    """A function, called the way that the frames below it say."""

    name: str
    kind: str = "user"
    samples: int = 0  # its own and those of what it calls
    calls: dict = field(default_factory=dict)


def fold(lines):
    """The stacks that `perf script` prints, as one tree.

    A stack is a line a frame, the innermost first, and ends with an empty line.
    """
    root = Frame("synthetics-local")
    stack = []
    for line in [*lines, ""]:
        if match := re.match(r"\s*([0-9a-f]+) (.*) \(.*?\)$", line):
            if match[2] != "[unknown]":
                stack.append((shorten(match[2]), kind_of(match[1], match[2])))
        elif stack:
            add(root, reversed(stack))
            stack = []
    return root


def add(frame, stack):
    frame.samples += 1
    for name, kind in stack:
        # An overload or another instance of the same template says nothing more.
        if name == frame.name:
            continue
        if frame.kind == "sqlite" and kind == "user":
            kind = "sqlite"
        frame = frame.calls.setdefault(name, Frame(name, kind))
        frame.samples += 1


def kind_of(address, symbol):
    """The kernel's addresses are the upper half of all."""
    if len(address) == 16 and address >= "8":
        return "kernel"
    return "sqlite" if symbol.startswith("sqlite3") else "user"


def shorten(symbol):
    """The function and its class, or what else it is in: no namespaces, templates, parameters."""
    name = symbol.replace("(anonymous namespace)::", "").replace("operator()", "operator call")
    name = re.sub(r"operator(<=>|<<|<=|<|>>|>=|->|>)", "operator", name)
    name = re.sub(r" ?\[(clone|abi:)[^]]*\]", "", name)
    while name != (name := re.sub(r"<[^<>]*>|\([^()]*\)( const)?(?=$|::|\)|}|,|>| )", "", name)):
        pass
    name = re.sub(r"\{lambda[^}]*\}(::operator call|::_FUN)?", "lambda", name)
    # What stands before a space is what a template returns, but for "operator new".
    name = re.split(r"(?<!operator) ", name)[-1] if " " in name else name
    return "::".join(name.split("::")[-2:]).replace("operator call", "operator()") or symbol


def share_of(kind, root):
    """Percent of the samples that are in such frames or upon them."""

    def samples(frame):
        return frame.samples if frame.kind == kind else sum(map(samples, frame.calls.values()))

    return 100 * samples(root) / root.samples


def draw(root, title, about):
    bottom = TOP + ROW * height(root, LEAST * root.samples)
    parts = [text(MARGIN, 24, title, "title"), text(MARGIN, 42, about, "quiet")]
    for number, (kind, words) in enumerate(LEGEND):
        x = WIDTH - 320 + 110 * number
        parts.append(f'<rect class="{kind}" x="{x}" y="14" width="11" height="11"/>')
        parts.append(text(x + 16, 24, words, "quiet"))
    parts += boxes(root, root.samples, MARGIN, bottom - ROW)
    return svg(bottom + MARGIN, parts)


def height(frame, least):
    """In rows."""
    if frame.samples < least:
        return 0
    return 1 + max((height(called, least) for called in frame.calls.values()), default=0)


def boxes(frame, everything, x, y):
    """A frame, and upon it what it calls, the heaviest first; percents are of `everything`."""
    share = frame.samples / everything
    if share < LEAST:
        return
    width = share * (WIDTH - 2 * MARGIN)
    size = f'x="{x:.1f}" y="{y}" width="{max(width - 0.5, 0.5):.1f}" height="{ROW - 1}"'
    tip = f"{frame.name}: {100 * share:.1f} %"
    box = f'<rect class="{frame.kind}" {size}><title>{html.escape(tip)}</title></rect>'
    yield box + label(frame.name, x, y, width)
    for called in sorted(frame.calls.values(), key=lambda each: (-each.samples, each.name)):
        yield from boxes(called, everything, x, y - ROW)
        x += called.samples / everything * (WIDTH - 2 * MARGIN)


def label(name, x, y, width):
    room = int((width - 6) / CHARACTER)
    if room < 3:
        return ""
    # Without what it is in, where there is room for no more.
    name = name if len(name) <= room else name.rpartition("::")[2]
    return text(round(x + 3, 1), y + 12, name if len(name) <= room else name[: room - 1] + "…")


def text(x, y, words, kind=None):
    attributes = f' class="{kind}"' if kind else ""
    # A tooltip is of what lies beneath.
    return f'<text x="{x}" y="{y}"{attributes} pointer-events="none">{html.escape(words)}</text>'


def svg(height, parts):
    fills = "".join(f".{kind} {{ fill: {colour}; }}\n" for kind, colour in COLOURS.items())
    style = f"{STYLE}{fills}@media (prefers-color-scheme: dark) {{{DARK_STYLE}}}\n"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}">',
            f"<style>{style}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}" rx="6"/>',
            *parts,
            "</svg>\n",
        ]
    )


def sample(binary, operation, seconds):
    """The tree of a run of its own, and the processor time a request, microseconds."""
    with (
        Program(binary, "memory", "--log-level", "warning") as program,
        tempfile.TemporaryDirectory() as directory,
    ):
        connection = program.connect(HEADERS)
        prepare(connection, operation)
        check(connection, operation, None)
        data = pathlib.Path(directory, "perf.data")
        command = [*RECORD, "-o", str(data), "-p", str(program.process.pid)]
        with subprocess.Popen(command) as perf:
            cost = measure(program, operation, CONNECTIONS, seconds, 0)["cpuUs"]
            perf.send_signal(signal.SIGINT)
        connection.close()
        with subprocess.Popen(
            [*SCRIPT, "-i", str(data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as script:
            root = fold(script.stdout)
    if not root.samples:
        raise RuntimeError("perf has sampled nothing; may it? /proc/sys/kernel/perf_event_paranoid")
    return root, cost


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("binary", metavar="BINARY", help="the program, with its symbols")
    parser.add_argument(
        "--plot",
        type=pathlib.Path,
        metavar="DIR",
        default=pathlib.Path("build/bench"),
        help="where the drawings go",
    )
    parser.add_argument("--seconds", type=int, default=5, help="length of each measurement")
    parser.add_argument("--only", action="append", choices=OPERATIONS, help="this operation")
    arguments = parser.parse_args()
    if arguments.seconds < 1:
        parser.error("--seconds is above 0")
    return arguments


def main():
    arguments = parse_arguments()
    release = version(arguments.binary)
    for operation in operations(CANARIES):
        if operation.name not in (arguments.only or OPERATIONS):
            continue
        root, cost = sample(arguments.binary, operation, arguments.seconds)
        about = (
            f"synthetics-local {release}, memory; {CONNECTIONS} connections;"
            f" {root.samples:,} samples. Point at a box for its name and share."
        )
        file = arguments.plot / f"flame-{operation.name}.svg"
        file.write_text(draw(root, f"Where the processor time of {operation.name} goes", about))
        print(
            f"{file}: {root.samples:,} samples, {cost:.1f} us a request while sampled;"
            f" SQLite {share_of('sqlite', root):.0f} %, the kernel {share_of('kernel', root):.0f} %"
        )


if __name__ == "__main__":
    main()
