# Every target works from a clean clone; the environment is made once and renewed when its lock changes.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=
export PYTHON

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(VENV)/.base ## make up a couple, read their conversation, write the report
	@$(BIN)/ebbtide demo --out demo

.PHONY: test
test: $(VENV)/.dev ## run all tests, those in a browser included
	@bash scripts/chromium.sh
	@OMP_NUM_THREADS=1 POLARS_MAX_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

.PHONY: check
check: lint test ## everything that must hold: style, types, import contract, tests

.PHONY: lint
lint: $(VENV)/.dev ## style, types and import contract, without the tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: validate
validate: $(VENV)/.dev ## the figures of the README, over hundreds of made-up couples
	@$(BIN)/python -m validation

.PHONY: bench
bench: $(VENV)-bench/.bench ## time and memory of the commands, beside peers
	@$(VENV)-bench/bin/python -m benchmarks

# Memory that is freed is kept: every step of the training asks for the same again, and getting it anew takes as long.
.PHONY: train
train: $(VENV)-train/.train ## make the model of moves again: make train GOEMOTIONS=path/to/goemotions.tsv.gz
	@OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 \
		$(VENV)-train/bin/python -m training $(GOEMOTIONS)

.PHONY: lock
lock: $(VENV)/.dev ## renew requirements/*.txt from pyproject.toml
	@bash scripts/lock.sh $(VENV)

.PHONY: clean
clean: ## remove the environment and everything made
	rm -rf $(VENV) $(VENV)-bench $(VENV)-train build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.base: requirements/base.txt pyproject.toml scripts/environment.sh
	@bash scripts/environment.sh $(VENV) requirements/base.txt
	@touch $@

$(VENV)-bench/.bench: requirements/bench.txt pyproject.toml scripts/environment.sh
	@bash scripts/environment.sh $(VENV)-bench requirements/bench.txt
	@touch $@

$(VENV)-train/.train: requirements/base.txt requirements/train.txt pyproject.toml scripts/environment.sh
	@bash scripts/environment.sh $(VENV)-train requirements/train.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml scripts/environment.sh
	@bash scripts/environment.sh $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/.base
