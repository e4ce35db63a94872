# Two commands for a fresh machine with Python 3.11+, make and git. On Windows: python build.py
PYTHON ?= python3
SOAK ?= tests --whole
DEV = $(shell $(PYTHON) -c 'import build; print(build.environment("dev"))')

# What was compiled once is read by each of the processes of a run, and by the next run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site test fast soak lint bench lock pictures docs

site: ## build and publish the example site, and say where it is
	@$(PYTHON) build.py build

test: ## pass the tests
	@"$(DEV)" -m pytest -n auto --dist worksteal

fast: ## pass the pure laws alone: dates, rules, reading, how one item looks
	@"$(DEV)" -m pytest -n logical --dist worksteal -m fast

soak: ## long runs: kills, failing disks, readers, fuzz (SOAK= for a tenth of them)
	@"$(DEV)" -m pytest tests/soak $(SOAK)

lint: ## style and types
	@"$(DEV)" -m ruff check .
	@"$(DEV)" -m ruff format --check .
	@"$(DEV)" -m mypy

bench: ## measure against Hugo, MkDocs, Zensical and WeasyPrint in one run (BENCH="--large 100000")
	@"$$($(PYTHON) -c 'import build; print(build.environment("bench"))')" -m benchmarks $(BENCH)

pictures: ## take the pictures of the README and the manual anew from a build of the example
	@"$(DEV)" docs/pictures.py

docs: ## build the manual, in Chinese and English, into manual/
	@NO_MKDOCS_2_WARNING=1 "$(DEV)" -m mkdocs build -q --strict -f docs/zh.yml -d ../manual
	@NO_MKDOCS_2_WARNING=1 "$(DEV)" -m mkdocs build -q --strict -f docs/en.yml -d ../manual/en
	@echo manual/index.html

lock: ## renew the hash-locked lists in requirements/ (needs uv)
	@for group in run dev bench; do uv pip compile pyproject.toml --group $$group --universal \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --upgrade -q \
	  --python-version 3.11 -o requirements/$$group.txt; done
