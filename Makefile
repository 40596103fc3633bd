# Two commands for a newcomer: `make demo` and `make test`. Each makes this checkout ready by itself.
BIN := .venv/bin
export OMP_NUM_THREADS ?= 2
export ORT_DISABLE_TELEMETRY := 1
MINUTES ?= 5

.PHONY: demo run test test-quick lint format bench bench-match bench-read bench-sign chaos fuzz units lock setup setup-dev clean

demo: setup            ## the whole main job on specimens; ends by itself
	$(BIN)/chungthuc demo

run: setup             ## pages and API on http://127.0.0.1:8000
	$(BIN)/chungthuc serve

test: setup-dev        ## everything that CI tests, in two processes
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

lint: setup-dev        ## formatting, rules, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-dev      ## put the code in its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup           ## the README's figures
	$(BIN)/chungthuc bench pipeline
	$(BIN)/chungthuc bench read

bench-match: setup     ## how fast records load and answer, into the README (ten minutes on two cores, 20 GB of disk)
	$(BIN)/chungthuc bench match --into README.md

bench-read: setup      ## how well papers are read, into the README (half an hour on two cores)
	mkdir -p var
	$(BIN)/chungthuc bench read --jobs 2 --keep var/bench-read.ndjson --into README.md

bench-sign: setup      ## how fast papers are signed and issued, into the README (four minutes on one core)
	$(BIN)/chungthuc bench sign --into README.md

chaos: setup-dev       ## the long form of the kill tests
	CHUNGTHUC_CHAOS=long $(BIN)/pytest -q tests/chaos

fuzz: setup-dev        ## hand changed files to the intake for MINUTES (5)
	ulimit -d 3000000; CHUNGTHUC_FUZZ_MINUTES=$(MINUTES) $(BIN)/pytest -q tests/ocr/test_fuzz.py

units: setup-dev       ## freeze the table of the 2025 merge anew from the data of the pinned wheel
	$(BIN)/python scripts/freeze_units.py

lock:                  ## renew the lock files (needs `uv` on the path)
	uv pip compile pyproject.toml --extra build --generate-hashes --no-header --no-annotate \
		--override scripts/lock-overrides.txt --python-version 3.11 --output-file requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --generate-hashes --no-header --no-annotate \
		--override scripts/lock-overrides.txt --python-version 3.11 --output-file requirements-dev.lock \
		--constraint requirements.lock

setup:
	@scripts/setup.sh run

setup-dev:
	@scripts/setup.sh dev

clean:                 ## forget the environment and everything kept under var/
	rm -rf .venv var
