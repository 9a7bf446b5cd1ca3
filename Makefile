# CoachDesk: the two commands a newcomer needs are `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help env system office demo test screens lock ratchet wheel installer benchmarks
BIN := .venv/bin
# One worker a core, each wants about 1.2 GB: at least two, at most eight.
WORKERS ?= $(shell cores=$$(nproc 2>/dev/null || echo 2); test $$cores -lt 2 && cores=2; test $$cores -gt 8 && cores=8; echo $$cores)
# Some machines keep no compiled modules: each program that a test starts would then compile all of ours again, two seconds of it.
export PYTHONDONTWRITEBYTECODE :=
# Apart from the data of a run that somebody makes meanwhile.
export COVERAGE_FILE := out/coverage
# Named in the environment, so that measuring begins before any module of the program is imported, in workers too.
MEASURED := tests.house.measuring,tests.house.coverage_ratchet

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

env: ## make .venv from the lock file, by hash
	@sh tools/environment.sh

system: ## install the Debian packages Qt needs, where they are missing
	@sh tools/system_packages.sh

office: # for one test, which is skipped where there is none, except on CI
	@sh tools/system_packages.sh libreoffice-calc-nogui || \
		echo "LibreOffice Calc could not be installed: the workbook is not tried in it."

demo: env system ## a practice vault, the sample caseload and an issued return in ./demo
	@sh tools/demo.sh

test: env system office ## the whole gate: format, lint, types, import contracts, tests with coverage
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@mkdir -p out
	@QT_QPA_PLATFORM=offscreen PYTEST_PLUGINS=$(MEASURED) $(BIN)/python -m pytest -p tests.house.fallen_workers -q -n $(WORKERS) --dist worksteal

screens: env system ## draw every screen again into docs/screens
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.screens

ratchet: env ## take files that reached full coverage off the list (run after make test)
	@$(BIN)/python -m tests.house.coverage_ratchet

lock: env ## resolve the dependencies again and write both lock files
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-build.lock
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade --group dev --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade --group pyproject.toml:build \
		--constraints requirements.lock --output-file requirements-build.lock

wheel: env ## build the wheel and use it from a fresh environment (not part of the gate)
	@sh tools/system_packages.sh xvfb
	@$(BIN)/nox -s wheel

installer: env ## freeze the one-folder build for this system and use it (not part of the gate)
	@sh tools/system_packages.sh binutils xvfb
	@$(BIN)/nox -s installer

benchmarks: env system ## measure the figures of benchmarks/README.md (slow; not part of the gate)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks
