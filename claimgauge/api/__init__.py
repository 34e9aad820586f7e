"""The work of the command line for Python and notebooks: paths as text, any data frame, results that show themselves.

```
verify(reports, results=…)  → Verification   claims, findings, to_frame(), to_html(), write(folder)
check(claim, table=…)       → Checked        one sentence
read_results(file or frame) → DataFrame      the results table
gains(results)              → DataFrame
ask.distance(results), …    → Answered       the answer to one of six questions
plot.matrix(results), …     → matplotlib Figure
run(plan, out)              → Ran, or Grid for a dry run
```
"""
