PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEV := .venv/.installed-dev

.PHONY: demo test check eval bench clean help

help:            ## show this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is %d.%d: try make PYTHON=python3.11" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv

$(STAMP): .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $(STAMP)

$(DEV): $(STAMP) pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(DEV)

demo: $(STAMP)    ## set up, read the example dispatches, print one reading in full
	@mkdir -p demo
	$(BIN)/depeche read examples/*.jsonl --format jsonl > demo/readings.jsonl
	$(BIN)/depeche read examples/*.jsonl --format html > demo/readings.html
	$(BIN)/depeche read examples/01-visite.jsonl
	@echo
	@echo "All the readings of examples/: demo/readings.jsonl, and with the text beside them: demo/readings.html (open it in a browser)"

test: $(DEV)     ## set up and run the tests
	$(BIN)/python -m pytest -q

check: $(DEV)    ## formatter, linter, strict types, import layers, language folders and cases
	$(BIN)/ruff format --check src tests evaluation training
	$(BIN)/ruff check src tests evaluation training
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_cases.py tests/test_lexicon.py

eval: $(DEV)     ## measure against the gold readings and hold the floors
	$(BIN)/python evaluation/gate.py

bench: $(DEV)    ## speed, as ratios in one run
	$(BIN)/python evaluation/speed.py

clean:           ## remove what make made
	rm -rf .venv demo
