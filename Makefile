# Developers' verbs. The product itself needs none: `python3 start.py`, `python3 start.py test`.
# ARGS goes to pytest: make test ARGS="tests/optimizer -x"

SYSTEM_PYTHON ?= python3
VENV := $(or $(ARBITRAGE_VENV),.venv)
PYTHON := $(VENV)/bin/python
UV_COMPILE := $(PYTHON) -m uv -q pip compile --universal --python-version 3.11 \
	--annotation-style line --no-header

.PHONY: check lint types test ready bench bench-ui trust play pins

check: lint types test  ## everything a change must pass

ready:
	@$(SYSTEM_PYTHON) start.py setup

lint: ready
	$(PYTHON) -m ruff check .

types: ready
	$(PYTHON) -m mypy

test:
	$(SYSTEM_PYTHON) start.py test $(ARGS)

# What is measured, never asserted on a clock: each file of benchmarks/ prints its own table.
bench: ready
	@$(call each,$(filter-out benchmarks/ui_%,$(wildcard benchmarks/[a-z]*.py)))

bench-ui: ready
	@$(call each,$(wildcard benchmarks/ui_*.py))

# The tests of what must survive, with the long counts where they read ARBITRAGE_LONG.
LONG := $(wildcard tests/faults tests/postgres tests/services tests/optimizer)
trust: ready
	$(if $(LONG),ARBITRAGE_LONG=1 $(PYTHON) -m pytest $(LONG) $(ARGS),@echo "nothing to run yet")

# A whole cycle by seven people in seven browser windows; says how soon each saw the others.
play: ready
	ARBITRAGE_LONG=1 $(PYTHON) -m pytest -s tests/browser/test_meeting_live.py \
		tests/browser/test_whole_cycle.py $(ARGS)

# Renew requirements*.txt from requirements*.in; PINS=--upgrade takes the newest of everything.
pins: ready
	$(PYTHON) -m pip install -q uv
	$(call pinned,requirements,cat,What the product runs on)
	$(call pinned,requirements-dev,$(BESIDE),What tests and checks need beside the product)

each = $(if $(1),set -e; for file in $(1); do echo "== $$file"; PYTHONPATH=. $(PYTHON) $$file; done,\
	echo "nothing to measure yet")
BESIDE = awk 'BEGIN {print "-r requirements.txt"} NR==FNR {seen[$$1]; next} !($$1 in seen)' \
	requirements.txt
pinned = cp $(1).txt $(1).new && $(UV_COMPILE) $(PINS) $(1).in -o $(1).new > /dev/null \
	&& { echo '\# $(3), exactly pinned; "-r $(1).in" marks the direct. Made by `make pins`.'; \
	$(2) $(1).new; } > $(1).made && mv $(1).made $(1).txt && rm $(1).new
