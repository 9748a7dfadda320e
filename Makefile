# Two commands matter: `make atlas` and `make test`. Both can be run again at no cost.
PYTHON ?= python3
# QGIS brings its plugins to the Python of the system, and to no other
QGIS_PYTHON := /usr/bin/python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find src data styles -type f -not -name '*.pyc') pyproject.toml

# the tests start hundreds of processes: each would compile the atlas again
unexport PYTHONDONTWRITEBYTECODE

.PHONY: atlas plugin plugin-check test test-matrix lint bench clean

atlas: out/atlas.html out/atlas-team-FICTIEF.html  ## build the atlas from the embedded data into out/

# who makes it, whom to ask and on which day stand on the atlas; without them it is an edition to try
out/atlas.html: $(VENV)/.atlas $(SOURCES)
	$(BIN)/atlas build --out out --trial --maker "$(MAKER)" --contact "$(CONTACT)" --made-on "$(MADE_ON)"

# the page of a team, for all municipalities, from made-up data of full size
out/atlas-team-FICTIEF.html: $(VENV)/.atlas $(SOURCES)
	rm -rf .cache/demo && mkdir -p out
	$(BIN)/atlas demo --out .cache/demo
	$(BIN)/atlas raster density .cache/demo/dossier-FICTIEF --municipality alle --purpose demonstratie \
	  --output .cache/demo/FICTIEF_dichtheid.tif
	$(MAKE) --no-print-directory campaign
	$(BIN)/atlas build --dossier .cache/demo/dossier-FICTIEF --audience team --municipality alle \
	  --purpose demonstratie --addresses .cache/demo/bestanden/FICTIEF_adressen.gpkg \
	  --neighbourhoods .cache/demo/bestanden/FICTIEF_buurten.gpkg --squares \
	  --raster .cache/demo/FICTIEF_dichtheid.tif --out out \
	  --maker "$(MAKER)" --contact "$(CONTACT)" --made-on "$(MADE_ON)"

# a made-up campaign of farm visits in that dossier: a plan, a route sheet, a package that went out and came back
VISITS := $(BIN)/atlas visits
DEMO := .cache/demo/dossier-FICTIEF
CAMPAIGN := --campaign "Erfbezoeken (FICTIEF)" --user demo
# back a week after the rounds of the example, or in two weeks from today when those days are long past
BACK_BY := $$(printf '%s\n' 2027-04-05 $$(date -d "+14 days" +%F) | sort | tail -1)
OUT := --round A --purpose demonstratie --back-by $(BACK_BY) $(CAMPAIGN)
EXAMPLE := docs/voorbeeld/erfbezoeken
.PHONY: campaign
campaign:
	$(VISITS) select $(DEMO) $(EXAMPLE)-regels.toml --municipality Midden-Drenthe --name "Erfbezoeken (FICTIEF)" \
	  --purpose "kennismaken en voorlichten" --keep-until 2035-12-31 --seed FICTIEF --user demo
	$(VISITS) rounds $(DEMO) $(EXAMPLE)-teams.csv --roads .cache/demo/bestanden/FICTIEF_wegen.gpkg --iterations 100 \
	  $(CAMPAIGN)
	$(VISITS) hand-out $(DEMO) -o out/FICTIEF_routeblad_A.pdf --roads .cache/demo/bestanden/FICTIEF_wegen.gpkg \
	  --teams $(EXAMPLE)-teams.csv $(OUT)
	$(VISITS) hand-out $(DEMO) -o .cache/demo/A.zip $(OUT)
	$(BIN)/atlas demo --out .cache/demo --package .cache/demo/A.zip
	$(BIN)/atlas objects return $(DEMO) .cache/demo/FICTIEF_A-terug.zip --user demo
	$(VISITS) back $(DEMO) A.zip --user demo
	$(VISITS) review $(DEMO) -o out/FICTIEF_toetsingsblad.pdf --municipality Midden-Drenthe \
	  --purpose demonstratie --account $(EXAMPLE)-verslag.toml --user demo

plugin: $(VENV)/.plugin  ## the QGIS plugin as dist/buitengebied_atlas-X.Y.Z.zip
	@$(BIN)/python -m release.plugin_zip

plugin-check: plugin  ## what the public plugin site asks of a zip, and complete translations
	$(BIN)/python -m release.translations --check
	$(BIN)/python -m release.site_checks

# in their order: by number of tests, as the library has it, long files with few come last, and one processor waits
test: $(VENV)/.test .cache/system-packages .venv-qgis/.created .venv-qt6/.created plugin  ## set up what the tests need, and run them
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	QT_QPA_PLATFORM=offscreen .venv-qt6/bin/python -m pytest -c tests/qt6/pytest.ini tests/qt6
	sh tests/qgis_plugin/run.sh .venv-qgis/bin/python tests/qgis_plugin

test-matrix: test  ## also what takes long, and the plugin tests on QGIS 3.44, in a Debian 13 of its own (as root)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "slow or hypothesis" --hypothesis-profile thorough
	bash tests/qgis_plugin/matrix.sh

lint: $(VENV)/.lint  ## style, types of atlas.core, who may import whom, and readiness for Qt 6
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=tests $(BIN)/lint-imports
	$(BIN)/python -m release.qt6_check

bench: $(VENV)/.test .cache/system-packages  ## measure beside the plain tools, as ratios
	$(BIN)/python bench/run.py

clean:  ## remove everything that was made
	rm -rf $(VENV) .venv-qgis .venv-qt6 .cache out dist build

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "De atlas heeft Python 3.11 of nieuwer nodig; dit is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Het pakket python3-venv ontbreekt. Laat de beheerder uitvoeren: apt-get install python3-venv"; exit 1; }
	@touch $@

# constraints.txt pins every library: the same input gives the same bytes on every machine
$(VENV)/.atlas: $(VENV)/.created pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[memo,protection,rounds]'
	@touch $@

$(VENV)/.test: $(VENV)/.atlas
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[memo,protection,rounds,test]'
	@touch $@

$(VENV)/.lint: $(VENV)/.atlas
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[lint]'
	@touch $@

$(VENV)/.plugin: $(VENV)/.atlas
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[plugin]'
	@touch $@

# QGIS's own packages and pytest: nothing of the atlas environment
.venv-qgis/.created: constraints-qgis.txt .cache/system-packages
	$(QGIS_PYTHON) -m venv --system-site-packages .venv-qgis
	.venv-qgis/bin/pip install --quiet --disable-pip-version-check -c constraints-qgis.txt pytest pytest-qgis
	@touch $@

.venv-qt6/.created: $(VENV)/.created constraints-qt6.txt
	$(PYTHON) -m venv .venv-qt6
	.venv-qt6/bin/pip install --quiet --disable-pip-version-check -c constraints-qt6.txt numpy pytest PyQt6
	@touch $@

.cache/system-packages: tests/system_packages.sh
	bash tests/system_packages.sh
	@mkdir -p .cache && touch $@
