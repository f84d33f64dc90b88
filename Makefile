# What a newcomer needs: `make demo`, then `make test`. Everything is installed into .venv and nowhere else.
PYTHON ?= python3
PORT   ?= 8080
DEMO_LANGUAGE ?= en
KILLS  ?= 220
RUN     = .venv/bin/python

.PHONY: help demo run test tests crash-test bench audit licences lint format texts lock pictures clean

help:
	@echo "make demo      start everything on this machine; no Telegram account needed (PORT=$(PORT), DEMO_LANGUAGE=en or zh; DATASET=district: with a year of a district in it)"
	@echo "make test      lint, types and tests: everything CI runs"
	@echo "make run       the bot for real; needs BOT_TOKEN"
	@echo "make crash-test  kill the bot some hundred times and reckon up (KILLS=$(KILLS), SEED= repeats a run, ONLY=road, dispatch, broadcast, forgetting or reminders); about 18 minutes"
	@echo "make bench     what a report costs, beside two other libraries, and with 100,000 reports; about 15 minutes"
	@echo "make audit     whether there are advisories about what is locked; make licences: under which licence each is"
	@echo "make texts     collect texts for translators; make pictures: the README's pictures anew"

.venv/run.installed: requirements/run.txt
	@scripts/install $(PYTHON) run

.venv/dev.installed: requirements/run.txt requirements/dev.txt
	@scripts/install $(PYTHON) dev

.venv-peers/peers.installed: benchmarks/peers/requirements.txt
	@scripts/install $(PYTHON) peers

.venv-audit/audit.installed: requirements/audit.txt
	@scripts/install $(PYTHON) audit

demo: .venv/run.installed
	@$(RUN) -m bot demo --port $(PORT) --language $(DEMO_LANGUAGE) $(if $(DATASET),--dataset $(DATASET))

run: .venv/run.installed
	@$(RUN) -m bot run

# Four at a time on two cores: each test has its own folder and ports, and half of its time it waits for answers. A file
# is not divided, for some of its tests share what is slow.
# Style and types are checked meanwhile: one of them alone leaves a core idle for a minute.
test: .venv/dev.installed .venv-peers/peers.installed
	@$(MAKE) --no-print-directory -j 2 lint tests

tests:
	@$(RUN) -m pytest -n 4 --dist loadfile --no-loadscope-reorder

crash-test: .venv/dev.installed
	@$(RUN) -m tests.crash --kills $(KILLS) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

bench: .venv/run.installed .venv-peers/peers.installed
	@$(RUN) -m benchmarks

audit: .venv-audit/audit.installed
	@.venv-audit/bin/python scripts/audit.py

licences: .venv/dev.installed
	@$(RUN) scripts/licences.py

lint: .venv/dev.installed
	@echo "Checking style, types and the direction of imports ..."
	@$(RUN) -m ruff format --check --quiet .
	@$(RUN) -m ruff check --quiet .
	@$(RUN) -m mypy
	@.venv/bin/lint-imports --no-cache > .venv/imports.log || { cat .venv/imports.log; exit 1; }

format: .venv/dev.installed
	@$(RUN) -m ruff check --fix --quiet . ; $(RUN) -m ruff format .

texts: .venv/dev.installed
	@$(RUN) scripts/texts.py

pictures: .venv/dev.installed
	@$(RUN) scripts/pictures.py

# For maintainers: needs `uv` on the PATH. No index or file addresses may end up in these files.
lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --python-version 3.11 -q -o requirements/run.txt
	uv pip compile pyproject.toml --extra dev -c requirements/run.txt --universal --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --python-version 3.11 -q -o requirements/dev.txt
	uv pip compile requirements/audit.in --universal --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --python-version 3.11 -q -o requirements/audit.txt
	uv pip compile benchmarks/peers/requirements.in --universal --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --python-version 3.11 -q -o benchmarks/peers/requirements.txt

clean:
	rm -rf .venv .venv-peers .venv-audit .mypy_cache .ruff_cache .pytest_cache .hypothesis
