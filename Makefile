# book · watch · test · thorough · lab · validate · clean; `lock` compiles the requirements after a change to pyproject.toml
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: book watch test thorough lab validate clean lock
.DELETE_ON_ERROR:

book: .venv/book.done validate
	$(BIN)/python -m claimbook.site

# While one writes: shows the book at http://127.0.0.1:8000/ and builds it anew when a file changes. WATCH takes options.
watch: .venv/book.done
	$(BIN)/python -m claimbook.site --watch $(WATCH)

test: .venv/test.done
	$(BIN)/python -m pytest

# What takes long and guards what seldom breaks: a fresh environment, other hash seeds, builds of very small books.
thorough: .venv/test.done
	$(BIN)/python -m pytest -m thorough

# At the root of the book, so that tables can be seen and changed beside the chapters. Jupyter refuses to run as root
# unless it is told to, and in a container there is nobody else. LAB takes options: make lab LAB="--ip=0.0.0.0"
lab: .venv/book.done
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB)

validate: .venv/book.done
	$(BIN)/python -m claimbook validate

clean:
	rm -rf .venv _build build claimbook.egg-info .pytest_cache .ruff_cache

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --no-header -o requirements.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --extra test -c requirements.txt -o requirements-test.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --no-header --extra engines -c requirements-test.txt -o requirements-engines.txt

.venv/bin/python:
	@command -v "$(PYTHON)" >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or say which one to use: make PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This is Python %d.%d; 3.11 or newer is needed." % sys.version_info[:2])' || { echo "Say which one to use: make PYTHON=python3.12"; exit 1; }
	"$(PYTHON)" -m venv .venv

.venv/%.done: .venv/bin/python requirements.txt requirements-test.txt pyproject.toml
	@echo "installing packages into .venv (a minute or two the first time)"
	$(PIP) install -q -r $(if $(filter test,$*),requirements-test.txt,requirements.txt)
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@
