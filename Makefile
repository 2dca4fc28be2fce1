# Everything a developer or CI runs. `make` alone lists the targets; each has one line after `##`.

PYTHON ?= python3
DEMO ?= demo
ARGS ?=
COVERAGE ?=
BIN := .venv/bin
RUN := $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help demo test check bench tidy messages wheel-test clean python run-set dev-set

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r target does; do printf '  make %-11s %s\n' "$$target" "$$does"; done

demo: run-set ## maak het demoproject in demo/ en open het / make the demo project in demo/ and open it
	@$(BIN)/verhalen demo "$(DEMO)"

test: dev-set ## run all tests (one subject: make test ARGS="-k undo")
	@$(RUN) -m pytest -n auto --dist worksteal $(COVERAGE) $(ARGS)

check: dev-set ## all that CI asks: format, lint, types, import contracts, catalogues, tests with coverage
	@echo "== ruff format" && $(RUN) -m ruff format --check .
	@echo "== ruff check" && $(RUN) -m ruff check .
	@echo "== mypy" && $(RUN) -m mypy
	@echo "== lint-imports" && $(BIN)/lint-imports --no-logo
	@echo "== message catalogues" && $(RUN) -m tools.messages compile && $(RUN) -m tools.messages check
	@echo "== pytest" && $(MAKE) --no-print-directory test COVERAGE="--cov --cov-report=term:skip-covered"

bench: dev-set ## measure the speed budgets
	@$(RUN) -m bench $(ARGS)

tidy: dev-set ## format, and fix what ruff can fix
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

messages: dev-set ## bring both message catalogues in line with the sources, and list what to translate
	@$(RUN) -m tools.messages extract
	@$(RUN) -m tools.messages check

wheel-test: dev-set ## build the wheel and run the demo from it in a new environment
	@echo "== wheel" && $(RUN) -m tools.wheel_smoke

clean: ## remove the environment, caches and build products (never demo/, exports/ or a project)
	rm -rf .venv build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests tools bench \( -name __pycache__ -o -name .mypy_cache \) -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -exec rm -f {} +

run-set: python
	@$(PYTHON) tools/prepare.py run

dev-set: python
	@$(PYTHON) tools/prepare.py dev

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Ik vind geen $(PYTHON). Installeer Python 3.11 of nieuwer en probeer opnieuw."; \
		echo "I cannot find $(PYTHON). Install Python 3.11 or newer and try again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is ouder dan 3.11. Wijs een nieuwere aan, bijvoorbeeld: make PYTHON=python3.12 demo"; \
		echo "$(PYTHON) is older than 3.11. Point to a newer one, for example: make PYTHON=python3.12 demo"; exit 1; }
