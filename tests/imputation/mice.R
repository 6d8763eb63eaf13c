# Pooled logistic regressions after multiple imputation by mice, for tests/imputation.rs.
# Run in this folder: Rscript mice.R [unit ...]; writes UNIT.json beside itself.
# mice's defaults: predictive mean matching with 5 donors and matching of type 1 for numbers, logreg for two levels,
# polyreg for more; every other column, the outcome among them, predicts each incomplete one.
suppressMessages({library(mice); library(jsonlite)})
units <- list(
  pima2 = list(outcome = "diabetes", event = "pos", categorical = character(), m = 400, iterations = 20),
  simulated_levels = list(outcome = "y", event = "1", categorical = c("smoker", "work"), m = 100, iterations = 10))
# The second file is simulated: a number, two levels and three levels, with gaps that depend on the outcome and the age.
# It is large, because mice and Prognostim keep separated levels finite in different ways and polyreg does not draw
# its parameters, which in a small file is seen.
if (!file.exists("simulated_levels.csv")) {
  set.seed(11)
  n <- 2000
  age <- round(rnorm(n, 52, 12)); pain <- round(rnorm(n, 60, 15) + 0.3 * (age - 52))
  smoker <- rbinom(n, 1, plogis(-0.8 + 0.03 * (pain - 60)))
  odds <- cbind(1, exp(0.3 + 0.03 * (age - 52)), exp(-0.3 - 0.04 * (pain - 60) + 0.5 * smoker))
  work <- apply(odds, 1, function(o) sample(c("active", "retired", "sick"), 1, prob = o))
  y <- rbinom(n, 1, plogis(0.2 - 0.03 * (pain - 60) - 0.6 * smoker + 0.5 * (work == "active") + 0.01 * (age - 52)))
  d <- data.frame(y, age, pain, smoker, work)
  for (name in c("pain", "smoker", "work")) d[runif(n) < plogis(-1.8 + y + 0.03 * (age - 52)), name] <- NA
  write.csv(d, "simulated_levels.csv", row.names = FALSE, na = "", quote = FALSE)
}
wanted <- commandArgs(trailingOnly = TRUE)
if (length(wanted) == 0) wanted <- names(units)
for (name in wanted) {
  unit <- units[[name]]
  m <- unit$m; iterations <- unit$iterations
  d <- read.csv(paste0(name, ".csv"), na.strings = "")
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
