# Needs only make and Python 3.11 or newer; every target below sets up .venv/ by itself the first time.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format types contracts check eval train meanings bench test-local-model docs lock wheel clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## build .venv/ with everything pinned by hash

# Made anew when the pins or the project's metadata change. The project itself is installed editable and builds
# with the pinned hatchling: nothing outside the lock is ever fetched.
$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "notecoach needs Python 3.11 or newer, and '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP)  ## serve on http://127.0.0.1:8000 with the embedded engine
	$(BIN)/notecoach serve

test: $(STAMP)  ## run the tests, offline
	$(BIN)/python -m pytest

lint: $(STAMP)  ## formatting and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(STAMP)  ## rewrite the files the way lint wants them
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(STAMP)  ## strict types
	$(BIN)/mypy

contracts: $(STAMP)  ## which module may import which
	$(BIN)/lint-imports

check: lint types contracts test  ## all of the above

eval: $(STAMP)  ## measure the engine against rated notes
	$(BIN)/notecoach eval

# In a .venv of its own, so that the engine's carries nothing that only training needs.
.train/.ready: requirements-train.lock
	@test -x .train/bin/python || $(PYTHON) -m venv .train
	.train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	@touch $@

train: $(STAMP) .train/.ready  ## learn the engine's weights anew from the rated notes (takes minutes)
	.train/bin/python -m evals.training

meanings: $(STAMP) .train/.ready  ## make the places of words anew; `make train` after it (takes minutes)
	.train/bin/python -m evals.training.meanings

bench: $(STAMP)  ## measure speed and memory
	$(BIN)/python -m bench

# Not in CI: it builds llama-cpp-python from source. LOCAL_MODEL_VENV=DIR keeps what was built for the next run.
test-local-model: $(STAMP)  ## run end to end over a real, tiny local model (takes minutes)
	$(BIN)/python -m bench.local_model

docs: $(STAMP)  ## write docs/rules and the samples in the READMEs from the program
	$(BIN)/python -m docs.generate

wheel: $(STAMP)  ## build dist/*.whl
	$(BIN)/python -m build --quiet --wheel --no-isolation

# Universal hashed pins that name no index. uv resolves for every platform at once; get it with `pip install uv`.
UV   ?= uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --no-header $(UPGRADE)

lock:  ## renew the lock files (needs uv; UPGRADE=--upgrade takes newer versions)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv (pip install uv), or UV=/path/to/uv" >&2; exit 1; }
	@$(LOCK) pyproject.toml -o requirements.lock >/dev/null
	@$(LOCK) pyproject.toml --group dev -o requirements-dev.lock >/dev/null
	@$(LOCK) pyproject.toml --group train -o requirements-train.lock >/dev/null
	@$(LOCK) --group build -o requirements-build.lock >/dev/null

clean:  ## remove what was built
	rm -rf $(VENV) .train dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
