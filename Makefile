# citegraph: `make demo` shows it, `make test` proves it. Everything is installed into .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Exact versions, checked by hash, and nothing is built but citegraph itself, so that nothing else is fetched.
LOCKED := $(PIP) install --require-hashes --only-binary=:all: --no-compile --requirement
ITSELF := $(PIP) install --no-index --no-deps --no-build-isolation --editable .
# On all processors, which pip does on one; files that are no code for this Python are left as they are.
BYTECODE := $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib kg api || true
# As many processes as there are processors; `make test PYTEST_ARGS="-n 0 -k find"` runs some tests in one.
PYTEST := -m pytest --numprocesses auto --dist loadgroup

# The tests start hundreds of processes, each of which would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo check test lint format bench train picture lock newest clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## install citegraph into .venv

demo: $(VENV)/.installed ## build the sample graph, ask it a question, draw it
	@$(BIN)/kg demo

check: lint ## check style, formatting and types, and run the fast tests: under a minute
	@$(BIN)/python $(PYTEST) --quiet -m 'not (slow or neo4j or browser)' $(PYTEST_ARGS)

test: $(VENV)/.installed-dev ## run all tests
	@$(BIN)/python $(PYTEST) $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev ## check style, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.installed-dev ## format the code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-dev ## time reading, extracting, building, queries and search on the sample papers
	@$(BIN)/python benchmarks

GOLD ?= ../shared/gold

JUDGED ?= $(wildcard ../shared/corpus/*.jsonl.gz)

train: $(VENV)/.installed-dev ## train the models again: make train GOLD=folder JUDGED=files, and the word vectors with CORPUS=files
	@$(LOCKED) requirements/train.txt
	@$(BYTECODE)
	@$(if $(CORPUS),$(BIN)/python -m training.vectors $(GOLD) $(CORPUS))
	@$(BIN)/python -m training.join $(GOLD) --corpus $(JUDGED)

picture: $(VENV)/.installed-dev ## write docs/graph.png, the README's picture, with Chromium
	@$(BIN)/python docs/picture.py

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --upgrade
LOCK    := UV_CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) pyproject.toml --group build

lock: | $(BIN)/python ## choose the newest versions that pyproject.toml allows, for requirements/
	@$(PIP) install 'uv>=0.8,<1'
	@$(LOCK) --extra dev --output-file requirements/dev.txt
	@$(LOCK) --constraint requirements/dev.txt --output-file requirements/run.txt
	@$(LOCK) --constraint requirements/dev.txt --extra train --output-file requirements/train.txt

newest: | $(BIN)/python ## run the tests on the newest versions that pyproject.toml allows, in .venv-newest
	@$(BIN)/python -m venv --clear .venv-newest
	@.venv-newest/bin/python -m pip --quiet --disable-pip-version-check install --editable '.[dev]'
	@.venv-newest/bin/python $(PYTEST) $(PYTEST_ARGS)

clean: ## remove .venv and what was built
	rm -rf $(VENV) .venv-newest build dist citegraph-demo

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) not found: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: citegraph needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1); name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "make: no virtual environment could be made; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing citegraph into $(VENV) (about a minute, once) ..."
	@$(LOCKED) requirements/run.txt
	@$(ITSELF)
	@$(BYTECODE)
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "installing citegraph and its development tools into $(VENV) (about a minute, once) ..."
	@$(LOCKED) requirements/dev.txt
	@$(ITSELF)
	@$(BYTECODE)
	@touch $@ $(VENV)/.installed
