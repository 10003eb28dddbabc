# The two commands that matter: `make demo` and `make test`. Both do all set-up themselves.
# Works with GNU Make 3.81 (macOS) and in folders with spaces: only relative names, and `exec`, so that signals
# reach the program.

PORT ?= 8000
EMULATOR_PORT ?= 8010
SCENARIO ?=
EXIT ?=
FRESH ?=
BENCH ?= legacy_import
ARGS ?=
export PORT EMULATOR_PORT

PY = .venv/bin/python
# The newest Python that can make a virtual environment.
FIND_PYTHON = for p in .venv/bin/python python3.13 python3.12 python3.11 python3; do \
	  "$$p" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && break; p=; \
	done

COMPILE = $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

.PHONY: help setup demo test bench lint lock
help:
	@echo 'make demo    the whole product on this machine, with virtual phones in the browser'
	@echo '             SCENARIO=<file>|none what to play, EXIT=1 play and leave, PORT=$(PORT) EMULATOR_PORT=$(EMULATOR_PORT)'
	@echo '             it continues where the last one ended; FRESH=1 starts over'
	@echo '             with OPENAI_API_KEY set (or OPENAI_BASE_URL and OPENAI_MODEL) it plays with that model'
	@echo 'make test    the whole test suite; ARGS="-k join" to choose, ARGS="--quick" for unit tests alone'
	@echo 'make bench   how long moving older sessions takes; ARGS="--sessions 100000" for all of it'
	@echo '             BENCH=many_groups how soon many groups are answered at once by a slow model'
	@echo 'make lint    style, types, migrations, compose file'
	@echo 'make lock    compile requirements*.in into the locked requirements*.txt'

setup:
	@$(FIND_PYTHON); \
	if [ -z "$$p" ]; then exec sh devstack/no_python.sh; fi; \
	exec "$$p" devstack/bootstrap.py

demo: setup
	@exec $(PY) -m devstack demo $(if $(SCENARIO),--scenario '$(SCENARIO)') $(if $(filter-out 0 no false,$(EXIT)),--exit) \
	  $(if $(filter-out 0 no false,$(FRESH)),--fresh)

test: setup
	@exec $(PY) -m devstack test $(ARGS)

bench: setup
	@exec $(PY) -m devstack run $(PY) -m bench.$(BENCH) $(ARGS)

lint: setup
	@exec $(PY) -m devstack lint

lock: setup
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	$(COMPILE) -c requirements-dev.txt requirements.in -o requirements.txt
