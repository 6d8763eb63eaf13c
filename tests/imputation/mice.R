# Pooled logistic regressions after multiple imputation by mice, for tests/imputation.rs.
# Run in this folder: Rscript mice.R [unit ...]; writes UNIT.json beside itself.
# mice's defaults: predictive mean matching with 5 donors and matching of type 1 for numbers, logreg for two levels,
# polyreg for more; every other column, the outcome among them, predicts each incomplete one.
suppressMessages({library(mice); library(jsonlite)})
units <- list(
  pima2 = list(file = "pima2.csv", outcome = "diabetes", event = "pos", categorical = character()),
  birthwt_gaps = list(file = "birthwt_gaps.csv", outcome = "low", event = "1", categorical = c("race", "smoke")))
# The second file is Hosmer and Lemeshow's birth weights with values taken away at random given the outcome and the age.
if (!file.exists("birthwt_gaps.csv")) {
  set.seed(11)
  d <- read.csv("../reference/data/birthwt.csv")
  for (name in c("lwt", "smoke", "race")) {
    gone <- runif(nrow(d)) < plogis(-1.6 + 0.8 * d$low + 0.05 * (d$age - 23))
    d[gone, name] <- NA
  }
  write.csv(d, "birthwt_gaps.csv", row.names = FALSE, na = "", quote = FALSE)
}
wanted <- commandArgs(trailingOnly = TRUE)
if (length(wanted) == 0) wanted <- names(units)
m <- 400; iterations <- 20
for (name in wanted) {
  unit <- units[[name]]
  d <- read.csv(unit$file, na.strings = "")
  for (column in unit$categorical) d[[column]] <- factor(d[[column]])
  d[[unit$outcome]] <- as.integer(as.character(d[[unit$outcome]]) == unit$event)
  imputed <- mice(d, m = m, maxit = iterations, seed = 2026, printFlag = FALSE)
  predictors <- setdiff(names(d), unit$outcome)
  form <- as.formula(paste(unit$outcome, "~", paste(predictors, collapse = " + ")))
  fits <- lapply(seq_len(m), function(i) glm(form, family = binomial, data = complete(imputed, i)))
  pooled <- pool(as.mira(fits))$pooled
  write_json(list(mice = as.character(packageVersion("mice")), R = R.version.string, seed = 2026, m = m,
    iterations = iterations, method = as.list(imputed$method), outcome = unit$outcome, event = unit$event,
    categorical = I(unit$categorical), predictors = predictors,
    terms = data.frame(term = as.character(pooled$term), estimate = pooled$estimate, within = pooled$ubar,
      between = pooled$b, total = pooled$t, df = pooled$df, fmi = pooled$fmi)),
    paste0(name, ".json"), auto_unbox = TRUE, digits = 10, pretty = TRUE)
  print(pooled[, c("term", "estimate", "ubar", "b", "t", "df", "fmi")])
}
