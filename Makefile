# Everything that is made here, from a fresh checkout. `make` alone lists it.
# Written for GNU make 3.81, which macOS has.

SEED := seeds/kennedy-khrushchev-1962-10-27
SYNTHETIC := tests/seeds/synthetic-1962-03-04
EMBASSY := tests/seeds/synthetic-embassy-1961-05-06
EDITION := out/kennedy-khrushchev-1962-10-27/edition.pdf
PRODUCTS := $(sort $(patsubst layouts/%/product.toml,%,$(wildcard layouts/*/product.toml)))

PYTHON := .venv/bin/python
PUBLISH := .venv/bin/publish
SHELLCHECK := .venv/bin/shellcheck
CODE := publish tests tools benchmarks
SCRIPTS := .ci/run tools/prepare.sh

# make test TESTS="tests/test_model.py -k dateline"; make bench RUNS=15; make lock UPGRADE=--upgrade
# make specimen FACE="Cable Pica"
TESTS :=
RUNS := 7
FACE := Cable Teletype
UPGRADE :=

# Every archival product must pass; CONFORMANCE=--allow-failures only counts.
CONFORMANCE :=
VERAPDF := .cache/verapdf/cli-1.30.2.jar

.DEFAULT_GOAL := help
# Two set-ups at once would write the same environment.
.NOTPARALLEL:
.PHONY: all bench check clean conformance edition faces help lock pictures prepare prepare-dev specimen
.PHONY: test verapdf

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

edition: prepare ## the facsimile and the reading edition in one PDF, in out/
	$(PUBLISH) build $(SEED)

test: prepare-dev ## the whole test suite (TESTS=… for some of it)
	$(PYTHON) -m pytest -n 2 --dist loadgroup $(TESTS)

check: prepare-dev ## format, lint and types
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m mypy
	@if [ -x $(SHELLCHECK) ]; then echo $(SHELLCHECK) $(SCRIPTS); $(SHELLCHECK) $(SCRIPTS); \
	else echo "shellcheck has no build for this machine: $(SCRIPTS) not checked"; fi

all: prepare ## every product of the sample seed
	$(PUBLISH) build $(SEED) $(addprefix --product ,$(PRODUCTS))

conformance: prepare-dev $(VERAPDF) ## veraPDF's judgement of every archival product (needs Java and Maven)
	$(PUBLISH) build $(SEED) $(SYNTHETIC) $(addprefix --product ,$(PRODUCTS)) --out out/conformance
	$(PUBLISH) build $(SEED) --paper a4 --out out/conformance
	$(PUBLISH) build $(SEED) --form teletype --set stock=carbon --out out/conformance
	$(PUBLISH) build $(SEED) --product facsimile --set fields=annotated --out out/conformance
	$(PUBLISH) build $(EMBASSY) --standard archive-2 --set stock=white --out out/conformance
	$(PUBLISH) build $(SEED) $(SYNTHETIC) $(addprefix --product ,$(PRODUCTS)) --standard archive-2 \
		--out out/conformance
	$(PYTHON) tools/conformance.py $(CONFORMANCE) --verapdf $(VERAPDF) out/conformance/*/*.pdf

bench: prepare-dev ## times against the peers (RUNS=…)
	$(PYTHON) benchmarks/bench.py --runs $(RUNS) $(SEED)
	$(PYTHON) benchmarks/panels.py $(SEED)

pictures: edition ## the README's pictures: a plate, a reading page, the facsimile's variants
	$(PYTHON) tools/pictures.py $(EDITION) docs/pictures F1 2
	$(PUBLISH) build $(SEED) --product facsimile --form teletype
	$(PUBLISH) build $(SEED) --product facsimile --set stock=carbon
	$(PUBLISH) build $(SEED) --product facsimile --set fields=annotated
	for variant in teletype carbon annotated; do $(PYTHON) tools/pictures.py \
		$(dir $(EDITION))facsimile-$$variant.pdf docs/pictures F1 --prefix $$variant- || exit 1; done

faces: prepare-dev ## the faces in fonts/ that are made here
	$(PYTHON) -m publish.faces

specimen: prepare ## a typed face on paper: sizes, strikes, the telegram (FACE=…)
	$(PYTHON) tools/specimen.py "$(FACE)" $(SEED) out/specimen

lock: prepare-dev ## the lock files, from pyproject.toml (UPGRADE=--upgrade for newer versions)
	$(PYTHON) -m uv $(LOCK) requirements.lock
	$(PYTHON) -m uv $(LOCK) requirements-dev.lock --extra dev --constraint requirements.lock

clean: ## remove what was built; .venv stays
	rm -rf out dist .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

# One file for every system and for Python 3.11 and newer.
LOCK = pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE) --output-file

prepare:
	@tools/prepare.sh

prepare-dev:
	@tools/prepare.sh dev

verapdf: $(VERAPDF)

$(VERAPDF): tools/verapdf/pom.xml tools/verapdf/SHA256SUMS
	mvn --batch-mode --quiet --no-transfer-progress -f tools/verapdf/pom.xml dependency:copy-dependencies
	touch $@
