#!/usr/bin/env bash
# Runs the study: looks for the .NET SDK and the tools, builds the host when its sources changed, and starts it.
#
#   ./build.sh --target=simulate      the study          ./build.sh --help      all options of the host
#   ./build.sh --target=test          every test of this repository
#   ./build.sh --target=bench         how fast the engine is beside others: [--set n=1001 --set peers=ninja,snakemake]
#   ./build.sh --target=pack          the packages, in artifacts/packages: the same bytes for the same commit
#   ./build.sh --target=faults        kills runs of a small study at random instants [--set kills=N] [--set seed=S]
#
# All arguments reach the host as they are. Two are this script's own:
#   --install-tools    install missing tools with apt-get and sudo (as root, in a container or CI, that needs no asking)
#   --build-only       first argument only, for build.cake: no run; prints the digest that names the built folders
#
# Exit codes: the host's; 2 where the SDK or a tool is missing, 3 where the sources do not build, 1 where a test failed.
# Bash 3.2 (macOS) is enough. Messages go to standard error, so that standard output is the host's alone.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

say() { printf 'build.sh: %s\n' "$*" >&2; }

# ---------------------------------------------------------------------------------------------------------------- arguments

target='' gmx=${GMX_BIN:-} only_informs=false may_install=false build_only=false detaches=false
arguments=()

# Only looks: what is not this script's own goes on to the host, which judges it.
read_arguments() {
  if [ "${1:-}" = --build-only ]; then build_only=true; shift; fi
  local argument previous=''
  for argument; do
    case $argument in
      --install-tools) may_install=true; continue ;;
      --target=* | --target:* | -t=* | -t:*) target=${argument#*[=:]} ;;
      --detach) detaches=true ;;
      --set=gmx=* | --set:gmx=*) gmx=${argument#--set?gmx=} ;;
      -h | --help | --version | --ver | --info | --dryrun | --noop | --whatif) only_informs=true ;;
      --tree | --showtree | --description | --descriptions | --showdescription | --showdescriptions) only_informs=true ;;
      *) case $previous in
           --target | -t) target=$argument ;;
           --set) case $argument in gmx=*) gmx=${argument#gmx=} ;; esac ;;
         esac ;;
    esac
    previous=$argument
    arguments+=("$argument")
  done
}

# --------------------------------------------------------------------------------------------------------------------- SDK

require_dotnet() {
  # Inside the repository this fails too when no installed SDK satisfies global.json.
  if command -v dotnet >/dev/null && { [ "${1:-}" != sdk ] || dotnet --version >/dev/null 2>&1; }; then return; fi
  cat >&2 <<EOF
build.sh: the .NET SDK $(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json) or a later 10.0 is needed and was not found. Install it in one of these ways, then run this again:
  any system        the installer or script from https://dotnet.microsoft.com/download/dotnet/10.0
  Debian, Ubuntu    sudo apt-get install dotnet-sdk-10.0     (Debian: add Microsoft's package feed first, see the page above)
  Fedora, RHEL      sudo dnf install dotnet-sdk-10.0
  conda             conda install -c conda-forge dotnet-sdk
  macOS             brew install dotnet-sdk
EOF
  exit 2
}

# ------------------------------------------------------------------------------------------------------------------- tools

missing_tools() {
  if [ -z "$gmx" ] && ! command -v gmx >/dev/null && ! command -v gmx_mpi >/dev/null; then printf 'gromacs '; fi
  if ! command -v gnuplot >/dev/null; then printf 'gnuplot-nox '; fi
  if [ "$target" = test ]; then missing_test_tools; fi
}

# What some tests need beyond the study: the tool of another recipe, file systems of other kinds, a look at what a process opens, one more
# shell for what runs on nodes, and, for a root who may start them, the servers of other launchers.
missing_test_tools() {
  if [ "$(uname -s)" != Linux ]; then return; fi
  if [ "$EUID" -eq 0 ] && ! command -v mkfs.vfat >/dev/null; then printf 'dosfstools '; fi
  if ! command -v strace >/dev/null; then printf 'strace '; fi
  if ! command -v busybox >/dev/null; then printf 'busybox '; fi
  if ! command -v lmp >/dev/null; then printf 'lammps '; fi
  if [ "$EUID" -eq 0 ]; then missing_servers; fi
}

missing_servers() {
  local PATH=$PATH:/usr/sbin:/sbin
  if ! command -v slurmctld >/dev/null || ! command -v slurmd >/dev/null; then printf 'slurm-wlm '; fi
  if ! command -v munged >/dev/null; then printf 'munge '; fi
  if ! command -v rabbitmq-server >/dev/null; then printf 'rabbitmq-server '; fi
  if ! command -v sshd >/dev/null; then printf 'openssh-server '; fi
  if ! command -v ssh >/dev/null; then printf 'openssh-client '; fi
}

require_tools() {
  if $only_informs || [ "$target" = clean ] || [ "$target" = bench ]; then return; fi
  if [ -n "$gmx" ] && ! command -v -- "$gmx" >/dev/null; then
    say "GROMACS was asked for as '$gmx' (--set gmx=… or GMX_BIN), but there is no such program. Correct the path, or leave it out to use the gmx on the PATH."
    exit 2
  fi
  local missing; missing=$(missing_tools)
  if [ -z "$missing" ]; then return; fi
  install_tools "$missing"
  missing=$(missing_tools)
  if [ -z "$missing" ]; then return; fi
  # Tests that need a tool say that they were skipped; all others can run.
  if [ "$target" = test ]; then say "not installed: $missing(tests that need them are skipped)"; return; fi
  explain_tools "$missing"
  exit 2
}

# As root without being asked: that is a fresh container or CI. Anyone else says --install-tools.
install_tools() {
  local sudo=''
  if [ "$EUID" -ne 0 ]; then sudo=sudo; $may_install || return 0; fi
  command -v apt-get >/dev/null || return 0
  mkdir -p artifacts
  say "installing with apt-get: $1(log: artifacts/apt.log)"
  local apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300"
  # shellcheck disable=SC2086  # words on purpose
  if ! { $apt update && $apt install --yes --no-install-recommends $1; } >artifacts/apt.log 2>&1 </dev/null; then
    tail -n 5 artifacts/apt.log >&2
    say "apt-get failed; the whole log is artifacts/apt.log"
  fi
}

explain_tools() {
  cat >&2 <<EOF
build.sh: target '${target:-Default}' needs GROMACS and gnuplot; missing here, as Debian names them: $1
Nothing was done. Install what is missing in one of these ways, then run this again:
  Debian, Ubuntu    sudo apt-get update && sudo apt-get install --no-install-recommends $1
                    (the same: add --install-tools to this command)
  Fedora, RHEL      sudo dnf install gromacs gnuplot         (RHEL: from EPEL)
  conda             conda install -c conda-forge gromacs gnuplot
  macOS             brew install gromacs gnuplot
  cluster           module load gromacs gnuplot              ('module avail gromacs' shows the names)
A gmx that is not on the PATH: --set gmx=/path/to/gmx, or the environment variable GMX_BIN.
EOF
}

# ------------------------------------------------------------------------------------------------------------------- build

if command -v sha256sum >/dev/null; then sha256=(sha256sum); else sha256=(shasum -a 256); fi

# The content of everything that the host is made from: touching a file, or changing a workflow's data, builds nothing.
# build.ps1 computes the same value.
sources_digest() {
  {
    find src recipes \( -name bin -o -name obj -o -name '.*' \) -prune -o -type f ! -name '*.md' ! -name '*~' -print
    find workflows \( -name bin -o -name obj -o -name '.*' \) -prune -o -type f \
      \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name packages.lock.json \) -print
    for file in global.json Directory.*.props Directory.*.targets artifacts/Optional.props; do
      if [ -f "$file" ]; then printf '%s\n' "$file"; fi
    done
  } | LC_ALL=C sort | tr '\n' '\0' | xargs -0 "${sha256[@]}" | "${sha256[@]}" | cut -c 1-16
}

# Both folders come into being by renaming, the host last: what is there is whole.
is_built() { # digest
  if $build_only; then [ -f "artifacts/cake/$1/Cake.ScaleMs.Module.dll" ]; else [ -d "artifacts/host/$1" ]; fi
}

# Prints the digest of what it built. Called in a command substitution: the lock is given back however that ends.
build() {
  set -e # not inherited there
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  lock
  probe_optional_packages
  local digest; digest=$(sources_digest)
  until is_built "$digest"; do
    say 'building the host (sources changed) …'
    publish "$digest"
    # Sources edited during the build: what was built is neither the old nor the new.
    if [ "$(sources_digest)" = "$digest" ]; then replace_folders "$digest"; else digest=$(sources_digest); fi
  done
  printf '%s\n' "$digest"
}

# MSBuild's servers outlive the build: they must not inherit the lock (9), and idle ones would keep the pipes of a CI job open.
dotnet_quietly() { local command=$1; shift; dotnet "$command" -nologo -verbosity:quiet -nodeReuse:false "$@" 9>&-; }

publish() { # digest
  rm -rf artifacts/staged
  publish_with src/ScaleMs.Cake.Module/Publish.proj "-p:SourcesDigest=$1" \
    "-p:HostFolder=$PWD/artifacts/staged/host" "-p:CakeFolder=$PWD/artifacts/staged/cake"
}

publish_with() { # project, properties
  # A build that was killed may leave a half-written file that looks up to date: then everything is built anew.
  if [ -f artifacts/build/unfinished ]; then rm -rf artifacts/build; fi
  mkdir -p artifacts/build; : >artifacts/build/unfinished
  local status=0
  dotnet_quietly msbuild "$@" >&2 || status=$?
  rm -f artifacts/build/unfinished
  if [ $status -ne 0 ]; then say 'the sources do not build (see above); nothing was started.'; exit 3; fi
}

replace_folders() { # digest
  mkdir -p artifacts/host artifacts/cake artifacts/users
  # Cake loads every module and script that it finds there, so those go first, even where a study still runs from the folder.
  rm -f artifacts/cake/*/Cake.ScaleMs.Module.dll artifacts/cake/*/*.cake artifacts/cake-scripts/*
  local folder
  for folder in artifacts/host/* artifacts/cake/*; do
    if [ "${folder##*/}" = "$1" ] || ! is_used "${folder##*/}"; then rm -rf "$folder"; fi
  done
  mv artifacts/staged/cake "artifacts/cake/$1"
  mv artifacts/staged/host "artifacts/host/$1"
  rm -rf artifacts/staged
}

# A long study loads assemblies, and starts children, from its folder: the folder stays while a process uses it.
is_used() { # digest
  local users=artifacts/users/$1 machine pid
  if [ ! -f "$users" ]; then return 1; fi
  # Processes on another node of a cluster cannot be asked: two weeks count as in use.
  if grep -qv "^$machine_name " "$users" && [ -n "$(find "$users" -mtime -14)" ]; then return 0; fi
  while read -r machine pid; do
    if [ "$machine" = "$machine_name" ] && kill -0 "$pid" 2>/dev/null; then return 0; fi
  done <"$users"
  rm -f "$users"
  return 1
}

lock() {
  mkdir -p artifacts
  if command -v flock >/dev/null; then
    exec 9>artifacts/build.lock
    flock -n 9 || { say 'waiting for another build of this folder …'; flock 9; }
    return
  fi
  # macOS has no flock: a folder is made by one only, and one whose maker is dead is taken over.
  until mkdir artifacts/build.lock.d 2>/dev/null; do
    kill -0 "$(cat artifacts/build.lock.d/pid 2>/dev/null || echo $$)" 2>/dev/null || rm -rf artifacts/build.lock.d
    sleep 1
  done
  trap 'rm -rf artifacts/build.lock.d' EXIT
  echo $$ >artifacts/build.lock.d/pid
}

# What is used where it can be restored. The answers are kept until the versions change, here or of the SDK.
probe_optional_packages() {
  local versions; versions="$(grep -E 'Include="(Cake\.Frosting|LiteDB)"' Directory.Packages.props | tr -s ' \n' ' ')SDK $(dotnet --version)"
  if grep -qsF -- "$versions" artifacts/Optional.props; then return; fi
  local frosting litedb ahead
  frosting=$(can_restore Cake.Frosting '<PackageReference Include="Cake.Frosting" />' 'a stand-in of this repository is used')
  litedb=$(can_restore LiteDB '<PackageReference Include="LiteDB" />' 'the file store keeps no LiteDB database')
  ahead=$(can_restore ReadyToRun '' 'the host starts more slowly')
  cat >artifacts/Optional.props.new <<EOF
<Project>
  <!-- Written by build.sh and build.ps1; remove this file to look again.$versions -->
  <PropertyGroup>
    <UseCakeFrosting Condition="'\$(UseCakeFrosting)' == ''">$frosting</UseCakeFrosting>
    <UseLiteDb Condition="'\$(UseLiteDb)' == ''">$litedb</UseLiteDb>
    <UseReadyToRun Condition="'\$(UseReadyToRun)' == ''">$ahead</UseReadyToRun>
  </PropertyGroup>
</Project>
EOF
  mv artifacts/Optional.props.new artifacts/Optional.props
}

can_restore() { # name, item, what happens without
  mkdir -p "artifacts/probe/$1"
  cat >"artifacts/probe/$1/Probe.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup Condition="'$1' == 'ReadyToRun'">
    <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
    <PublishReadyToRun>true</PublishReadyToRun>
    <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
  </PropertyGroup>
  <ItemGroup>$2</ItemGroup>
</Project>
EOF
  # One try and no audit: a machine without network must not wait for the many tries that restore makes otherwise.
  if NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT=1 dotnet_quietly restore "artifacts/probe/$1" -p:NuGetAudit=false >"artifacts/probe/$1.log" 2>&1; then
    say "optional package $1: present"; echo true
  else
    say "optional package $1: cannot be restored here, $3 (artifacts/probe/$1.log)"; echo false
  fi
}

# ------------------------------------------------------------------------------------------------------------------- tests

# Everything is run each time; the results are told from the test platform's own files.
run_tests() {
  require_dotnet sdk
  require_tools
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  (lock && probe_optional_packages)
  rm -rf artifacts/tests
  local status=0
  dotnet_quietly build ScaleMs.sln -c Release || exit 3
  # One project after the other: tests that start real tools would disturb each other's timing.
  dotnet_quietly test ScaleMs.sln -c Release --no-build -m:1 --logger trx --logger 'console;verbosity=minimal' --results-directory artifacts/tests || status=1
  find artifacts/tests -name '*.trx' -exec cat {} + 2>/dev/null | tell_results || status=1
  exit $status
}

# What was skipped and what failed, each with the first lines of why and where; the sums are the last line.
tell_results() {
  awk -F'"' '
    function read_attributes(  i, name) {
      split("", attributes)
      for (i = 1; i < NF; i += 2) { name = $i; gsub(/.* |=/, "", name); attributes[name] = $(i + 1) }
    }
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#xD;/, "", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    /<UnitTestResult / {
      read_attributes()
      kind = attributes["outcome"] == "Passed" ? "" : attributes["outcome"] == "NotExecuted" ? "skipped" : "failed"
      if (kind) told[kind] = told[kind] kind ": " plain(attributes["testName"]) "\n"
    }
    # What is no test'\''s own, such as a process that crashed, or a fixture that could not end.
    /<RunInfo / { read_attributes(); kind = attributes["outcome"] == "Error" ? "failed" : "" }
    kind && /<Text>/ && !/ \[FAIL\]</ { told[kind] = told[kind] kind ": tests as a whole\n"; room = 5 }
    kind && /<(Message|StackTrace)>/ { room = 5 }
    room {
      sub(/.*<(Text|Message|StackTrace)>/, "")
      room = sub(/<\/(Text|Message|StackTrace)>.*/, "") ? 0 : room - 1
      told[kind] = told[kind] "    " plain($0) "\n"
    }
    /<Counters / { read_attributes(); for (name in attributes) sum[name] += attributes[name] }
    END {
      printf "%s%s", told["skipped"], told["failed"]
      printf "%d passed, %d failed, %d skipped\n", sum["passed"], sum["executed"] - sum["passed"], sum["total"] - sum["executed"]
      exit sum["passed"] == 0 || sum["executed"] > sum["passed"]
    }'
}

# -------------------------------------------------------------------------------------------------------------- benchmarks

# Publishes what is measured as the study's host is published, then lets the program in artifacts/bench measure and report.
run_benchmarks() {
  require_dotnet sdk
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  (lock; probe_optional_packages; publish_with tests/ScaleMs.Benchmarks/Publish.proj "-p:Folder=$PWD/artifacts/bench") || exit
  exec dotnet artifacts/bench/program/ScaleMs.Benchmarks.dll ${arguments[@]+"${arguments[@]}"}
}

# ---------------------------------------------------------------------------------------------------------------- packages

# From nothing, so that nothing of a former build, or of one that was killed, gets into a package.
run_pack() {
  require_dotnet sdk
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  (
    lock
    rm -rf artifacts/pack artifacts/packages
    dotnet_quietly msbuild src/Pack.proj "-p:PackageFolder=$PWD/artifacts/pack/packages" >&2 || { say 'the packages cannot be made (see above).'; exit 3; }
    mv artifacts/pack/packages artifacts/packages
  ) || exit
  (cd artifacts/packages && printf '%s\n' *.nupkg)
  exit
}

# The storm judges its own settings, and its exit code is this script's.
run_faults() {
  require_dotnet sdk
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  (lock && probe_optional_packages)
  dotnet_quietly build tests/ScaleMs.Storm -c Release >&2 || { say 'the sources do not build (see above); nothing was started.'; exit 3; }
  exec dotnet tests/ScaleMs.Storm/bin/Release/net10.0/ScaleMs.Storm.dll ${arguments[@]+"${arguments[@]}"}
}

# --------------------------------------------------------------------------------------------------------------------- run

read_arguments "$@"
machine_name=${HOSTNAME%%.*}
if ! $build_only && ! $only_informs; then
  case $target in
    test) run_tests ;;
    bench) run_benchmarks ;;
    pack) run_pack ;;
    faults) run_faults ;;
  esac
fi

digest=$(sources_digest)
if is_built "$digest"; then
  require_dotnet
  require_tools
else
  require_dotnet sdk
  require_tools
  digest=$(build)
fi

# Who runs from the built folders: exec keeps the process id; build.cake, the parent here, runs from them itself.
user=$$
if $build_only; then user=$PPID; fi
mkdir -p artifacts/users
printf '%s\n' "$machine_name $user" >>"artifacts/users/$digest"

if $build_only; then
  printf '%s\n' "$digest"
  exit
fi
host=("artifacts/host/$digest"/*.runtimeconfig.json)
start=(dotnet "${host[0]%.runtimeconfig.json}.dll" ${arguments[@]+"${arguments[@]}"})
if ! $detaches; then exec "${start[@]}"; fi

# A run that goes on when this script has ended runs from the folder too, under the number that it told.
status=0
told=$("${start[@]}") || status=$?
if [ -n "$told" ]; then printf '%s\n' "$told"; fi
user=$(sed -n 's/^detached .* goes on as process \([0-9]*\);.*/\1/p' <<<"$told")
if [ -n "$user" ]; then printf '%s\n' "$machine_name $user" >>"artifacts/users/$digest"; fi
exit $status
