# Rscript phylogeny.R: ape's Grafen branch lengths and nlme's gls with corPagel on phylogeny.csv.
suppressMessages({library(ape); library(nlme); library(jsonlite)})
d <- read.csv("phylogeny.csv", na.strings = NULL)
node <- function(rows) {  # Newick of rows below one family: branches, then languages
  parts <- sapply(unique(rows$branch), function(b) {
    tips <- rows$language[rows$branch == b]
    if (b == "" || length(tips) == 1) paste(tips, collapse = ",")
    else paste0("(", paste(tips, collapse = ","), ")")
  })
  paste(parts, collapse = ",")
}
families <- sapply(unique(d$family), function(f) {
  rows <- d[d$family == f, ]
  if (nrow(rows) == 1) rows$language
  else if (length(unique(rows$branch)) == 1) paste0("(", paste(rows$language, collapse = ","), ")")
  else paste0("(", node(rows), ")")
})
tree <- read.tree(text = paste0("(", paste(families, collapse = ","), ");"))
tree <- compute.brlen(tree, method = "Grafen", power = 1)
half <- compute.brlen(tree, method = "Grafen", power = 0.5)
rownames(d) <- d$language
out <- list(versions = list(R = R.version.string, ape = as.character(packageVersion("ape")),
                            nlme = as.character(packageVersion("nlme"))),
            covariance = vcv(tree)[d$language, d$language],
            covariance_half = vcv(half)[d$language, d$language])
for (method in c("ML", "REML")) {
  f <- gls(gain ~ distance + share, d, method = method,
           correlation = corPagel(0.5, tree, form = ~language),
           control = glsControl(tolerance = 1e-12, msTol = 1e-14, maxIter = 500, msMaxIter = 500))
  fixed <- gls(gain ~ distance + share, d, method = method,
               correlation = corPagel(0.4, tree, form = ~language, fixed = TRUE))
  out[[method]] <- list(lambda = as.numeric(coef(f$modelStruct$corStruct, unconstrained = FALSE)),
                        log_likelihood = as.numeric(logLik(f)), estimate = coef(f),
                        standard_error = sqrt(diag(vcov(f))), sigma = f$sigma,
                        p_value = summary(f)$tTable[, "p-value"],
                        fixed = list(log_likelihood = as.numeric(logLik(fixed)), estimate = coef(fixed),
                                     standard_error = sqrt(diag(vcov(fixed)))))
}
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "phylogeny.json")
