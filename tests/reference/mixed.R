# Rscript mixed.R: lme4 and lmerTest on mixed.csv, written to mixed.json.
suppressMessages({library(lme4); library(lmerTest); library(jsonlite)})
d <- read.csv("mixed.csv")
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5))
models <- list(
  intercepts = y ~ distance + (1 | task) + (1 | language) + (1 | method),
  slopes = y ~ distance + (1 | task) + (0 + distance | task) + (1 | language) + (1 | method),
  correlated = y ~ distance + (1 + distance | task) + (1 | language) + (1 | method),
  method_fixed = y ~ distance + factor(method) + (1 | task) + (1 | language)
)
out <- list(versions = list(R = R.version.string, lme4 = as.character(packageVersion("lme4")),
                            lmerTest = as.character(packageVersion("lmerTest"))))
for (name in names(models)) for (reml in c(TRUE, FALSE)) {
  f <- lmerTest::lmer(models[[name]], d, REML = reml, control = control)
  s <- coef(summary(f, ddf = "Satterthwaite"))
  v <- as.data.frame(VarCorr(f))
  entry <- list(log_likelihood = as.numeric(logLik(f)), estimate = s[, "Estimate"],
                standard_error = s[, "Std. Error"], df = s[, "df"], p_value = s[, "Pr(>|t|)"],
                components = v[, c("grp", "var1", "var2", "vcov")], sigma = sigma(f),
                language = ranef(f)$language[, 1])
  if (name == "method_fixed") {
    a <- anova(f, ddf = "Satterthwaite")
    entry$f_method <- list(F = a["factor(method)", "F value"], df = a["factor(method)", "NumDF"],
                           df_error = a["factor(method)", "DenDF"], p = a["factor(method)", "Pr(>F)"])
  }
  out[[paste(name, if (reml) "reml" else "ml", sep = "_")]] <- entry
}
write(toJSON(out, digits = 12, auto_unbox = TRUE, pretty = TRUE), "mixed.json")
