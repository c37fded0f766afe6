# make demo: set up and run the main job on one real project a language.  make test: set up and test.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q

.PHONY: demo test test-fast test-consumers consumers lint bench bench-long lock editor setup tools
demo: setup
	$(BIN)/python benchmarks/demo.py

test: setup
	$(PYTEST)

test-fast: setup
	$(PYTEST) -m "not slow and not consumers"

# The training stacks that need torch: some 5 GB, in an environment of their own beside the other.
test-consumers: consumers
	$(VENV)-consumers/bin/python -m pytest -q -m consumers tests/test_consumers.py

consumers: setup $(VENV)-consumers/.ready

$(VENV)-consumers/.ready: tests/consumers.txt requirements.lock
	$(PYTHON) -m venv $(VENV)-consumers
	$(BIN)/python -c "import sysconfig; p = sysconfig.get_path('purelib'); print(f'import site; site.addsitedir({p!r})')" \
		> $$($(VENV)-consumers/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/base.pth
	$(VENV)-consumers/bin/python -m pip install -q --disable-pip-version-check torch
	$(VENV)-consumers/bin/python -m pip install -q --disable-pip-version-check --no-deps -r tests/consumers.txt
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python benchmarks/scan.py
	$(BIN)/python benchmarks/check.py

# What takes long, best on a quiet machine.
bench-long: setup
	$(BIN)/python benchmarks/evidence.py

setup: tools $(VENV)/.ready

tools:
	@./.ci/tools

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Rewrites requirements.lock from pyproject.toml.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install -q pip-tools
	$(VENV)-lock/bin/pip-compile -q --strip-extras --allow-unsafe --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
		--all-build-deps --extra all --extra dev --output-file requirements.lock pyproject.toml
	rm -rf $(VENV)-lock

# Rewrites the bundle of the edit page's editor from its sources; needs Node.js.
editor:
	cd codeaug/web/editor && npm ci && npm run build
