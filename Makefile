# make run    a station with demo data and its duty desk     make test   everything, from nothing
# make setup  what is missing, and nothing else              make check  format, lint, types, arrows, QML, translations
VENV ?= .venv
PY := $(VENV)/bin/python
SHELL := /bin/bash
.PHONY: setup run test check format bench clean

setup:
	@VENV=$(VENV) packaging/setup.sh

run: setup
	@$(PY) packaging/run.py $(ARGS)

check: setup
	@$(PY) packaging/check.py

test: check
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

format:
	@$(VENV)/bin/ruff check --fix-only -q . && $(VENV)/bin/ruff format -q .

bench: setup
	@for bench in tests/benchmarks/bench_*.py; do echo "== $$bench"; $(PY) -m tests.benchmarks.$$(basename $$bench .py) $(ARGS) || exit 1; done

clean:
	rm -rf var build screenshots .mypy_cache .ruff_cache .hypothesis *.egg-info
