# Regenerates data/birthwt.csv and data/kyphosis.csv from the R packages (provenance only).
w <- function(d, f) write.csv(d, file.path("data", f), row.names = FALSE, na = "", quote = FALSE)
library(MASS)
b <- birthwt; b$race <- c("white", "black", "other")[b$race]
w(b[, c("low", "age", "lwt", "race", "smoke", "ptl", "ht", "ui", "ftv")], "birthwt.csv")
library(rpart); k <- kyphosis; k$Kyphosis <- as.character(k$Kyphosis); w(k, "kyphosis.csv")
