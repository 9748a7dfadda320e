"""Shares with errors of a made-up panel, beside R's survey if it is there.

60 questions in 11 areas, 5,000 respondents, with strata.
"""

import random
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from measuring import figure, sized

from atlas.core.figures.weighted_shares import Respondents

RESPONDENTS, QUESTIONS = sized(5_000, 500), sized(60, 5)
R = """
suppressMessages(library(survey))
d <- read.csv(commandArgs(TRUE)[1]); t <- proc.time()
des <- svydesign(ids = ~1, strata = ~strat, weights = ~w, data = d)
for (q in grep("^v", names(d), value = TRUE)) {
  f <- as.formula(paste0("~", q)); svymean(f, des)
  svyby(f, ~provincie, des, svymean); svyby(f, ~regio, des, svymean)
}
cat(sum((proc.time() - t)[1:2]))
"""


def main():
    chance = random.Random(1)
    regions = [f"SR0{number}" for number in range(1, 9)]
    places = [chance.choice(regions) for _one in range(RESPONDENTS)]
    provinces = ["PV22" if place < "SR04" else "PV20" for place in places]
    strata = [f"{place}{chance.randrange(3)}" for place in places]
    weights = [chance.lognormvariate(0, 0.7) for _one in range(RESPONDENTS)]
    answers = [[chance.random() < 0.3 for _one in range(RESPONDENTS)] for _question in range(QUESTIONS)]
    domains = [("totaal", province, place) for province, place in zip(provinces, places, strict=True)]
    begin = time.process_time()
    respondents = Respondents(weights, strata)
    for given in answers:
        for share in respondents.shares(given, domains).values():
            share.estimate()
    ours = time.process_time() - begin
    figure("panel: all shares with intervals, CPU", ours, 1.5, unit="s")
    if shutil.which("Rscript") is None:
        print("R is left out: it is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        table, script = Path(folder, "panel.csv"), Path(folder, "panel.R")
        header = ",".join(
            ["provincie", "regio", "strat", "w", *(f"v{number}" for number in range(QUESTIONS))]
        )
        rows = zip(provinces, places, strata, weights, *answers, strict=True)
        lines = (
            ",".join(str(int(cell)) if isinstance(cell, bool) else str(cell) for cell in row) for row in rows
        )
        table.write_text("\n".join([header, *lines]))
        script.write_text(R)
        done = subprocess.run(["Rscript", script, table], capture_output=True, text=True, check=False)
    if done.returncode:
        print("R is left out: its package survey is not installed")
    else:
        figure("panel: ours / R survey, CPU", ours / float(done.stdout), 1)


main()
