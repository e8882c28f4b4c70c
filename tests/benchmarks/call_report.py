"""How the call's benchmarks print what they found: the terminal, Chromium, and the ratio of the two."""


def percentile(values: list[float], share: float) -> float:
    """nan where nothing was found."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def print_row(name: str, what: str, ours: float, peer: float) -> None:
    ratio = ours / peer if peer else float("nan")
    print(f"{name:34} {what:7} terminal {ours:8.1f}   Chromium {peer:8.1f}   ratio {ratio:5.2f}", flush=True)
