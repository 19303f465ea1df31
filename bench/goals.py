"""What is compared with whom, and the goals for it."""

from dataclasses import dataclass

# By name: beside which server, and how the two rows make a number.
RATIOS = {
    "cpuToConstant": ("constant", lambda row, peer: row["cpuUs"] / peer["cpuUs"]),
    "cpuBelowMoto": ("moto", lambda row, peer: peer["cpuUs"] / row["cpuUs"]),
    "p99BelowMoto": ("moto", lambda row, peer: peer["p99Ms"] / row["p99Ms"]),
    "requestsAboveMoto": (
        "moto",
        lambda row, peer: row["requestsPerSecond"] / peer["requestsPerSecond"],
    ),
    "canariesAboveMoto": (
        "moto",
        lambda row, peer: row["canariesPerSecond"] / peer["canariesPerSecond"],
    ),
}

WORDS = {
    "cpuToConstant": "cpu <= {:g} x the constant server's",
    "cpuBelowMoto": "cpu >= {:g} x below moto_server's",
    "p99BelowMoto": "p99 >= {:g} x below moto_server's",
    "requestsAboveMoto": "requests a second >= {:g} x moto_server's",
    "canariesAboveMoto": "canaries a second >= {:g} x moto_server's",
}

CONNECTIONS = 16  # that the goals are for


@dataclass(frozen=True)
class Goal:
    operation: str
    server: str
    ratio: str
    limit: float

    def judge(self, ratio):
        """`ratio` is None where this run has not measured it."""
        words = WORDS[self.ratio].format(self.limit)
        at_most = "<=" in words
        met = None if ratio is None else ratio <= self.limit if at_most else ratio >= self.limit
        return {
            "goal": f"{self.operation}, {self.server}: {words}",
            "ratio": ratio,
            "limit": self.limit,
            "met": met,
        }


GOALS = (
    Goal("GetCanary", "memory", "cpuToConstant", 1.5),
    Goal("GetCanary", "memory", "cpuBelowMoto", 250),
    Goal("DescribeCanaries", "memory", "cpuToConstant", 3),
    Goal("DescribeCanaries", "memory", "canariesAboveMoto", 40),
    Goal("CreateCanary", "memory", "cpuToConstant", 3),
    Goal("CreateCanary", "memory", "cpuBelowMoto", 120),
    Goal("CreateCanary", "file", "cpuToConstant", 4),
    Goal("CreateCanary", "file", "p99BelowMoto", 30),
    Goal("CreateCanary", "full", "requestsAboveMoto", 70),
    Goal("mix 80/15/5", "memory", "cpuBelowMoto", 220),
)


def compare(rows):
    """Gives each row its ratios to the servers that were asked the same."""
    by_key = {key(row): row for row in rows}
    for row in rows:
        row["ratios"] = {}
        for name, (peer_name, ratio) in RATIOS.items():
            peer = by_key.get(key({**row, "server": peer_name}))
            try:
                row["ratios"][name] = None if peer is None else round(ratio(row, peer), 2)
            # Either has no such number: it is invalid, or lists nothing.
            except TypeError:
                row["ratios"][name] = None


def judge(rows):
    """A verdict for each goal."""
    ratios = {key(row): row["ratios"] for row in rows}

    def find(goal):
        return ratios.get((goal.operation, goal.server, CONNECTIONS), {}).get(goal.ratio)

    return [goal.judge(find(goal)) for goal in GOALS]


def key(row):
    return row["operation"], row["server"], row["connections"]
