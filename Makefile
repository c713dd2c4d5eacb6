# `make demo` and `make test` need Python 3.11 or newer, git and make. They install the rest.
# Works with GNU make 3.81 (macOS) and later.

VENV := .venv
BIN := $(VENV)/bin
NOW := 2026-12-14T18:00
# How long the fuzzer tries each reader: make soak FUZZ_SECONDS=600
FUZZ_SECONDS ?= 60
# More arguments for pytest: make test ARGS="-k fonts -x"
ARGS ?=
# A Python to prefer: make demo PYTHON=python3.12
PYTHON ?=

# A virtual environment does not survive being moved, so its stamps carry the place it is for.
PLACE := $(shell pwd | cksum | cut -d ' ' -f 1)
MADE := $(VENV)/made-$(PLACE)
READY := $(VENV)/ready-$(PLACE)
TESTABLE := $(VENV)/testable-$(PLACE)
SETTINGS := setup.cfg pyproject.toml constraints.txt

# Loads the system libraries that WeasyPrint loads. Fails with the names of those not found.
define LOAD_LIBRARIES
import ctypes, ctypes.util, sys
missing = []
for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"):
    try:
        ctypes.CDLL(f"lib{name}.so.0")
    except OSError:
        if not ctypes.util.find_library(name):
            missing.append(name)
sys.exit(", ".join(missing) or 0)
endef
export LOAD_LIBRARIES

.PHONY: help demo test soak constraints bench lint docs translations clean

help:
	@echo "make demo   set up, and write a plan for every example case, two handouts and a day's list into out/"
	@echo "make test   set up, and run all tests"
	@echo "make soak   run the long tests with many made-up cases"
	@echo "make constraints  write the versions that tests run with again, from the newest that fit"
	@echo "make bench  measure how long plans take"
	@echo "make lint   look for mistakes and untidy code"
	@echo "make docs   write the generated pages of docs/ again"
	@echo "make translations  bring the catalogs of the handout in step with the library"
	@echo "make clean  remove all that make made"

demo: $(READY)
	@set -- protocols/examples/*.yaml; \
	if ! test -e "$$1"; then echo "There is no example case in protocols/examples." >&2; exit 1; fi; \
	status=0; $(BIN)/planner plan "$$@" -o out --now $(NOW) || status=$$?; \
	case $$status in 0|3) ;; *) exit $$status ;; esac # 3: a plan stands at stop, as it should
	@for language in English Spanish; do \
	  $(BIN)/planner handout out/01-healthy-knee.pdf --language $$language --used-24h "oxycodone 5 mg x 3" \
	    --discharge-at 2026-12-17T11:00 --now 2026-12-17T08:00 -o out/01-healthy-knee-handout-$$language.pdf || exit $$?; \
	done
	@status=0; \
	$(BIN)/planner batch protocols/examples/operating-list.csv -o out/list --resume --merge all --now $(NOW) || status=$$?; \
	case $$status in 0|3) ;; *) exit $$status ;; esac # 3: a row has no protocol, as it should

test: $(TESTABLE)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

soak: $(TESTABLE)
	PLANNER_TEST_PROFILE=soak $(BIN)/python -m pytest -m "not benchmark" tests/clinical/test_properties.py \
	  tests/clinical/regional/test_budget.py tests/documents/test_faster.py tests/audit \
	  tests/hostile $(ARGS)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[soak]' \
	  || { echo "The fuzzer is not to be had here; its part is left out." >&2; exit 0; }; \
	for target in case plan schedule protocols; do \
	  $(BIN)/python -m tests.hostile.fuzz $$target out/fuzz/$$target $(FUZZ_SECONDS) || exit $$?; \
	done

	@mkdir -p out; $(BIN)/python -m pip_audit --requirement constraints.txt --no-deps --disable-pip > out/vulnerabilities.txt 2>&1; \
	if grep -q "known vulnerabilit" out/vulnerabilities.txt; then cat out/vulnerabilities.txt; \
	  ! grep -q "^Found" out/vulnerabilities.txt; \
	else echo "Known vulnerabilities cannot be looked up here; this part is left out." >&2; fi

constraints: $(TESTABLE)
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable '.[test,soak]'
	$(BIN)/python -m pip freeze --all --exclude-editable --exclude pip > constraints.txt

bench: $(TESTABLE)
	$(BIN)/python -m pytest -m benchmark -s $(ARGS)

lint: $(TESTABLE)
	$(BIN)/ruff check planner tests

docs: $(READY)
	$(BIN)/python -m planner.docs

translations: $(READY)
	$(BIN)/python -m planner.translations

clean:
	rm -rf $(VENV) out build dist planner.egg-info .pytest_cache .hypothesis .ruff_cache

$(TESTABLE): $(MADE) $(SETTINGS)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@ $(READY)

$(READY): $(MADE) $(SETTINGS)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(MADE):
	@python=; \
	for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	  then python=$$candidate; break; fi; \
	done; \
	if test -z "$$python"; then \
	  echo "planner needs Python 3.11 or newer; none was found. Install one, or name it: make demo PYTHON=..." >&2; \
	  exit 1; \
	fi; \
	wanted=; \
	missing=$$($$python -c "$$LOAD_LIBRARIES" 2>&1) || wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"; \
	if ! $$python -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  missing="$${missing:+$$missing, }venv of $$python"; wanted="$${wanted:+$$wanted }$${python##*/}-venv"; \
	fi; \
	if test -n "$$wanted"; then \
	  echo "Missing on this machine: $$missing" >&2; \
	  if test "$$(uname)" = Darwin; then \
	    echo "Run this, then make again:    brew install pango python" >&2; exit 1; \
	  elif ! command -v apt-get >/dev/null; then \
	    echo "Install Pango, HarfBuzz with its subset library, and Python's venv with this system's" >&2; \
	    echo "package manager, then run make again." >&2; exit 1; \
	  elif test "$$(id -u)" != 0; then \
	    echo "Run this, then make again:    sudo apt-get update && sudo apt-get install -y $$wanted" >&2; exit 1; \
	  fi; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -q && apt-get install -q -y --no-install-recommends $$wanted </dev/null || exit 1; \
	  $$python -c "$$LOAD_LIBRARIES" || { echo "are still missing for $$python." >&2; exit 1; }; \
	fi; \
	echo "Making $(VENV) with $$($$python --version)"; \
	$$python -m venv --clear $(VENV)
	@touch $@
