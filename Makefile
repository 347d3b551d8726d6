# The commands of this project. A newcomer needs `make run` and `make test`; README.md says more.

PORT ?= 8000
DATA_DIR ?= .data
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test test-old check bench format messages schema requirements

help:
	@echo 'make run     start INA Access on http://127.0.0.1:$(PORT)/ (PORT=…, DATA_DIR=…)'
	@echo 'make test    run every test (ARGS=tests/catalog: only these)'
	@echo 'make test-old SINCE=v1.0   run the tests of an earlier version on the tables of this one'
	@echo 'make check   check style, types, imports, templates and migrations'
	@echo 'make bench   measure the pages at 10,000 and 100,000 products'
	@echo 'make messages  collect the texts to translate and compile the translations (needs gettext)'
	@echo 'make schema  write down the schema that the migrations make'
	@echo 'make format  put Python files and templates into shape'

run: $(VENV)/.runtime
	@PORT='$(PORT)' DATA_DIR='$(DATA_DIR)' exec $(BIN)/python -m inaaccess.run_local

test: $(VENV)/.development
	@BIN=$(BIN) WORKERS=$(WORKERS) ARGS='$(ARGS)' exec .ci/tests

test-old: $(VENV)/.development
	@BIN=$(BIN) SINCE='$(SINCE)' ARGS='$(ARGS)' exec .ci/old-code

# The checks side by side, the longest first; each can be called alone.
CHECKS := check-types check-templates check-migrations check-style check-imports check-deploy
.PHONY: $(CHECKS)
check: $(VENV)/.development
	@$(MAKE) --no-print-directory --jobs=$(WORKERS) --output-sync $(CHECKS)

$(CHECKS): export SECRET_KEY := checks-need-some-key-0123456789-abcdefghijklmnopqrstuvwxyz
$(CHECKS): $(VENV)/.development
check-types:
	$(BIN)/mypy
check-templates:
	$(BIN)/djlint --check templates
	$(BIN)/djlint --quiet --lint templates
check-migrations:
	$(BIN)/python -m inaaccess.local_postgres run -- $(BIN)/python manage.py makemigrations --check --dry-run
check-style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
check-imports:
	$(BIN)/lint-imports --no-logo
check-deploy:
	PRODUCTION=1 ALLOWED_HOSTS=inaaccess.example DATABASE_URL=postgres://checks@127.0.0.1/checks \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.development
	@$(BIN)/python -m inaaccess.local_postgres run --keep '$(DATA_DIR)/bench' \
		--set shared_buffers=2GB --set effective_cache_size=8GB --set maintenance_work_mem=512MB \
		--set max_wal_size=4GB -- $(BIN)/python manage.py bench $(ARGS)

format: $(VENV)/.development
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djlint --quiet --reformat templates || $(BIN)/djlint --quiet --reformat templates || true  # the second pass settles what the first moved

# Which texts are new or changed stands in locale/*/LC_MESSAGES/django.po as empty or fuzzy entries: fill them, run it again.
messages: $(VENV)/.development
	$(BIN)/python -m inaaccess.local_postgres run -- $(BIN)/python manage.py makemessages -l id -l es -l pt_BR \
		--add-location=file --no-obsolete --no-wrap -i '.venv*' -i '.data*' -i 'tests*' -i 'inaaccess/demo*'
	sed -i '/^"POT-Creation-Date/d' locale/*/LC_MESSAGES/django.po
	$(BIN)/python -m inaaccess.local_postgres run -- $(BIN)/python manage.py compilemessages -i '.venv*'

# What the tests compare the migrations with; commit it beside the migration that changes it.
schema: $(VENV)/.development
	$(BIN)/python -m pytest -q -n 0 --write-schema tests/test_schema.py

requirements: $(VENV)/.development
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements-dev.in -o requirements-dev.txt

# The virtual environment: made once, brought up to date when the pins are newer than the stamp.
$(VENV)/.runtime: requirements.txt
	@.ci/virtualenv $(VENV) requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt
	@.ci/virtualenv $(VENV) requirements-dev.txt
	@touch $@
