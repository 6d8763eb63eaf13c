# expected/auc_difference.json : paired DeLong difference of the apparent logit and a second, noisier score (pROC::roc.test)
suppressMessages({library(jsonlite); library(pROC)})
cases <- lapply(c("birthwt", "kyphosis", "pima2", "breast_cancer_mean10"), function(unit) {
  a <- fromJSON(sprintf("expected/%s.apparent_performance.json", unit)); n <- a$n
  second <- round(a$logit_apparent + 1.5 * sin(1.7 * seq_len(n)), 6)
  r <- function(s) roc(a$y, s, direction = "<", levels = 0:1, quiet = TRUE)
  r1 <- r(a$logit_apparent); r2 <- r(second); t <- roc.test(r1, r2, method = "delong", paired = TRUE)
  d <- as.numeric(auc(r1)) - as.numeric(auc(r2)); se <- sqrt(var(r1, method = "delong") + var(r2, method = "delong") - 2 * cov(r1, r2, method = "delong"))
  list(unit = unit, second = second, difference = d, std_error = se, low = d - qnorm(.975) * se, high = d + qnorm(.975) * se, p = t$p.value)
})
write(toJSON(list(versions = list(R = as.character(getRversion()), pROC = as.character(packageVersion("pROC"))), cases = cases), digits = 15, auto_unbox = TRUE, pretty = FALSE), "expected/auc_difference.json")
