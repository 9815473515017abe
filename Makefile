# Mainstay. `make run` shows it, `make test` proves it; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
DEMO_DAY := 2026-11-30
# Compiled modules are kept, whatever the shell says: each of many processes would compile them anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test test-fast test-postgres check bench reference demo-files clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[postgres,cluster]' --group dev
	@touch $@

run: $(VENV)/installed ## a running demonstration: prints its address and a sign-in (PORT=… chooses the port)
	@$(BIN)/mainstay init --quiet
	@$(BIN)/mainstay demo --if-empty
	@$(BIN)/mainstay serve --port $(PORT)

test: $(VENV)/installed-dev ## the whole test suite on SQLite, installs included
	@scripts/find_chromium
	@$(BIN)/python -m mainstay.cli.warming
	$(BIN)/pytest -n auto --dist loadgroup

test-fast: $(VENV)/installed-dev ## the part that takes under two minutes
	$(BIN)/pytest -n auto --dist loadgroup -m "not slow and not browser"

test-postgres: $(VENV)/installed-dev ## the suite on a PostgreSQL of its own, started and stopped here
	scripts/with_postgres $(BIN)/pytest -n auto --dist loadgroup -m "not browser"

check: $(VENV)/installed-dev ## linter, types, layers, templates, migrations, system checks
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	MAINSTAY_TESTING=1 $(BIN)/python -m django makemigrations --check --dry-run --settings mainstay.project.settings
	MAINSTAY_TESTING=1 $(BIN)/python -m django check --fail-level WARNING --settings mainstay.project.settings

bench: $(VENV)/installed-dev ## speed and memory as ratios, printed
	$(BIN)/python -m benchmarks

reference: $(VENV)/installed-dev ## write the reference pages that follow from declarations
	$(BIN)/python scripts/write_reference.py

demo-files: $(VENV)/installed ## write the files of demo/ anew
	rm -rf demo/set-up demo/last-month demo/this-month
	@$(BIN)/mainstay demo --files demo --day $(DEMO_DAY) >/dev/null

clean: ## remove what was installed and cached here; data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
