# Rscript matrices.R: vegan's Mantel statistic and Kendall's W, ecodist's MRM.
suppressMessages({library(vegan); library(ecodist); library(jsonlite)})
read <- function(name) as.dist(as.matrix(read.csv(paste0("matrix_", name, ".csv"), header = FALSE)))
outcome <- read("outcome"); first <- read("first"); other <- read("other")
set.seed(1)
m <- MRM(outcome ~ first + other, nperm = 99999)
g <- vegan::mantel(outcome, first, permutations = 99999)
w <- kendall.global(t(as.matrix(read.csv("ratings.csv", header = FALSE))), nperm = 99999)
k <- friedman.test(as.matrix(read.csv("ratings.csv", header = FALSE)))
out <- list(versions = list(R = R.version.string, vegan = as.character(packageVersion("vegan")),
                            ecodist = as.character(packageVersion("ecodist"))),
            mrm = list(estimate = m$coef[, 1], p_value = m$coef[, 2], r_squared = m$r.squared[["R2"]],
                       p_model = m$r.squared[["pval"]]),
            mantel = list(r = g$statistic, p_one_sided = g$signif),
            kendall = list(table = as.data.frame(t(w$Concordance_analysis)), friedman = as.numeric(k$statistic),
                           p_friedman = k$p.value))
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "matrices.json")
