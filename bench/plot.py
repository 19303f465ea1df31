"""A run of throughput.py as an SVG: processor time a request, on a logarithmic scale."""

import math

CONNECTIONS = 16
SERVERS = ("memory", "file", "constant", "nginx", "moto")  # the order of their bars
LEGEND = (
    "memory, file: synthetics-local. constant, nginx: a bare Beast server and nginx,"
    " with one answer to everything. moto: moto_server."
)
COLOURS = {  # light background, dark background
    "memory": ("#0b6bcb", "#58a6ff"),
    "file": ("#5b3fb5", "#a894f0"),
    "constant": ("#7a828e", "#8b949e"),
    "nginx": ("#aab1ba", "#656d76"),
    "moto": ("#c4501b", "#f0883e"),
}

WIDTH, LEFT, RIGHT, TOP = 860, 210, 90, 74
ROW, GAP = 17, 16  # of a bar, and between two operations
MARGIN = 20

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 15px; font-weight: 600; }
.operation { font-weight: 600; }
.quiet { fill: #59636e; }
.ground { fill: #ffffff; }
.grid { stroke: #d1d9e0; }
"""
DARK_STYLE = """
text { fill: #f0f6fc; }
.quiet { fill: #9198a1; }
.ground { fill: #0d1117; }
.grid { stroke: #3d444d; }
"""


def draw(report):
    rows = [
        row
        for row in report["rows"]
        if row["connections"] == CONNECTIONS and row["cpuUs"] is not None
    ]
    operations = list(dict.fromkeys(row["operation"] for row in rows))
    bottom = TOP + ROW * len(rows) + GAP * len(operations)
    most = max((row["cpuUs"] for row in rows), default=10)
    decades = max(1, math.ceil(math.log10(most)))

    def x(microseconds):
        share = math.log10(max(1, microseconds)) / decades
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    parts = [text(MARGIN, 26, "Processor time of the server a request, microseconds", "title")]
    about = (
        f"synthetics-local {report['version']}; {CONNECTIONS} connections, "
        f"{report['canaries']} canaries; logarithmic: a step to the right is ten times as much"
    )
    parts.append(text(MARGIN, 45, about, "quiet"))
    for decade in range(decades + 1):
        at = x(10**decade)
        parts.append(f'<path class="grid" d="M{at} {TOP - 4}V{bottom - GAP + 4}"/>')
        parts.append(text(at, TOP - 9, f"{10**decade:,}", "quiet", "middle"))
    y = TOP
    for operation in operations:
        cpu_of = {row["server"]: row["cpuUs"] for row in rows if row["operation"] == operation}
        parts.append(text(MARGIN, y + 13, operation, "operation"))
        for server in filter(cpu_of.get, SERVERS):
            cpu = cpu_of[server]
            width = round(x(cpu) - LEFT, 1)
            label = f"{cpu:,.1f}" if cpu < 100 else f"{cpu:,.0f}"
            parts.append(text(LEFT - 8, y + 13, server, "quiet", "end"))
            size = f'width="{width}" height="{ROW - 4}"'
            parts.append(f'<rect class="{server}" x="{LEFT}" y="{y + 2}" {size}/>')
            parts.append(text(x(cpu) + 6, y + 13, label))
            y += ROW
        y += GAP
    parts.append(text(MARGIN, bottom + 8, LEGEND, "quiet"))
    return svg(bottom + 28, parts)


def text(x, y, words, kind=None, anchor=None):
    attributes = f' class="{kind}"' if kind else ""
    attributes += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x}" y="{y}"{attributes}>{words}</text>'


def svg(height, parts):
    def bars(shade):
        return "".join(f".{name} {{ fill: {both[shade]}; }}\n" for name, both in COLOURS.items())

    style = f"{STYLE}{bars(0)}@media (prefers-color-scheme: dark) {{{DARK_STYLE}{bars(1)}}}\n"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">',
            f"<style>{style}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}" rx="6"/>',
            *parts,
            "</svg>\n",
        ]
    )
