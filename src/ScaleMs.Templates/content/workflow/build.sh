#!/usr/bin/env bash
# Builds the workflow's program when its sources changed, and starts it with these arguments: ./build.sh --target=report
# Messages of the build go to standard error. Exit codes: the program's; 3 where it does not build.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1

program=src/Starter-Study/bin/Release/net10.0/Starter-Study.dll
# A folder is newer when a file in it came or went.
if [ ! -f "$program" ] || [ -n "$(find src Directory.* \( -name bin -o -name obj \) -prune -o -newer "$program" -print)" ]; then
  dotnet build src/Starter-Study -c Release --verbosity quiet -clp:NoSummary >&2 || exit 3
  touch "$program"
fi
exec dotnet "$program" "$@"
