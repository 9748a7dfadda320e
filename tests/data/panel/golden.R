# Makes golden.csv from FICTIEF_panel.csv (unpacked) with R's survey 4.1-1: shares and standard errors of every
# question in the whole panel, the provinces, the survey regions and, without strata, the municipalities.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust")
panel <- read.csv("FICTIEF_panel.csv")
questions <- c(sprintf("v%02d", 1:10), "v59", "v60")
for (q in questions) panel[[paste0("y_", q)]] <- ifelse(is.na(panel[[q]]), NA, as.numeric(panel[[q]] == 1))
designs <- list(
  gewicht = svydesign(ids = ~1, weights = ~weging, data = panel),
  strata = svydesign(ids = ~1, strata = ~strat, weights = ~weging, data = panel)
)
one <- function(name, design, domain, q) {
  answered <- subset(design, !is.na(design$variables[[paste0("y_", q)]]))
  mean <- tryCatch(svymean(as.formula(paste0("~y_", q)), answered), error = function(e) NULL)
  data.frame(design = name, domein = domain, vraag = q, n = nrow(answered$variables),
             p = if (is.null(mean)) NA else as.numeric(mean), se = if (is.null(mean)) NA else as.numeric(SE(mean)))
}
result <- NULL
for (name in names(designs)) {
  design <- designs[[name]]
  for (q in questions) {
    result <- rbind(result, one(name, design, "totaal", q))
    for (p in unique(panel$provincie)) result <- rbind(result, one(name, subset(design, provincie == p), p, q))
    for (r in sort(unique(panel$regio))) result <- rbind(result, one(name, subset(design, regio == r), r, q))
    if (name == "gewicht") {
      for (g in sort(unique(panel$gemeente))) result <- rbind(result, one(name, subset(design, gemeente == g), g, q))
    }
  }
}
write.csv(result, "golden.csv", row.names = FALSE)
