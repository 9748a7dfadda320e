# Two commands matter: `make atlas` and `make test`. Both can be run again at no cost.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find src data styles -type f -not -name '*.pyc') pyproject.toml

.PHONY: atlas test lint bench clean

atlas: out/atlas.html out/atlas-team-FICTIEF.html  ## build the atlas from the embedded data into out/

out/atlas.html: $(VENV)/.atlas $(SOURCES)
	$(BIN)/atlas build --out out

# the page of a team, for all municipalities, from made-up data of full size
out/atlas-team-FICTIEF.html: $(VENV)/.atlas $(SOURCES)
	rm -rf .cache/demo
	$(BIN)/atlas demo --out .cache/demo
	$(BIN)/atlas raster density .cache/demo/dossier-FICTIEF --gemeente alle --purpose demonstratie \
	  --output .cache/demo/FICTIEF_dichtheid.tif
	$(BIN)/atlas build --dossier .cache/demo/dossier-FICTIEF --audience team --gemeente alle \
	  --purpose demonstratie --addresses .cache/demo/bestanden/FICTIEF_adressen.gpkg \
	  --raster .cache/demo/FICTIEF_dichtheid.tif --out out

test: $(VENV)/.test .cache/system-packages  ## set up what the tests need, and run them
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.lint  ## style, types of atlas.core, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=tests $(BIN)/lint-imports

bench: $(VENV)/.test .cache/system-packages  ## measure beside the plain tools, as ratios
	$(BIN)/python bench/run.py

clean:  ## remove everything that was made
	rm -rf $(VENV) .cache out dist build

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "De atlas heeft Python 3.11 of nieuwer nodig; dit is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Het pakket python3-venv ontbreekt. Laat de beheerder uitvoeren: apt-get install python3-venv"; exit 1; }
	@touch $@

# constraints.txt pins every library: the same input gives the same bytes on every machine
$(VENV)/.atlas: $(VENV)/.created pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.atlas
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(VENV)/.lint: $(VENV)/.atlas
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[lint]'
	@touch $@

.cache/system-packages: tests/system_packages.sh
	bash tests/system_packages.sh
	@mkdir -p .cache && touch $@
