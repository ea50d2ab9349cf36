# Two commands are enough: `make run` and `make test`. Both install what they need by themselves.
# Needed beforehand: python3 >= 3.11 with venv, and make. Without make: python3 scripts/door.py run
PYTHON ?= python3
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: run test check proof demo bench lock help

run:    ## start the service with a demo town on 127.0.0.1 (PORT=8000), data under .local/
	@$(PYTHON) scripts/door.py run

test:   ## all gates, small counts; minutes per gate are printed
	@$(PYTHON) scripts/door.py test

check:  ## the quick gates, for work (up to 3 minutes)
	@$(PYTHON) scripts/door.py check

proof:  ## all gates with large counts; the result file is committed
	@$(PYTHON) scripts/door.py proof

demo:   ## walk one case through the house and say what the server saw of it
	@$(PYTHON) scripts/door.py demo

bench:  ## measure, and write benchmarks/results/
	@$(PYTHON) scripts/door.py bench

lock:   ## pin the dependencies anew, with hashes and without host names (needs uv and npm)
	@$(PYTHON) scripts/door.py lock

help:   ## this list
	@$(PYTHON) scripts/door.py help
