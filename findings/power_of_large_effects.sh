#!/usr/bin/env bash
# The power of a t-test for a large effect comes back as NaN, where it is 1 to many digits.
#
# statsmodels 0.15.0 with scipy 1.17.1: `ttest_power` adds the two tails of the noncentral t distribution. For a
# two-sided test of an effect of five standard deviations with four observations at the 1 % level the far tail is
# asked for with scipy's `nct.cdf`, which gives NaN instead of a number near 0; the sum, and the power, is NaN. The same
# call with twice the effect gives a number. Of a plain grid of designs 103 of 1,440 have no power.
# Who searches for a sample size by such calls gets none, or a wrong one, where the answer is the easiest.
#
# Expected output is checked below; the script fails when the behaviour changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.0 2>/dev/null || \
  "$folder/env/bin/pip" install -q statsmodels==0.15.0 scipy==1.17.1
"$folder/env/bin/python" - <<'PY'
import warnings
from itertools import product

import numpy as np
from scipy.integrate import quad
from scipy.stats import chi2, nct, norm, t
from statsmodels.stats.power import ttest_power

warnings.simplefilter("ignore")


def far_tail(x, df, shift):
    """P(T <= x) of the noncentral t, integrated over the standard deviation."""
    inside = lambda s: norm.cdf(x * s - shift) * 2 * df * s * chi2.pdf(df * s * s, df)
    return quad(inside, 0, np.inf)[0]


effect, n, level = 5.0, 4, 0.01
line = t.isf(level / 2, n - 1)
shift = effect * n**0.5
print("power, effect 5: ", ttest_power(effect, n, level))
print("power, effect 10:", round(float(ttest_power(effect * 2, n, level)), 4))
print("far tail by scipy:", nct.cdf(-line, n - 1, shift), " by integration:", far_tail(-line, n - 1, shift) < 1e-12)
designs = list(product((2, 3, 4, 5, 8, 10, 20, 50, 100, 200), (0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100),
                       (0.1, 0.05, 0.01, 0.001), ("two-sided", "larger", "smaller")))
missing = sum(not np.isfinite(ttest_power(d, m, a, alternative=w)) for m, d, a, w in designs)
near = far_tail(line, n - 1, shift)
print("power, effect 5, by integration:", round(1 - near, 4))
print(missing, "of", len(designs), "designs without a power")
assert np.isnan(ttest_power(effect, n, level)) and np.isnan(nct.cdf(-line, n - 1, shift)) and missing > 0 and near < 0.1
PY
