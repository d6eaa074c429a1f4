# Every target makes its own .venv from the lock files (with hashes) when it is missing or older than they are.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
MARK := $(VENV)/.installed
# Generators have an environment of their own: what they need is no part of the server.
SDK := openapi/sdk
SDK_ENV := build/sdk-env
SDK_NODE := build/sdk-node

.PHONY: help examples demo serve test check fmt lint contract foreign generate verify lock mutants patroni sdks sdks-check sdks-test sdks-lock faults walls previous bench pgbouncer overload schemathesis drill nightly clean

SCALE ?= 100k

help: ## show this
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(MARK): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(MARK) ## play the main job end to end over HTTP (DEMO="--seed 7 --keep" for options)
	$(BIN)/jembatan demo $(DEMO)

serve: $(MARK) ## serve the API with everything it needs
	$(BIN)/jembatan serve

test: verify contract foreign ## everything: lint, types, structure, generated files, all tests
	$(BIN)/pytest -n 2 --dist loadgroup -q -m "not nightly"

nightly: $(MARK) ## what takes longest: 300 walks through an order's quantities, and the tests of tests
	QUANTITY_RUNS=300 $(BIN)/pytest -n 2 --dist loadgroup -q -m nightly tests
	QUANTITY_RUNS=300 $(BIN)/pytest -n 2 --dist loadgroup -q tests/scenarios/test_order_quantities.py

# What tests in other languages need. They are judged where their tools are, and what is left out is said.
foreign:
	@if command -v npm >/dev/null; then \
		cd tests/webhooks/node && npm ci --silent --ignore-scripts --no-audit --no-fund; \
	else echo "SKIPPED: npm is not installed; webhooks are verified by the Python library alone" >&2; fi
	@if command -v npm >/dev/null && command -v java >/dev/null; then \
		$(MAKE) --no-print-directory sdks SDKS="typescript go java"; \
	else echo "SKIPPED: npm or java is not installed; the TypeScript, Go and Java SDKs are neither made nor played" >&2; fi

faults: $(MARK) ## kill, cut, fill up and set wrong what can be, under load; promises by faults (SEED=… repeats a storm, FAULTS="--only …")
	PYTHONPATH=.:tests $(BIN)/python -m faults.storm.run $(if $(SEED),--seed $(SEED)) $(FAULTS)
	STATE_EXAMPLES=100 $(BIN)/pytest -q tests/scenarios/test_state_machine.py

overload: $(MARK) ## ten times what the server can do, for 30 s: what is done is done soon, the rest is refused at once
	PYTHONPATH=.:tests $(BIN)/python -m faults.storm.overload

drill: $(MARK) ## back up, destroy, restore elsewhere: sealed quotes stay sealed, the ledger verifies, feeds and webhooks go on
	$(BIN)/pytest -q -rs tests/faults/test_restore_drill.py

mutants: $(MARK) ## break one promise after the other in a copy; the named tests have to notice (MUTANTS="name …" for some)
	PYTHONPATH=.:tests $(BIN)/python -m mutants.run $(MUTANTS)

# What tests of walls and catalogue ask is meaningless with one down; they take each down themselves.
WALLS := tests/api tests/domain --ignore tests/api/walls
walls: $(MARK) ## the API's tests with one wall down, then with the other: statements that ask nothing, row policies that are off
	JEMBATAN_TEST_WALLS_OFF=statements $(BIN)/pytest -n 2 --dist loadgroup -q $(WALLS)
	JEMBATAN_TEST_WALLS_OFF=policies $(BIN)/pytest -n 2 --dist loadgroup -q $(WALLS)
	$(BIN)/pytest -q tests/api/walls

PGBOUNCER ?= $(shell command -v pgbouncer || command -v /usr/sbin/pgbouncer)
pgbouncer: $(MARK) ## the API's tests through pgbouncer in transaction mode, with the settings of docs/pgbouncer.md
	@test -n "$(PGBOUNCER)" || { echo "SKIPPED: pgbouncer is not installed" >&2; exit 1; }
	JEMBATAN_TEST_PGBOUNCER=$(PGBOUNCER) $(BIN)/pytest -n 2 --dist loadgroup -q tests/api tests/domain

schemathesis: $(MARK) ## the document against the application, with the counts (CASES=20000 for more)
	CASES=$(CASES) $(BIN)/pytest -q tests/contract

check: $(MARK) lint ## the inner loop, under 90 s
	$(BIN)/pytest -n 2 --dist loadgroup -q -m "not slow" -p no:schemathesis

bench: $(MARK) ## CPU per operation against targets and floors (SCALE=1k, 10k, 100k, 1m; BENCH="--only list" for options)
	PYTHONPATH=.:tests $(BIN)/python -m bench --scale $(SCALE) $(BENCH)

lint: $(MARK) ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

contract: ## the OpenAPI document, judged by Redocly (needs Node; skipped, visibly, without)
	@if command -v npm >/dev/null; then \
		cd openapi/tools && npm ci --silent --ignore-scripts --no-audit --no-fund && \
		REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true node_modules/.bin/redocly lint --config redocly.yaml --max-problems 50 ../openapi.json; \
	else echo "SKIPPED: make contract needs npm, which is not installed; the document was not judged by Redocly" >&2; fi

patroni: $(MARK) ## kill the leader of a PostgreSQL cluster under load (needs Debian's patroni, etcd-server, postgresql; 3 minutes)
	$(BIN)/pytest -q -rs tests/cluster/failover_drill.py

previous: $(MARK) ## the API's tests of the previous release on today's schema (REVISION=… another)
	$(BIN)/python tests/previous.py $(REVISION)

verify: lint ## lint, and generated files are fresh
	$(BIN)/python -m api.generated --check

fmt: $(MARK) ## format and fix what can be fixed by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

generate: $(MARK) ## write the generated files
	$(BIN)/python -m api.generated

examples: $(MARK) ## record the answers that the OpenAPI document shows anew (then `make generate`)
	RECORD=1 $(BIN)/pytest -q tests/authorisation/test_answers.py -k each_recorded

lock: $(MARK) ## resolve the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-header --no-annotate --no-emit-index-url --universal -q -o requirements.lock --python-version 3.11
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-header --no-annotate --no-emit-index-url --universal -q -o requirements-dev.lock --python-version 3.11

$(SDK_ENV)/.installed: $(SDK)/requirements.lock
	$(PYTHON) -m venv $(SDK_ENV)
	$(SDK_ENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(SDK)/requirements.lock
	@touch $@

$(SDK_NODE)/.installed: $(SDK)/package-lock.json
	mkdir -p $(SDK_NODE) && cp $(SDK)/package.json $(SDK)/package-lock.json $(SDK_NODE)/
	cd $(SDK_NODE) && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

sdks: $(SDK_ENV)/.installed $(SDK_NODE)/.installed ## make the SDKs of all languages from openapi.json (SDKS="go java" for some)
	$(SDK_ENV)/bin/python $(SDK)/build.py $(SDKS)

sdks-check: $(SDK_ENV)/.installed ## the committed Python SDK is what is made from openapi.json
	$(SDK_ENV)/bin/python $(SDK)/build.py --check

sdks-test: $(MARK) $(SDK_ENV)/.installed $(SDK_NODE)/.installed ## make the SDKs twice, and play every language's story
	$(SDK_ENV)/bin/python $(SDK)/build.py --twice
	$(BIN)/pytest -q tests/sdk

sdks-examples: $(MARK) ## record the answers that the OpenAPI document shows anew (then `make generate`)
	RECORD=1 $(BIN)/pytest -q tests/authorisation/test_answers.py -k each_recorded

lock: $(MARK) ## resolve the generators anew
	$(BIN)/uv pip compile $(SDK)/requirements.in --generate-hashes --no-header --no-annotate --no-emit-index-url --universal -q -o $(SDK)/requirements.lock --python-version 3.11
	cd $(SDK) && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove what can be made again
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
