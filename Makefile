# `make demo` and `make test` need nothing but Python 3.11 or newer, git and this checkout.
# Each sets up an environment of its own from the locks in requirements/, and only again when a lock has changed.
# `make PYTHON=/path/to/python …` chooses the interpreter, `make test ARGS=…` says more to pytest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Two installations from one checkout at a time would write the same build folder.
.NOTPARALLEL:

ifeq ($(OS),Windows_NT)
bin := Scripts
else
bin := bin
endif

# Asked and not just looked for: a name on the path may be too old, a shim to nothing, or come without venv.
usable = import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
candidates := python3 python3.14 python3.13 python3.12 python3.11 python
PYTHON ?= $(shell for name in $(candidates); do \
	if "$$name" -c '$(usable)' >/dev/null 2>&1; then echo "$$name"; break; fi; done)

demo_env := .venv
check_env := .venv-check
lock_env := .venv-lock
bench_env := .venv-bench
check := $(check_env)/$(bin)
pip_quietly := -m pip --disable-pip-version-check install --quiet

rooms := commands correspondence machines persistence scheduler translations workflow
# The folders too: their dates tell of a file taken away.
shipped := pyproject.toml LICENSE cli.py $(shell find $(rooms) -name __pycache__ -prune -o -print 2>/dev/null)

WORKERS ?= auto
# One tree gets one answer, wherever and however often it is checked. `make explore` draws a new seed.
SEED ?= 20261122

.PHONY: help
help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1 - \2/p' Makefile

.PHONY: demo
demo: $(demo_env)/.installed ## run the main job on the report's own example
	$(demo_env)/$(bin)/arendegang demo

.PHONY: test
test: lint types catalogues ## run every check
	$(check)/python -m pytest --numprocesses=$(WORKERS) --hypothesis-seed=$(SEED) --cov --cov-report=term $(ARGS)

# What a rare example shows belongs before whoever can mend it, and not in the way of another's change.
.PHONY: explore
explore: $(check_env)/.installed ## search for what the random tests have not met: a new seed, many more examples
	HYPOTHESIS_PROFILE=long $(check)/python -m pytest --numprocesses=$(WORKERS) -m hypothesis $(ARGS)

# Hours, not minutes: every class of fault as often as its figure asks. Seeds and counts stand at the end of the report.
.PHONY: torture
torture: $(check_env)/.installed ## run the fault tests at length: crashes, torn files, failing disks, many writers
	TORTURE=1 $(check)/python -m pytest --numprocesses=$(WORKERS) $(faults) $(ARGS)

faults := tests/faults tests/audit tests/commands/test_crash.py tests/persistence/test_backup.py \
	tests/persistence/test_many_at_once.py

.PHONY: lint
lint: $(check_env)/.installed ## ruff: rules and format
	$(check)/ruff check .
	$(check)/ruff format --check .

.PHONY: types
types: $(check_env)/.installed ## mypy, strict
	$(check)/mypy

.PHONY: catalogues
catalogues: $(check_env)/.installed ## the Swedish and the English catalogue against the code
ifneq ($(wildcard translations/check.py),)
	$(check)/python -m translations.check
endif

.PHONY: format
format: $(check_env)/.installed ## let ruff put the code in order
	$(check)/ruff check --fix .
	$(check)/ruff format .

# Ratios within one run are what counts: others may use the machine meanwhile.
.PHONY: bench
bench: $(bench_env)/.installed ## measure: transitions, audit, sweep, cold starts, a large register
	for figures in transition audit sweeping cold_start register_import; do \
		$(bench_env)/$(bin)/python -m benchmarks.$$figures || exit 1; done

# Pins that still fit are kept: change the .in files or pyproject.toml first.
.PHONY: locks
locks: $(lock_env)/.installed ## resolve the locks anew, for every platform and Python at once
	$(resolve) requirements/build.in -o requirements/build.txt
	$(resolve) pyproject.toml -o requirements/runtime.txt
	$(resolve) pyproject.toml requirements/build.in requirements/develop.in \
		-c requirements/build.txt -c requirements/runtime.txt -o requirements/develop.txt
	$(resolve) pyproject.toml requirements/benchmark.in -c requirements/runtime.txt -o requirements/benchmark.txt

resolve := $(lock_env)/$(bin)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-config

.PHONY: clean
clean: ## remove environments and everything made
	rm -rf $(demo_env) $(check_env) $(lock_env) $(bench_env) build dist *.egg-info .coverage .coverage.*
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: python
python:
	@"$(PYTHON)" -c '$(usable)' >/dev/null 2>&1 || { \
		echo "make: no Python 3.11 or newer with venv and pip was found; install one, or name it: make PYTHON=..." >&2; \
		exit 1; }

# The demo runs what a person would install, not the checkout: so it is installed anew when a shipped file changes.
# A build folder left over would carry deleted modules into the package.
$(demo_env)/.installed: $(demo_env)/.locked $(shipped)
	rm -rf build
	$(demo_env)/$(bin)/python $(pip_quietly) --no-deps --no-build-isolation --force-reinstall .
	rm -rf build
	touch $@

$(demo_env)/.locked: requirements/build.txt requirements/runtime.txt | python
	"$(PYTHON)" -m venv $(demo_env)
	$(demo_env)/$(bin)/python $(pip_quietly) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	touch $@

# The checks run on the checkout itself; only the lock and the project's own description call for a new installation.
$(check_env)/.installed: requirements/develop.txt pyproject.toml | python
	"$(PYTHON)" -m venv --clear $(check_env)
	$(check)/python $(pip_quietly) --require-hashes -r requirements/develop.txt
	$(check)/python $(pip_quietly) --no-deps --no-build-isolation --editable .
	touch $@

# What is compared with may not be had everywhere: the product is then measured by itself, and says so.
$(bench_env)/.installed: requirements/benchmark.txt requirements/runtime.txt | python
	"$(PYTHON)" -m venv --clear $(bench_env)
	$(bench_env)/$(bin)/python $(pip_quietly) --require-hashes -r requirements/benchmark.txt || \
		$(bench_env)/$(bin)/python $(pip_quietly) --require-hashes -r requirements/runtime.txt
	touch $@

$(lock_env)/.installed: Makefile | python
	"$(PYTHON)" -m venv --clear $(lock_env)
	$(lock_env)/$(bin)/python $(pip_quietly) uv==0.13.9
	touch $@
