# Restricted cubic splines of rms::rcs: knots, and the columns of the first values. Usage: Rscript rcs.R > ../expected/rcs.json
suppressPackageStartupMessages(library(rms)); library(jsonlite)
set.seed(20261121)
cases <- list(
  normal_400 = round(rnorm(400, 50, 15), 1),
  normal_80 = round(rnorm(80, 50, 15), 1),
  normal_25 = rnorm(25),
  whole_150 = sample(0:10, 150, TRUE),
  pile_at_0 = c(rep(0, 60), round(rexp(140, 1 / 30), 1)),
  pile_at_both_ends = c(rep(0, 30), rep(100, 25), round(runif(200, 0.1, 99.9), 1)),
  pile_at_0_small = c(rep(0, 20), round(rexp(50, 1 / 30), 1)),
  few_values = sample(c(1, 2, 3, 4, 5, 6), 120, TRUE),
  skewed_500 = round(exp(rnorm(500, 3, 1)), 2))
one <- function(name, nk) {
  x <- cases[[name]]
  columns <- tryCatch(suppressWarnings(rcs(x, nk)), error = function(e) NULL)
  if (is.null(columns)) return(NULL)
  list(name = name, n_knots = nk, x = x, knots = attr(columns, "parms"),
       columns = unname(unclass(as.matrix(columns))[1:12, , drop = FALSE] + 0))
}
all <- list()
for (name in names(cases)) for (nk in 3:5) all[[length(all) + 1]] <- one(name, nk)
cat(toJSON(list(versions = list(R = R.version.string, rms = as.character(packageVersion("rms")), Hmisc = as.character(packageVersion("Hmisc"))),
                tolerance = 1e-10, cases = Filter(Negate(is.null), all)), digits = 17, auto_unbox = TRUE))
