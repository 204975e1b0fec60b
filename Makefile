# Everything needs only python3 (3.11 or newer), git and make: the first command makes .venv from the lock file.
PYTHON ?= python3
BIN := .venv/bin
BLUEPRINT ?= b2b

.PHONY: demo test check fix docs prove bench install clean

ROWS ?= 100k
EXPRESSIONS ?= 100000

demo: .venv/.stamp
	$(BIN)/crm demo $(BLUEPRINT)

test: .venv/.stamp
	tools/with-postgres $(BIN)/pytest -q -n auto --dist loadfile

check: .venv/.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.docs --check

fix: .venv/.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.stamp
	$(BIN)/python -m tools.docs
	$(BIN)/python -m tools.pictures

prove: .venv/.stamp
	tools/with-postgres $(BIN)/python -m tests.properties --expressions $(EXPRESSIONS)
	CRM_PROVE=1 tools/with-postgres $(BIN)/pytest -q tests/properties tests/expressions/test_hostile.py \
		tests/web/api/test_schemathesis.py tests/exchange/test_whole_way.py

bench: .venv/.stamp
	tools/with-postgres $(BIN)/python -m benchmarks --rows $(ROWS) --write

install: .venv/.stamp

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/.stamp: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
