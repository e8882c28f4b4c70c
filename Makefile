# make run    a station with demo data and its duty desk     make test   everything, from nothing
# make setup  what is missing, and nothing else              make check  format, lint, types, arrows, QML, translations
# make bench  figures beside a peer or a physical limit      make fuzz   a minute of atheris on each parser of strangers' bytes
VENV ?= .venv
PY := $(VENV)/bin/python
SHELL := /bin/bash
# make soak   hours of kills and cuts: ten thousand kill -9 at a shelf, a hundred thousand steps beside a model, a log cut at every byte
.PHONY: setup run test check format bench fuzz soak clean

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

fuzz: setup
	@$(VENV)/bin/pip install -q --require-hashes -r packaging/requirements-fuzz.lock
	@for target in sdt scanner codes; do echo "== $$target"; $(PY) -m tests.fuzz $$target -max_total_time=$${SECONDS_EACH:-60} -rss_limit_mb=1024 -timeout=10 || exit 1; done

soak: setup
	@KILLS=$${KILLS:-10000} $(PY) -m pytest -q -n 0 --timeout 0 tests/kiosk/supplies/test_kill.py
	@STEPS=$${STEPS:-100000} $(PY) -m pytest -q -n 0 --timeout 0 tests/kiosk/supplies/test_model.py
	@$(PY) -m tests.soak.cut_log

clean:
	rm -rf var build screenshots .mypy_cache .ruff_cache .hypothesis *.egg-info
