# The two commands that a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
# Works where pip may not touch the system's Python and where ensurepip is missing.
PIP = $(PYTHON) -m pip --disable-pip-version-check --python .venv install --quiet
DAMAGED = .venv/demo/sample-integration
BENCHMARKS = command_line handlebars icons metrics
SECONDS ?= 60
SEED ?= 1
# Named after the Python that made the environment: with another one it is made anew.
READY = .venv/ready-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
SOURCES = pyproject.toml toolkit/__init__.py

.PHONY: demo test check bench bench-rooms fuzz clean

demo: $(READY)  ## lint the sample, then a damaged copy of it
	.venv/bin/ldit lint sample-integration
	rm -rf .venv/demo && mkdir -p .venv/demo && cp -R sample-integration .venv/demo
	sed -i.bak -e '/overview/s/\.",$$/",/' -e 's/otherCapabilities/otherCapability/' $(DAMAGED)/manifest.json
	rm $(DAMAGED)/manifest.json.bak
	.venv/bin/ldit lint $(DAMAGED) || test $$? -eq 1

test: .venv/ready-to-test  ## pass the tests
	.venv/bin/python -m pytest -n auto --dist worksteal

check: .venv/ready-to-check  ## what CI asks beside the tests: formatting, lint, types
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/zensical build -f docs/mkdocs.yml --strict

bench: .venv/ready-to-check  ## what checking costs, as ratios, in one table
	.venv/bin/python -m benchmarks.checking 100

bench-rooms: .venv/ready-to-check  ## the other ratios in benchmarks/
	for name in $(BENCHMARKS); do .venv/bin/python -m benchmarks.$$name || exit 1; done

fuzz: .venv/ready-to-fuzz  ## SECONDS=60 SEED=1 TARGETS="svg fix": random cases on all cores; failures go to tests/regressions
	.venv/bin/python -m tests.fuzz --seconds $(SECONDS) --seed $(SEED) $(TARGETS)

$(READY): $(SOURCES)
	test -e $@ || $(PYTHON) -m venv --clear --without-pip .venv
	$(PIP) -e .
	touch $@

.venv/ready-to-test: $(READY)
	$(PIP) -e '.[test]'
	touch $@

.venv/ready-to-check: $(READY)
	$(PIP) -e '.[dev]'
	touch $@

.venv/ready-to-fuzz: .venv/ready-to-test  # atheris has no wheel for every system; the fuzzers do without it
	$(PIP) atheris || true
	touch $@

clean:
	rm -rf .venv build dist .ci/node_modules
