"""Prometheus's text format, version 0.0.4, read as strictly as it is specified."""

import re

HELP = re.compile(r"# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\S.*)")
TYPE = re.compile(r"# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)")
LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"'
SAMPLE = re.compile(
    rf"([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
)


def parse(text):
    """The type and the samples, values by labels and suffix, of each metric. ValueError for what is none."""
    if not text.endswith("\n"):
        raise ValueError("the last line does not end")
    metrics, name, is_typed = {}, None, False
    for line in text[:-1].split("\n"):
        if found := HELP.fullmatch(line):
            name, is_typed = found[1], False
            if name in metrics:
                raise ValueError(f"twice: {line}")
            metrics[name] = (None, {})
        elif found := TYPE.fullmatch(line):
            if found[1] != name or is_typed:
                raise ValueError(f"no HELP before: {line}")
            metrics[name], is_typed = (found[2], {}), True
        elif found := SAMPLE.fullmatch(line):
            _add(metrics, name if is_typed else None, found)
        else:
            raise ValueError(f"no line of this format: {line}")
    for name, (kind, samples) in metrics.items():
        if kind == "histogram":
            _check_histogram(name, samples)
    return metrics


def _add(metrics, name, found):
    kind, samples = metrics.get(name, (None, {}))
    suffixes = ("_bucket", "_sum", "_count") if kind == "histogram" else ("",)
    suffix = found[1][len(name or "") :]
    labels = re.findall(LABEL, found[2] or "")
    key = (suffix, *sorted(labels))
    if not found[1].startswith(name or " ") or suffix not in suffixes:
        raise ValueError(f"a sample of no metric: {found[0]}")
    if key in samples or len(dict(labels)) != len(labels):
        raise ValueError(f"twice: {found[0]}")
    if kind == "counter" and not name.endswith("_total"):
        raise ValueError(f"no name of a counter: {name}")
    samples[key] = float(found[found.re.groups])


def _check_histogram(name, samples):
    series = {}
    for (suffix, *labels), value in samples.items():
        bound = [float(text) for label, text in labels if label == "le"]
        rest = tuple(label for label in labels if label[0] != "le")
        series.setdefault(rest, {})[(suffix, *bound)] = value
    for labels, values in series.items():
        buckets = sorted((key[1], value) for key, value in values.items() if key[0] == "_bucket")
        counts = [count for _, count in buckets]
        if not buckets or buckets[-1][0] != float("inf") or counts != sorted(counts):
            raise ValueError(f"{name}: the buckets of {labels} do not add up")
        if counts[-1] != values[("_count",)] or ("_sum",) not in values:
            raise ValueError(f"{name}: {labels} has no sum, or another count")
