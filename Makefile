# Two commands: `make run` opens the chat on the sample corpus, `make test` passes all tests. Both set everything up.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 7860
TRANSCRIPTS ?= data/transcripts
export ONTHERECORD_INDEX ?= $(CURDIR)/.ontherecord/index
export GRADIO_ANALYTICS_ENABLED = False
export PIP_DISABLE_PIP_VERSION_CHECK = 1

BIN := .venv/bin
READY := .venv/.ready-to-run
READY_DEV := .venv/.ready-to-develop

.PHONY: run test check fix bench help
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(READY) ## set up, index data/transcripts, open the page on http://127.0.0.1:7860
	@$(BIN)/ontherecord index $(TRANSCRIPTS)
	@$(BIN)/ontherecord serve --host $(HOST) --port $(PORT)

test: check ## set up, check, and run every test, the page in a real browser included
	$(BIN)/python -m pytest

check: $(READY_DEV) ## formatting, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py

fix: $(READY_DEV) ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY_DEV) ## the quick benchmarks; each file in benchmarks/ says what it measures
	@for file in benchmarks/latency.py benchmarks/cold_start.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(READY_DEV): pyproject.toml $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
