#!/bin/sh
# Runs one attempt on a node and says how it ended: sh wrapper.sh ROOT. Needs a POSIX shell and coreutils; what else it finds it uses.
#   sh wrapper.sh ROOT              claims the attempt, runs order.sh's commands, writes result.json last
#   sh wrapper.sh --serve           the same for many attempts: each line of standard input is a number and a root; answers tell of their ends
#   sh wrapper.sh --end ROOT        ends what a dead wrapper of this attempt left running on this machine
# Variables that begin with order_ come from order.sh. Every program that is started costs a millisecond, so the shell itself does what it can.

LC_ALL=C
export LC_ALL
unset IFS CDPATH claim
newline='
'

# The names that the node has given to this shell, in $given and $given_functions: commands get none of them unless it is said.
note_given() {
    given='LC_ALL PWD OLDPWD SHLVL' given_functions=
    IFS=$newline
    set -f
    for line in $(export -p); do
        case $line in 'export '* | 'declare -x '*) ;; *) continue ;; esac
        line=${line#export }
        line=${line#declare -x }
        line=${line%%=*}
        case $line in '' | [0-9]* | *[!A-Za-z0-9_]*) ;; *) given="$given $line" ;; esac
    done
    [ -z "${BASH_VERSION-}" ] || given_functions=$(declare -Fx)
    set +f
    unset IFS
}

# ---- small things -------------------------------------------------------------------------------------------------

say() { printf 'scalems: %s\n' "$1"; }

# Gives up without a result: there is no place to write one.
give_up() { say "$1" >&2; exit 74; }

# The first line of a file, in $line; empty where there is none.
first_line() { line=; [ -r "$1" ] && IFS= read -r line 2>/dev/null < "$1"; :; }

# Hundredths of a second on a clock that nobody sets, in $now.
look_at_clock() {
    if [ -r /proc/uptime ] && read -r now _ < /proc/uptime; then
        now=$((${now%.*} * 100 + 1${now#*.} - 100))
    else
        now=$(date +%s)00
    fi
}

# Hundredths of a second as seconds, in $text.
seconds_of() { text=$(($1 / 100)).$(($1 % 100 / 10))$(($1 % 10)); }

# A word that the shell reads back as the same bytes, in $text.
quote() {
    rest=$1
    text=
    while :; do
        case $rest in
            *\'*) text=$text${rest%%\'*}"'\\''"; rest=${rest#*\'} ;;
            *) text="'$text$rest'"; return ;;
        esac
    done
}

# A member of a JSON object, with a comma before it. What JSON cannot say plainly is said in hexadecimal, as NAMEHex.
member() {
    case $2 in
        *[!\ -~]* | *\"* | *\\*) printf ',"%sHex":"%s"' "$1" "$(printf %s "$2" | od -An -v -tx1 | tr -d ' \n')" ;;
        *) printf ',"%s":"%s"' "$1" "$2" ;;
    esac
}

# ---- processes ----------------------------------------------------------------------------------------------------

# The living processes that bear the attempt's marker, in $members. The group is known without /proc, too.
find_members() {
    members=
    [ -r /proc/self/environ ] || return 0
    for found in $(marked_processes); do
        found=${found#/proc/}
        found=${found%/environ}
        is_alive "$found" && members="$members $found"
    done
}

marked_processes() {
    if command -v grep > /dev/null 2>&1; then
        grep -lsF -e "SCALEMS_ATTEMPT=$marker" /proc/[0-9]*/environ 2>/dev/null
        return
    fi
    is_marked_in /proc/[0-9]*/environ || return 0
    for file in /proc/[0-9]*/environ; do
        is_marked_in "$file" && printf '%s\n' "$file"
    done
}

is_marked_in() {
    { text=$(cat -- "$@"); } 2>/dev/null
    case $text in *"SCALEMS_ATTEMPT=$marker"*) return 0 ;; esac
    return 1
}

# A zombie is not alive.
is_alive() {
    read -r line 2>/dev/null < "/proc/$1/stat" || return 1
    line=${line##*) }
    case $line in Z* | X*) return 1 ;; esac
    return 0
}

is_anybody_left() {
    members=
    is_nobody_new || find_members
    [ -n "$members" ] || { [ -n "$group" ] && kill -s 0 -- "-$group" 2>/dev/null && is_group_alive; }
}

# Whether no process is there that began after the leader, but those of the watch and of attempts beside this one: asked of a leader that has ended, and
# cheap right after its start. The newest is that of loadavg: what /proc/sys tells cannot be read byte by byte, as some shells do.
is_nobody_new() {
    [ -n "$leader" ] && [ -n "$is_leading" ] && [ "$starter" -ne 1 ] || return 1
    found=$leader looks=16
    while read -r _ _ _ _ newest 2>/dev/null < /proc/loadavg || return 1; do
        [ "$newest" -ge "$found" ] && [ $((newest - leader)) -le 64 ] || return 1
        [ "$newest" -gt "$found" ] || return 0
        while [ "$found" -lt "$newest" ]; do
            found=$((found + 1))
            [ ! -e "/proc/$found" ] || is_elsewhere "$found" || return 1
        done
    done
}

# What descends from a shell of ours is none of the leader's: with their parent gone, those have one that adopts, such as process 1.
is_elsewhere() {
    parent=$1
    while [ "$parent" -gt 1 ] && [ "$looks" -gt 0 ]; do
        [ "$parent" != "$watcher" ] && [ "$parent" != "$starter" ] || return 0
        looks=$((looks - 1))
        line=$parent
        find_parent || return "$((line != $1))"
    done
    return 1
}

# The parent of $parent, in $parent. It stands early in this file: shells read byte by byte.
find_parent() {
    while read -r label parent; do
        [ "$label" != PPid: ] || return 0
    done 2>/dev/null < "/proc/$parent/status"
    return 1
}

# A group of zombies, which nobody waits for, is nobody.
is_group_alive() {
    [ -r /proc/self/environ ] || return 0
    for file in /proc/[0-9]*/stat; do
        read -r line 2>/dev/null < "$file" || continue
        set -- ${line##*) }
        [ "$3" != "$group" ] || case $1 in Z | X) ;; *) return 0 ;; esac
    done
    return 1
}

# The leader bears no marker while it loads modules.
signal_tree() {
    find_members
    if [ -n "$group" ] && kill -s "$1" -- "-$group" 2>/dev/null; then
        :
    elif [ -n "$leader" ]; then
        case "$members " in *" $leader "*) ;; *) kill -s "$1" "$leader" 2>/dev/null ;; esac
    fi
    for found in $members; do
        if [ -z "$group" ] || ! is_in_group "$found"; then kill -s "$1" "$found" 2>/dev/null; fi
    done
    :
}

is_in_group() {
    read -r line 2>/dev/null < "/proc/$1/stat" || return 0
    line=${line##*) }
    line=${line#* * }
    [ "${line%% *}" = "$group" ]
}

# Ends what is left of the tree: TERM unless it had one, $1 tenths of a second for it to go, then KILL, and five seconds more.
end_tree() {
    is_anybody_left || return 0
    [ -n "$2" ] || signal_tree TERM
    wait_for_nobody "$1" && return 0
    for tries in 1 2 3 4 5; do
        signal_tree KILL
        wait_for_nobody 10 && return 0
    done
}

wait_for_nobody() {
    tenths=$1
    while is_anybody_left; do
        [ "$tenths" -gt 0 ] || return 1
        sleep 0.1 2>/dev/null || { sleep 1; tenths=$((tenths - 9)); }
        tenths=$((tenths - 1))
    done
}

# ---- the watch: heartbeat, time limit, cancelling -------------------------------------------------------------------

# The first reason to stop is the one that counts.
ask_to_stop() {
    [ ! -s "$claim/stop" ] || return 0
    (set -C; printf '%s\n' "$1" > "$claim/stop") 2>/dev/null && return
    [ -s "$claim/stop" ] || { rm -f "$claim/reserve"; printf '%s\n' "$1" 2>/dev/null > "$claim/stop"; }
    :
}

beat() { beats=$((beats + 1)); printf '%s\n' "$beats" 2>/dev/null > "$root/heartbeat"; :; }

# Runs beside the commands, looks once a second, and ends with the wrapper; when the wrapper was killed, it ends the commands.
watch() {
    group= leader= stopped= ticks=0 nap= beats=1 watcher= is_leading=
    trap 'ask_to_stop TERM; stir' TERM
    trap 'ask_to_stop INT; stir' INT
    trap 'ask_to_stop USR1; stir' USR1
    trap stir HUP ALRM
    trap 'stir; exit 0' USR2
    [ -z "$is_late" ] || look
    while is_wrapper_alive && [ ! -e "$root/result.json" ]; do
        sleep 1 &
        nap=$!
        wait "$nap" 2>/dev/null
        nap=
        ticks=$((ticks + 1))
        [ $((ticks % 10)) -ne 0 ] || beat
        look
    done
    [ -e "$root/result.json" ] || after_the_wrapper
}

# The new process has the trap for USR2 until it sets its own, and would lose the signal: without one it ends by it.
begin_watch() {
    [ -z "$watcher" ] || return 0
    trap - USR2
    watch &
    watcher=$!
    trap 'woken=yes' USR2
}

stir() { [ -z "$nap" ] || kill "$nap" 2>/dev/null; }

is_wrapper_alive() { kill -s 0 "$self" 2>/dev/null && { [ ! -r /proc/self/stat ] || is_alive "$self"; }; }

look() {
    read_leader
    look_at_clock
    [ ! -e "$root/cancel" ] || ask_to_stop cancel
    [ "$order_time" -eq 0 ] || [ $((now - started)) -lt "$order_time" ] || ask_to_stop time
    case $ticks in 1 | 2 | 3 | *0 | *5) look_at_memory ;; esac
    first_line "$claim/stop"
    [ -z "$line" ] || stop_tree
}

read_leader() { first_line "$claim/leader"; leader=${line%% *}; group=${line#* }; [ -n "$line" ] || group=; }

stop_tree() {
    if [ -z "$stopped" ]; then
        stopped=$now
        signal_tree TERM
    elif [ $((now - stopped)) -ge "$order_grace" ]; then
        signal_tree KILL
    fi
}

after_the_wrapper() {
    end_tree 50 ''
    leave NodeLost 0 0 '' 'the wrapper was killed on the node'
    clean
}

# ---- memory -------------------------------------------------------------------------------------------------------

# The largest resident memory of a member that was seen, kept in $claim/peak in KiB.
look_at_memory() {
    find_members
    total=0 most=$((0 + ${most:-0}))
    for found in $members; do
        add_memory_of "$found"
    done
    [ "$total" -le "$most" ] || most=$total
    printf '%s\n' "$most" 2>/dev/null > "$claim/peak"
    if [ "$order_memory" -gt 0 ] && [ $((total * 1024)) -gt "$order_memory" ] && is_share_too_much; then ask_to_stop memory; fi
}

# Pages that processes share count once.
is_share_too_much() {
    total=0
    for found in $members; do
        while read -r label kib _; do
            [ "$label" != Pss: ] || total=$((total + kib))
        done 2>/dev/null < "/proc/$found/smaps_rollup"
    done
    [ $((total * 1024)) -gt "$order_memory" ]
}

add_memory_of() {
    while read -r label kib _; do
        case $label in
            VmHWM:) [ "$kib" -le "$most" ] || most=$kib ;;
            VmRSS:) total=$((total + kib)); return ;;
        esac
    done 2>/dev/null < "/proc/$1/status"
}

# How many processes the control group's memory limit has ended, in $kills.
count_kills() {
    kills=0
    IFS=$newline
    set -f
    for file in $kill_files; do
        count_kills_in "$file"
    done
    set +f
    unset IFS
}

count_kills_in() {
    while IFS=' ' read -r label count; do
        [ "$label" != oom_kill ] || kills=$((kills + count))
    done 2>/dev/null < "$1"
}

# Where the system counts them.
find_kill_files() {
    kill_files=
    while IFS=: read -r _ controllers path; do
        case $controllers in
            '') add_kill_file "/sys/fs/cgroup$path/memory.events"; add_kill_file "/sys/fs/cgroup/unified$path/memory.events" ;;
            memory) add_kill_file "/sys/fs/cgroup/memory$path/memory.oom_control" ;;
        esac
    done 2>/dev/null < /proc/self/cgroup
}

add_kill_file() { [ ! -r "$1" ] || kill_files=$kill_files${kill_files:+$newline}$1; }

# ---- before the commands ------------------------------------------------------------------------------------------

site_variables='PATH LD_LIBRARY_PATH MODULEPATH LOADEDMODULES HOME USER LOGNAME TMPDIR CUDA_VISIBLE_DEVICES ROCR_VISIBLE_DEVICES LM_LICENSE_FILE'

# Loads the modules, runs the site's lines, and writes down the variables that commands get from the node.
prepare() {
    umask "$mask"
    SCALEMS_ATTEMPT=$marker
    export SCALEMS_ATTEMPT
    load_modules
    order_lines
    umask 077
    note_given
    write_site
}

write_site() {
    for name in $site_variables $order_pass; do
        write_variable "$name"
    done > "$claim/site.sh"
    for name in $given; do
        case $name in SLURM_*) write_variable "$name" ;; esac
    done >> "$claim/site.sh" && true > "$claim/prepared"
}

write_variable() {
    case " $given " in *" $1 "*) ;; *) return 0 ;; esac
    eval "[ -n \"\${$1+set}\" ]" || return 0
    eval "quote \"\${$1}\""
    printf 'export %s=%s\n' "$1" "$text"
}

load_modules() {
    [ -n "$order_modules" ] || return 0
    find_module_command
    eval "set -- $order_modules"
    command -v module > /dev/null 2>&1 || trouble "there is no command 'module' on $host to load '$1' with"
    for name; do
        load_module "$name" "$claim/words" || refuse_module "$name"
        [ ! -s "$claim/words" ] || cat "$claim/words"
    done
}

refuse_module() {
    cat "$claim/words"
    in_short "$claim/words"
    trouble "the module '$1' could not be loaded${text:+: $text}"
}

# order_lines calls it: the number of the line, the line. The shell may end in it, so the number is in a file.
site_line() {
    printf '%s\n' "$1" > "$claim/at"
    order_text=$2
    set --
    eval "$order_text"
}

# ---- one command --------------------------------------------------------------------------------------------------

# order.sh calls it for the command that is asked for: input, output, errors, program, arguments. It becomes the program.
order_exec() {
    umask "$mask"
    input=$1 output=$2 errors=$3
    shift 3
    check_program "$1"
    cd "$order_directory" || trouble "the directory '$order_directory' is gone"
    open_files
    [ -z "${BASH_VERSION-}" ] || shopt -s execfail
    trap exec_failed EXIT
    SCALEMS_ATTEMPT=$marker
    set -- "$claim/site.sh" "$own_session" "$@"
    forget_given
    export SCALEMS_ATTEMPT
    . "$1"
    shift
    [ -n "$1" ] || shift
    order_become "$@"
    exec_failed
}

# From here on only positional parameters are certain to be ours.
forget_given() {
    for name in $given_functions; do
        case $name in declare | -*) ;; *) unset -f "$name" ;; esac
    done
    for name in $given; do
        case $name in SCALEMS_ATTEMPT | claim) ;; *) command unset -v "$name" 2>/dev/null ;; esac
    done
}

check_program() {
    [ -e "$1" ] || trouble "'$1' could not be started: there is no such file; install the program, or correct the tool's path"
    [ ! -d "$1" ] || trouble "'$1' could not be started: it is a directory; give the path of the program in it"
    [ -x "$1" ] || trouble "'$1' could not be started: it is not executable; run 'chmod +x' on it"
}

open_files() {
    for file in "$output" "$errors"; do
        [ -z "$file" ] || [ -d "${file%/*}" ] || mkdir -p -- "${file%/*}" || trouble "the directory of '$file' cannot be made"
    done
    [ -r "$input" ] || trouble "'$input', its standard input, cannot be read"
    exec < "$input"
    [ -z "$output" ] || true 2>/dev/null > "$output" || trouble "'$output', its standard output, cannot be written"
    [ -z "$output" ] || exec > "$output"
    [ -z "$errors" ] && return
    [ "$errors" != "$output" ] || { exec 2>&1; return; }
    true 2>/dev/null > "$errors" || trouble "'$errors', its standard error, cannot be written"
    exec 2> "$errors"
}

trouble() {
    trap - EXIT
    printf '%s\n' "$1" > "$claim/trouble"
    exit 126
}

exec_failed() {
    trap - EXIT
    printf '%s\n' 'the command could not be started: its interpreter is missing, it is built for another machine, or its arguments are too long; see the log' > "$claim/trouble"
    exit 126
}

# ---- the attempt --------------------------------------------------------------------------------------------------

start_command() {
    { order_command "$1"; trouble "the order has no command $1"; } >> "$order_log" 2>&1 < /dev/null &
    lead "$!" "${own_session:+$!}"
}

# Tells the watch whom to end.
lead() {
    leader=$1 group=$2
    printf '%s %s\n' "$leader" "$group" > "$claim/leader"
}

# Returns when the command has ended by itself or because the watch ended it; its status is in $code. A trap ends a wait early. Nothing is awaited twice: some
# shells then say 127, as a command may.
await_command() {
    while :; do
        woken=
        wait "$leader" 2>/dev/null
        code=$?
        [ -n "$woken" ] && is_signal_of_ours || return 0
    done
}

is_signal_of_ours() {
    [ "$code" -gt 128 ] || return 1
    case $(kill -l "$((code - 128))" 2>/dev/null) in TERM | INT | USR1 | USR2 | HUP | ALRM) return 0 ;; esac
    return 1
}

run_commands() {
    index=0 code=0
    while [ "$index" -lt "$order_commands" ]; do
        first_line "$claim/stop"
        [ -z "$line" ] || return 0
        count_kills
        kills_before=$kills
        start_command "$index"
        await_command
        end_leftovers
        [ ! -e "$claim/trouble" ] || return 0
        is_allowed "$code" || return 0
        index=$((index + 1))
    done
    [ "$index" -eq 0 ] || index=$((index - 1))
}

end_leftovers() {
    first_line "$claim/stop"
    if [ -n "$line" ]; then end_tree "$((order_grace / 10))" had; else end_tree 20 ''; fi
    true 2>/dev/null > "$claim/leader"
    leader= group=
}

# How it ended, in $end and $cause and $message.
judge() {
    first_line "$claim/stop"
    cause=$line end=Exited message= lasting=false
    case $cause in
        cancel | TERM | INT) end=Cancelled ;;
        time) end=TimedOut ;;
        USR1) end=TimedOut message='the scheduler told that its time is up' ;;
        memory) end=OutOfMemory message='it had more memory than it claims' ;;
        *) judge_code ;;
    esac
}

judge_code() {
    if [ -e "$claim/trouble" ]; then
        message=$(cat "$claim/trouble")
        end=NotStarted lasting=true code=0
    elif is_session_failure; then
        end=NotStarted lasting=true code=0 message='the command could not be started: its interpreter is missing, or it is built for another machine; see the log'
    elif [ "$code" -eq 137 ]; then
        count_kills
        first_line "$claim/peak"
        if [ "$kills" -gt "$kills_before" ]; then
            end=OutOfMemory message='the system ended one of its processes for want of memory'
        elif [ "$order_memory" -gt 0 ] && [ $((${line:-0} * 1024)) -ge $((order_memory / 10 * 9)) ]; then
            end=OutOfMemory message='it was ended by signal 9 when it had nearly all the memory that it claims'
        fi
    elif ! is_allowed "$code" && is_disk_full; then
        end=NodeLost message="a command ended with exit code $code while the disk of $root was full on $host"
    fi
}

# setsid, which becomes the program, tells in the log that it could not; so does bash, which ends a subshell without its trap.
is_session_failure() {
    case $code in 126 | 127) ;; *) return 1 ;; esac
    case $(tail -n 1 -- "$order_log" 2>/dev/null) in setsid:* | "$root/order.sh: line "*) return 0 ;; esac
    return 1
}

# Neither room nor names left for one who is not root.
is_disk_full() {
    text=$(stat -f -c '%a %d %c' -- "$root" 2>/dev/null) || return 1
    set -- $text
    [ "${1:-1}" -le 0 ] || { [ "${3:-0}" -gt 0 ] && [ "${2:-1}" -le 0 ]; }
}

# ---- outputs ------------------------------------------------------------------------------------------------------

# The digest of a file, in $digest.
hash_file() {
    if [ "$2" -ge 1048576 ] && command -v openssl > /dev/null 2>&1; then
        digest=$(openssl dgst -sha256 -r < "$1")
    else
        digest=$(sha256sum < "$1")
    fi
    digest=${digest%% *}
    [ "${#digest}" -eq 64 ]
}

# order_outputs calls it: f or t for a file or a tree, the path. What is missing is left out.
output() {
    case $1 in
        t) [ ! -d "$order_directory/$2" ] || [ -h "$order_directory/$2" ] || tell_tree "$2" ;;
        *) [ ! -f "$order_directory/$2" ] || tell_file "$2" ;;
    esac
}

tell_file() {
    file=$order_directory/$1
    size=$(stat -L -c %s -- "$file") && hash_file "$file" "$size" || { true > "$claim/unread"; return; }
    tell_hashed "$1" "$size" "$digest"
}

tell_hashed() {
    [ "$order_bring" -eq 0 ] || bring "$order_directory/$1" "$2"
    begin_output "$1"
    printf ',"bytes":%s,"sha256":"%s"' "$2" "$3"
    [ ! -x "$order_directory/$1" ] || printf ',"executable":true'
    printf '}'
}

begin_output() {
    printf '%s\n{"kind":"%s"' "$comma" "${2:-file}"
    comma=, told_outputs=$((told_outputs + 1))
    member path "$1"
}

tell_tree() {
    begin_output "$1" directory
    printf '}'
    set -- "$order_directory/$1"/* "$order_directory/$1"/.[!.]* "$order_directory/$1"/..?*
    while [ "$#" -ge 8 ]; do
        tell_eight "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8"
        shift 8
    done
    tell_each "$@"
}

tell_each() {
    for entry; do
        tell_entry "${entry#"$order_directory/"}" "$entry"
    done
}

# Small files are hashed by one program, many at a time.
tell_eight() {
    for entry; do
        case $entry in *"$newline"* | *\\*) tell_each "$@"; return ;; esac
        if [ -h "$entry" ] || ! [ -f "$entry" ]; then tell_each "$@"; return; fi
    done
    sizes=$(stat -c %s -- "$@") && are_small $sizes && digests=$(sha256sum -- "$@") || { tell_each "$@"; return; }
    for entry; do
        tell_hashed "${entry#"$order_directory/"}" "${sizes%%"$newline"*}" "${digests%% *}"
        sizes=${sizes#*"$newline"} digests=${digests#*"$newline"}
    done
}

are_small() {
    for size; do
        [ "$size" -lt 1048576 ] || return 1
    done
}

tell_entry() {
    if [ -h "$2" ]; then
        begin_output "$1" link
        target=$(readlink -- "$2"; printf x)
        member target "${target%"$newline"x}"
        printf '}'
    elif [ -d "$2" ]; then
        tell_tree "$1"
    elif [ -f "$2" ]; then
        tell_file "$1"
    elif [ -e "$2" ]; then
        begin_output "$1" other
        printf '}'
    fi
}

# ---- the result ---------------------------------------------------------------------------------------------------

# The processor time of all commands so far, in hundredths of a second, in $cpu.
count_cpu() {
    cpu=0
    times > "$claim/times" 2>/dev/null || return 0
    { read -r line; read -r user system; } < "$claim/times"
    add_cpu "$user"
    add_cpu "$system"
}

add_cpu() {
    case $1 in *m*.*s) ;; *) return ;; esac
    fraction=${1#*.}00
    fraction=${fraction%"${fraction#??}"}
    line=${1%.*}
    cpu=$((cpu + ${1%%m*} * 6000 + ${line#*m} * 100 + 1$fraction - 100))
}

# leave END CODE INDEX CAUSE MESSAGE: writes result.json whole or not at all.
leave() {
    write_result "$@" || write_without_space || give_up "result.json cannot be written in $root"
    ring
}

write_result() {
    { tell_result "$@" && printf '\n]}\n'; } 2>/dev/null > "$claim/result" && is_ended "$claim/result" && mv -f "$claim/result" "$root/result.json" 2>/dev/null || { told=; return 1; }
}

# With few outputs it is kept in $told. What is cut off within a line is none of it.
is_ended() {
    told=
    if [ "$told_outputs" -gt 16 ]; then
        [ "$(tail -n 1 "$1" 2>/dev/null)" = ']}' ]
        return
    fi
    while IFS= read -r line; do told=$told$line; done 2>/dev/null < "$1"
    case $told in *']}') return 0 ;; esac
    return 1
}

tell_result() {
    first_line "$claim/peak"
    peak=$((${line:-0} * 1024))
    look_at_clock
    printf '{"version":1,"end":"%s","exitCode":%s,"commandIndex":%s' "$1" "$2" "$3"
    seconds_of "$((${finished:-$now} - started))"
    printf ',"wallSeconds":%s' "$text"
    seconds_of "${cpu:-0}"
    printf ',"cpuSeconds":%s,"peakMemoryBytes":%s,"lasting":%s' "$text" "$peak" "${lasting:-false}"
    member cause "$4"
    member host "$host"
    member message "$5"
    member key "$order_key"
    log_bytes
    printf ',"logBytes":%s,"outputs":[' "$text"
    comma= told_outputs=0 brought= brought_bytes=0 is_brought= lengths=$text
    tell_outputs "$1" "$2"
}

log_bytes() {
    text=0
    [ ! -s "${order_log:-$root/log}" ] || text=$(stat -c %s -- "${order_log:-$root/log}")
    text=${text:-0}
}

# Of what did not end well only the optional outputs are told: the files of a checkpoint.
tell_outputs() {
    [ -n "$is_ordered" ] || return 0
    [ ! -e "$claim/unread" ] || rm -f "$claim/unread"
    if is_good "$1" "$2"; then
        order_outputs
    else
        case $1 in Exited | Cancelled | TimedOut | OutOfMemory) order_optional_outputs ;; esac
    fi
    [ ! -e "$claim/unread" ]
}

is_good() { [ "$1" = Exited ] && is_allowed "$2"; }

is_allowed() { case $order_codes in *" $1 "*) return 0 ;; esac; return 1; }

# What was kept back at the start is freed, so that a full disk has room to say that it is full.
write_without_space() {
    rm -f "$claim/reserve" "$claim/result" "$claim/site.sh" "$root/order.sh"
    is_ordered=
    write_result NodeLost 0 0 '' "the result could not be written on $host: its disk is full, or an output cannot be read"
}

# A file in a directory that all attempts share, so that one listing tells who has ended.
ring() { { [ -d "${root%/*}/.ended" ] || mkdir -p "${root%/*}/.ended"; } && true 2>/dev/null > "${root%/*}/.ended/${root##*/}"; :; }

# ---- claiming -----------------------------------------------------------------------------------------------------

claim_attempt() {
    if [ -e "$claim/open" ]; then
        take_open_claim || { second_run; exit 0; }
    else
        mkdir "$claim" 2>/dev/null || { second_run; exit 0; }
        printf '%s\n' "$self" > "$claim/pid"
    fi
    printf '%s\n' "$host" > "$claim/host"
    printf '%s\n' "$boot" > "$claim/boot"
    printf '%s %s\n' "$job" "${SLURM_RESTART_COUNT:-0}" > "$claim/job" || give_up "the claim in $root cannot be written"
    printf '%8192s\n' '' > "$claim/reserve"
    beats=0
    beat
}

# Where whoever sent the attempt has made the directory, the claim is the file in it that only one can make: that costs no program.
take_open_claim() {
    made=
    set -C
    { made=yes; printf '%s\n' "$self"; } 2>/dev/null > "$claim/pid"
    set -- "$?"
    set +C
    [ "$1" -eq 0 ] || { [ -z "$made" ] && [ -e "$claim/pid" ]; } || give_up "the attempt in $root cannot be claimed: is the disk full or read-only?"
    return "$1"
}

# Another run of the attempt is there, or was. The same job, started again by its scheduler, says so: it is another attempt.
second_run() {
    [ -d "$claim" ] || give_up "the attempt in $root cannot be claimed: is the disk full or read-only?"
    [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ] && [ ! -e "$root/result.json" ] || return 0
    first_line "$claim/job"
    [ -z "$line" ] || { [ "${line% *}" = "$job" ] && [ "${line##* }" -lt "$SLURM_RESTART_COUNT" ]; } || return 0
    mkdir "$claim/again.$SLURM_RESTART_COUNT" 2>/dev/null || return 0
    started=0 finished=0
    leave Preempted 0 0 requeue 'the scheduler took the node away and started the job again'
}

attempt() {
    umask 077
    cd / || give_up 'there is no root directory'
    [ -d "$root" ] || give_up "there is no directory $root"
    job=${SLURM_JOB_ID:-}
    is_ordered= order_key=
    claim_attempt
    look_at_clock
    started=$now
    [ -r "$root/order.sh" ] || { leave NeverStarted 0 0 '' "there is no order in $root"; exit 0; }
    . "$root/order.sh"
    is_ordered=yes
    leader= group= watcher= is_leading=yes
    trap 'woken=yes; ask_to_stop TERM; wake' TERM
    trap 'woken=yes; ask_to_stop INT; wake' INT
    trap 'woken=yes; ask_to_stop USR1; wake' USR1
    trap 'woken=yes' HUP
    trap 'woken=yes; begin_watch' ALRM
    execute
}

# What is the same for all attempts of a starter.
know_node() {
    note_given
    read_umask
    first_line /proc/sys/kernel/hostname
    host=${line:-$(uname -n)}
    first_line /proc/sys/kernel/random/boot_id
    boot=$line
    find_session_program
    find_kill_files
}

read_umask() {
    { read -r _; read -r label mask; } 2>/dev/null < /proc/self/status
    [ "$label" = Umask: ] || mask=$(umask)
}

# A watch that begins late looks at once.
wake() {
    if [ -n "$watcher" ]; then kill -s ALRM "$watcher" 2>/dev/null; else begin_watch; fi
    :
}

execute() {
    can_watch_wait || begin_watch
    is_late=yes
    [ ! -e "$root/cancel" ] || ask_to_stop cancel
    [ -s "$claim/stop" ] || prepare_or_fail
    if [ -e "$claim/prepared" ]; then run_commands; else index=0 code=0; fail_before; fi
    judge
    look_at_clock
    finished=$now
    count_cpu
    leave "$end" "$code" "$index" "$cause" "$message"
    end_watch
    clean
}

# A program to have when there is one: it gives each command a group of processes of its own.
find_session_program() {
    own_session=
    IFS=:
    set -f
    for line in $PATH; do
        [ -n "$own_session" ] || [ ! -x "$line/setsid" ] || own_session=$line/setsid
    done
    set +f
    unset IFS
}

prepare_or_fail() {
    if [ -z "$order_modules$order_before" ]; then
        write_site
        return
    fi
    prepare >> "$order_log" 2>&1 < /dev/null &
    lead "$!" ''
    await_command
    end_leftovers
}

fail_before() {
    [ -e "$claim/stop" ] || [ -e "$claim/trouble" ] || tell_line > "$claim/trouble"
    kills=0 kills_before=0
}

tell_line() {
    first_line "$claim/at"
    text=$(tail -n 1 -- "$order_log" 2>/dev/null)
    [ -z "$line" ] || { printf "line %s of the site's 'before' ended the shell%s\n" "$line" "${text:+; the log says: $text}"; return; }
    printf '%s\n' "the site's modules or lines before the commands failed; see the log"
}

end_watch() {
    [ -n "$watcher" ] || return 0
    kill -s USR2 "$watcher" 2>/dev/null
    wait "$watcher" 2>/dev/null
}

# Orders and inputs may hold secrets.
clean() { rm -f "$root/order.sh" "$root"/stdin.* "$claim/site.sh" "$claim/reserve" "$claim/times"; }

# ---- many attempts ------------------------------------------------------------------------------------------------

# Each attempt has a process of its own, which needs neither this one nor whoever reads the answers. Now and then the shell forgets those that have ended.
serve() {
    know_node
    ring() { :; } # who reads the answers is told
    served=0 batches=0 batch= batch_end=0
    while IFS= read -r line; do
        number=${line%% *} root=${line#* }
        join_batch
        serve_one < /dev/null &
        served=$((served + 1))
        [ $((served % 16)) -ne 0 ] || jobs > /dev/null
    done
}

serve_one() {
    said= told= is_stirred=
    claim=$root/claim marker=remote:$root/files
    trap 'is_stirred=yes' ALRM
    find_self
    give_up() { said=$1; exit 74; }
    clean() { empty; }
    trap tell_end EXIT
    attempt
}

# The number of this process, in $self. It stands early in this file: shells read byte by byte.
find_self() {
    while read -r label self; do
        [ "$label" != Pid: ] || return 0
    done 2>/dev/null < /proc/self/status
    self=$(exec /bin/sh -c 'printf %s "$PPID"')
}

# Whoever reads the answers removes what nobody needs any more; that it holds no secret until then costs no program.
empty() {
    for file in "$root/order.sh" "$root"/stdin.* "$claim/site.sh" "$claim/reserve"; do
        [ ! -e "$file" ] || true 2>/dev/null > "$file"
    done
}

# Most attempts have ended before there is anything to watch: those that live longer are told to begin their watch, all of half a second by one process.
# It is told of them before they begin. One that finds the batch gone begins its watch by itself.
join_batch() {
    look_at_clock
    if [ "$now" -ge "$batch_end" ]; then
        batches=$((batches + 1)) batch_end=$((now + 50))
        batch=${0%/*}/begun.$$.$batches
        begin_batch || { batch=; return; }
        stir_batch < /dev/null > /dev/null &
    fi
    [ -z "$batch" ] || printf '%s\n' "$root" 2>/dev/null >> "$batch" || batch=
}

# Hosts that share the folder may have starters with one number: a file that is there is somebody else's.
begin_batch() {
    set -C
    true 2>/dev/null > "$batch"
    set -- "$?"
    set +C
    return "$1"
}

# A starter that stood still meanwhile has made the file anew, and nobody reads it.
can_watch_wait() { [ -n "$batch" ] && [ "$started" -lt "$((batch_end + 40))" ] && [ -e "$batch" ] && [ -z "$is_stirred" ]; }

stir_batch() {
    sleep 1
    [ ! -r "$batch" ] || exec < "$batch"
    rm -f "$batch"
    while IFS= read -r root; do
        claim=$root/claim marker=remote:$root/files
        first_line "$claim/pid"
        self=$line
        [ -z "$self" ] || [ -e "$root/result.json" ] || stir_attempt
    done
}

# One that was killed has no watch that tells of it. The order goes first where a root is removed, and is empty where it has ended.
stir_attempt() {
    if is_wrapper_alive; then
        kill -s ALRM "$self" 2>/dev/null
    elif [ -s "$root/order.sh" ] && [ ! -e "$root/result.json" ]; then
        follow_wrapper &
    fi
}

follow_wrapper() {
    umask 077
    group= leader= watcher= is_leading= is_ordered=
    look_at_clock
    started=$now
    . "$root/order.sh"
    read_leader
    after_the_wrapper
}

# Answers as the agent's: r with a result, or without one that is long; x when the attempt could not be begun; y when somebody else has it. Several processes
# write them, so each is one write of less than PIPE_BUF bytes.
tell_end() {
    [ -n "$told" ] || read_result
    [ "$order_bring" -eq 0 ] || [ -z "$told" ] || tell_brought 2> /dev/null
    if [ "${#told}" -ge 3500 ]; then printf '@r %s\n' "$number"
    elif [ -n "$told" ]; then printf '@r %s %s\n' "$number" "$told"
    elif [ -z "${is_ordered-}" ] && { [ -n "$said" ] || [ ! -d "$claim" ]; }; then printf '@x %s %.500s\n' "$number" "$said"
    else printf '@y %s\n' "$number"
    fi
}

# Where the outputs, the log and what else is wanted are small together, their bytes go before the end: w with the lengths of what no result tells of, the
# log's first, then f with pieces of all of it, the outputs' first.
tell_brought() {
    [ "$lengths" -eq 0 ] || bring "$order_log" "$lengths"
    order_words
    [ -n "$is_brought" ] && [ "$brought_bytes" -le "$order_bring" ] && [ "${#lengths}" -lt 3500 ] || return 0
    printf '@w %s %s\n' "$number" "$lengths"
    [ -z "$brought" ] || eval "cat --$brought" | base64 -w 3000 | while IFS= read -r line; do
        printf '@f %s %s\n' "$number" "$line"
    done
}

# Notes a file, with its length, as a quoted word in $brought. Names are no more bytes than files: a shell is slow with long texts.
bring() {
    is_brought=yes
    brought_bytes=$((brought_bytes + $2))
    [ "$2" -gt 0 ] && [ "$brought_bytes" -le "$order_bring" ] || return 0
    quote "$1"
    brought="$brought $text"
    [ "${#brought}" -le "$order_bring" ] || brought_bytes=$((order_bring + 1))
}

# Orders that want more than outputs and the log say what.
order_words() { :; }
word() {
    size=-
    if [ -f "$root/$1" ]; then
        size=0
        [ ! -s "$root/$1" ] || size=$(stat -L -c %s -- "$root/$1")
        bring "$root/$1" "${size:-0}"
    fi
    lengths="$lengths $size"
}

read_result() {
    told=
    { [ ! -r "$root/result.json" ] || while IFS= read -r line || [ -n "$line" ]; do told=$told$line; done < "$root/result.json"; } 2>/dev/null
}

# ---- which of them ------------------------------------------------------------------------------------------------

mode=attempt self=$$ starter=$$ given= given_functions= batch= is_late= is_leading= order_bring=0
case ${1-} in --*) mode=$1; shift ;; esac
if [ "$mode" = --serve ]; then
    serve
    exit
fi
root=${1-}
case $root in
    *"$newline"*) give_up 'the name of the directory of the attempt holds a line break' ;;
    /*) ;;
    *) give_up 'the directory of the attempt must be absolute' ;;
esac
claim=$root/claim
marker=remote:$root/files

case $mode in
    --end) group= leader= watcher=; umask 077; end_tree 20 ''; clean ;;
    *) know_node; attempt ;;
esac
