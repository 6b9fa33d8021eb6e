# The two commands that a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
# Works where pip may not touch the system's Python and where ensurepip is missing.
PIP = $(PYTHON) -m pip --disable-pip-version-check --python .venv install --quiet
DAMAGED = .venv/demo/sample-integration
BENCHMARKS = command_line handlebars hooks icons metrics
SOURCES = pyproject.toml toolkit/__init__.py

.PHONY: demo test check bench bench-rooms clean

demo: .venv/ready  ## lint the sample, then a damaged copy of it
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

.venv/ready: $(SOURCES)
	$(PYTHON) -m venv --without-pip .venv
	$(PIP) -e .
	touch $@

.venv/ready-to-test: .venv/ready
	$(PIP) -e '.[test]'
	touch $@

.venv/ready-to-check: .venv/ready
	$(PIP) -e '.[dev]'
	touch $@

clean:
	rm -rf .venv build dist .ci/node_modules
