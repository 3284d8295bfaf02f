#!/usr/bin/env bash
# What starting under `dotnet cake` costs over this repository's own host, with everything built, cached and up to date. Both find nothing to do
# in the same study, taking turns; medians of all rounds, in seconds by the clock and of processor time.
#
#   tests/ScaleMs.Benchmarks/cake-start.sh [ROUNDS]     11 rounds by default
#
# "in full" makes the run in both (--summary asks for every instance); "null run" lets the host answer from its memory, which a script has not.
# "empty" is a script with one empty task, under Cake's own engine: what Cake and the SDK take by themselves.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

rounds=${1:-11}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
study=(--target=simulate --set size=smoke)
printf '[Paths]\nCache=%s\n[Settings]\nEnableScriptCache=true\n' "$scratch/cache" >"$scratch/cake.config"
printf 'Task("x");\nRunTarget("x");\n' >"$scratch/build.cake"

run() {
  case $1 in
    cake-full) dotnet cake "${study[@]}" --summary "$scratch/summary.json" ;;
    host-full) ./build.sh "${study[@]}" --summary "$scratch/summary.json" ;;
    cake-null) dotnet cake "${study[@]}" ;;
    host-null) ./build.sh "${study[@]}" ;;
    empty) dotnet cake "$scratch/build.cake" ;;
  esac >/dev/null 2>&1
}

# Clock and processor time of one run.
measure() {
  local TIMEFORMAT='%3R %3U %3S'
  { time run "$1"; } 2>&1 | awk '{ printf "%.3f %.3f\n", $1, $2 + $3 }' >>"$scratch/$1"
}

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# The medians of one case, or of the differences of two in the same round.
tell() { # what, case, [case]
  local column
  printf '%-34s' "$1"
  for column in 1 2; do
    printf '%8.2f s' "$(paste -d' ' "$scratch/$2" "$scratch/${3:-$2}" | awk -v c=$column -v two="${3:-}" '{ print two == "" ? $c : $c - $(c + 2) }' | median)"
  done
  printf '\n'
}

cases=(cake-full host-full cake-null host-null empty)
for case in "${cases[@]}"; do run "$case" || { echo "cake-start.sh: '$case' fails; run it by hand" >&2; exit 1; }; done
for ((round = 0; round < rounds; round++)); do
  for case in "${cases[@]}"; do measure "$case"; done
done

printf '%-34s%10s%10s\n' "medians of $rounds rounds" clock processor
tell 'dotnet cake, in full' cake-full
tell 'host, in full' host-full
tell 'overhead of dotnet cake, in full' cake-full host-full
tell 'dotnet cake, null run' cake-null
tell 'host, null run' host-null
tell 'overhead of dotnet cake, null run' cake-null host-null
tell 'an empty script, alone' empty
