# The few verbs a newcomer needs. A machine with Python 3.11 or newer and make is enough.

PYTHON ?= python3
BIN := .venv/bin
RUN_TESTS := $(BIN)/pytest -n auto -q

.PHONY: site docs test check bench lock clean

site: .venv/ready-to-build ## build the demo into public/
	$(BIN)/cmsite build
	@echo
	@echo "The demo stands in public/. To look at it:"
	@echo "    .venv/bin/cmsite serve"
	@echo "then open the address it tells. Another reader's edition: .venv/bin/cmsite build -p jeu-lyon"

docs: .venv/ready-to-build ## make a site of the documentation, in docs/site/public/
	$(BIN)/python docs/site/prepare.py
	$(BIN)/cmsite --site docs/site build --all --strict
	@echo
	@echo "The documentation stands in docs/site/public/. To read it, all four editions:"
	@echo "    python3 -m http.server -d docs/site/public 8000"
	@echo "then open http://localhost:8000/"

test: .venv/ready-to-test ## run every test
	$(RUN_TESTS)

check: .venv/ready-to-test ## lint, format, types, tests but those in a browser, and the demo as strictly as can be
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(RUN_TESTS) -m "not browser"
	$(BIN)/cmsite check

bench: .venv/ready-to-build ## measure beside Hugo and Pelican and write the page; QUICK=1: in two minutes, print only
	$(BIN)/python -m benchmarks run $(if $(QUICK),--quick,--write)

lock: .venv/ready-to-test ## resolve the dependencies anew and write their hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --upgrade pyproject.toml --extra all --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --upgrade pyproject.toml --extra all --group dev -o requirements-dev.lock

clean: ## delete what can be made again
	rm -rf .venv .bench .cmsite public private docs/site/.cmsite docs/site/content docs/site/public .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready-to-build: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

.venv/ready-to-test: .venv/ready-to-build requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@
