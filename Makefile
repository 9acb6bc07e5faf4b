# make demo: annotate seeds/ with the base install; make test, make check: what CI runs.
.PHONY: demo test check clean

PYTHON ?= python3
BIN := .venv/bin

.venv/base: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/dev: .venv/base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[train,dev,bench]"
	touch $@

demo: .venv/base
	$(BIN)/argmine annotate seeds/articles --out out/demo.jsonl --summary

test: .venv/dev
	$(BIN)/python -m pytest

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf .venv out build dist
