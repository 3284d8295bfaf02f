# Answers a client's questions about a site: facts, tools, variables. Needs a POSIX shell and coreutils.
# What the client sets or defines above: ask_modules (quoted words), ask_pass and ask_names (names), and the functions ask_first, ask_lines, ask_set and ask_questions.
# An answer is a line: a word, and a value. After a word with a colon comes a text of any form, in base64, and a line that is a dot.

exec 3>&1 1> /dev/null < /dev/null
unset IFS CDPATH
ask_site_variables='PATH LD_LIBRARY_PATH MODULEPATH LOADEDMODULES HOME USER LOGNAME TMPDIR CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES LM_LICENSE_FILE'

tell() { printf '%s\n' "$*" >&3; }

tell_file() {
    tell "$1:"
    head -c 4000000 "$2" | base64 >&3
    tell .
}

# ---- what the site says before anything runs ------------------------------------------------------------------------

load_modules() {
    [ -n "$ask_modules" ] || return 0
    find_module_command
    command -v module > /dev/null 2>&1 || { tell no-modules; return 1; }
    eval "set -- $ask_modules"
    for name; do
        load_module "$name" "$ask_folder/errors" || { tell module "$name"; tell_file why "$ask_folder/errors"; return 1; }
    done
}

# ask_lines calls it: the number of the line, the line.
line() {
    ask_number=$1 ask_text=$2
    set --
    tell at "$ask_number"
    eval "$ask_text" 2> "$ask_folder/errors"
    ask_status=$?
    set +eu
    [ "$ask_status" -eq 0 ] || { tell line "$ask_number $ask_status"; tell_file why "$ask_folder/errors"; }
}

# ---- facts ----------------------------------------------------------------------------------------------------------

facts() {
    tell system "$(uname -s)"
    tell machine "$(uname -m)"
    tell library "$(c_library)"
    tell processor "$(processor)"
}

# As the C library itself tells it: other libraries than GNU's tell nothing.
c_library() {
    getconf GNU_LIBC_VERSION 2> /dev/null && return
    case $(ldd --version 2>&1) in
        *GLIBC* | *'GNU libc'*) line=$(ldd --version 2> /dev/null | head -n 1); printf 'glibc %s\n' "${line##* }" ;;
    esac
}

processor() {
    [ -r /proc/cpuinfo ] || return 0
    while IFS= read -r line; do
        case $line in 'model name'*) printf '%s\n' "${line#*:}"; return ;; esac
    done < /proc/cpuinfo
}

# ---- tools ----------------------------------------------------------------------------------------------------------

# tool NUMBER CANDIDATE…: where the first candidate that is there is, in $found.
tool() {
    number=$1 found=
    shift
    for candidate; do
        search "$candidate" && break
    done
    tell tool "$number $found"
}

search() {
    case $1 in
        */*) ! is_program "$1" || found=$1 ;;
        *) search_path "$1" ;;
    esac
    [ -n "$found" ]
}

search_path() {
    set -f
    IFS=:
    for folder in $PATH; do
        [ -n "$folder" ] && is_program "${folder%/}/$1" && { found=${folder%/}/$1; break; }
    done
    unset IFS
    set +f
}

is_program() { [ -f "$1" ] && [ -x "$1" ]; }

# What a tool prints in a directory of its own, with the variables that a step would have.
printed() {
    [ -n "$found" ] || return 0
    rm -rf "$ask_folder/run"
    mkdir "$ask_folder/run"
    ( cd "$ask_folder/run" && strict && run "$found" "$@" ) > "$ask_folder/out" 2>&1 < /dev/null 3>&-
    tell_file printed "$ask_folder/out"
}

run() {
    if command -v timeout > /dev/null 2>&1; then exec timeout -k 5 60 "$@"; else exec "$@"; fi
}

digest() {
    [ -n "$found" ] || return 0
    if command -v openssl > /dev/null 2>&1; then text=$(openssl dgst -sha256 -r < "$found"); else text=$(sha256sum < "$found"); fi
    tell digest "${text%% *}"
}

# ---- variables ------------------------------------------------------------------------------------------------------

# Leaves the variables that steps get: the site's, those that are passed or set, Slurm's.
strict() {
    for name in $(env | names); do
        case " $ask_site_variables $ask_pass $ask_names " in
            *" $name "*) ;;
            *) case $name in SLURM_*) ;; *) command unset "$name" ;; esac ;;
        esac
    done 2> /dev/null
    LC_ALL=C TZ=UTC
    export LC_ALL TZ
}

names() {
    while IFS= read -r line; do
        line=${line%%=*}
        case $line in '' | [0-9]* | *[!A-Za-z0-9_]*) ;; *) printf '%s\n' "$line" ;; esac
    done
}

variables() {
    ( strict; unset LC_ALL TZ; exec env -0 ) > "$ask_folder/out" 3>&-
    tell_file variables "$ask_folder/out"
}

# Whether a variable is set, and not to what.
is_set() { eval "[ -n \"\${$1+set}\" ]" || tell unset "$1"; }

# ---------------------------------------------------------------------------------------------------------------------

tell @scalems begin
ask_folder=$(mktemp -d "${TMPDIR:-/tmp}/scalems-probe-XXXXXX") || { tell no-folder "${TMPDIR:-/tmp}"; exit 0; }
trap 'rm -rf "$ask_folder"' EXIT
ask_first
if load_modules; then
    ask_lines
    ask_set
    tell ready
    ask_questions
fi
tell @scalems end
