"""Figures beside a peer or a physical limit in the same run. Run with `python -m tests.benchmarks.bench_NAME`."""
