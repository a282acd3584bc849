# Two commands matter: `make run` starts Unpinch, `make test` proves it. PORT and DATA_DIR may be set for both.
PYTHON ?= python3
TARGETS = run test demo build bench faults

.PHONY: $(TARGETS)
$(TARGETS):
	@exec $(PYTHON) tools/bootstrap.py $@
