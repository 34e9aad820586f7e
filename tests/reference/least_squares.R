# Rscript least_squares.R: sandwich and clubSandwich on clustered.csv.
suppressMessages({library(sandwich); library(clubSandwich); library(jsonlite)})
d <- read.csv("clustered.csv")
f <- lm(y ~ distance + size, d)
error <- function(v) sqrt(diag(v))
satterthwaite <- function(by) {
  t <- coef_test(f, vcov = "CR2", cluster = d[[by]], test = "Satterthwaite")
  list(standard_error = t$SE, df = t[["df_Satt"]], p_value = t[["p_Satt"]])
}
out <- list(versions = list(R = R.version.string, sandwich = as.character(packageVersion("sandwich")),
                            clubSandwich = as.character(packageVersion("clubSandwich"))),
            estimate = coef(f), classical = error(vcov(f)), HC3 = error(vcovHC(f, "HC3")),
            CR1_language = error(vcovCL(f, ~language, type = "HC1")),
            two_way = error(vcovCL(f, ~ language + task, type = "HC1", multi0 = FALSE)),
            CR2_language = satterthwaite("language"), CR2_family = satterthwaite("family"))
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "least_squares.json")
