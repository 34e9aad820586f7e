#!/usr/bin/env bash
# The step of action.yml that checks: REPORTS, RESULTS, FAIL_ON, OPTIONS and OUT come from its inputs.
set -uo pipefail

arguments=()
for pattern in $REPORTS; do
  matched=0
  while IFS= read -r file; do arguments+=("$file"); matched=1; done < <(compgen -G "$pattern")
  [ "$matched" = 1 ] || { echo "::error::no report matches $pattern"; exit 2; }
done
for file in $RESULTS; do arguments+=(--results "$file"); done
for option in ${OPTIONS:-}; do arguments+=("$option"); done

claimgauge verify "${arguments[@]}" --out "$OUT" ${FAIL_ON:+--fail-on "$FAIL_ON"}
status=$?
if [ -s "$OUT/report.md" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$OUT/report.md" >> "$GITHUB_STEP_SUMMARY"; fi
exit "$status"
