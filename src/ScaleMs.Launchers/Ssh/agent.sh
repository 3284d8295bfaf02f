# What one host is told over one connection: each line of standard input is a call of a function below, each answer is a line that begins with '@'.
# Needs a POSIX shell and coreutils. Several processes write answers, so each is one write of less than PIPE_BUF bytes.

LC_ALL=C
export LC_ALL
mask=$(umask)
umask 077
cd /
newline='
'
longest=3500
keeper=$(command -v setsid || command -v nohup)

say() { printf '@%s\n' "$1"; }

first_line() { line=; [ -r "$1" ] && IFS= read -r line 2>/dev/null < "$1"; :; }

# What the wrapper wrote of the attempt in $1, as one line of JSON, in $result.
read_result() {
    result=
    [ -r "$1/result.json" ] || return 1
    while IFS= read -r line || [ -n "$line" ]; do result=$result$line; done < "$1/result.json"
    [ -n "$result" ]
}

# tell VERB ID: an answer with the result where it is short; else it is to be asked for.
tell() { if [ "${#result}" -lt "$longest" ]; then say "$1 $2 $result"; else say "$1 $2"; fi; }

# start WRAPPER: what the starter is to run. Attempts that are sent have their folders beside it.
start() {
    attempts=${1%/*}/attempts
    tell_starter "$1"
}

# go ID ROOT: starts the attempt, apart from this connection. The starter tells when it has ended: r with a result, x when it could not be begun,
# y when somebody else has it, or had.
go() {
    case $2 in *"$newline"*) say "x $1 the name of its directory holds a line break"; return ;; esac
    tell_starter "$1 $2"
}

# Without the starter the conversation begins anew. Attempts hold its streams, so that its end has to be told.
tell_starter() {
    trap '' PIPE
    printf '%s\n' "$1" 2>/dev/null >&3 || { say 'o 0'; exit; }
    trap - PIPE
}

# One shell that knows the wrapper's text starts all attempts. It ends with the conversation, they do not, and may complain of
# something then: of a pipe that nobody reads they would die.
start_all() { IFS= read -r wrapper && umask "$mask" && exec $keeper /bin/sh "$wrapper" --serve 2> /dev/null; }

# look SEQUENCE [ID OFFSET ROOT]...: how attempts are, and what their logs hold from a byte on; '-' for logs that nobody reads.
look() {
    sequence=$1
    shift
    while [ "$#" -ge 3 ]; do
        [ "$2" = - ] || tail_of "$1" "$2" "$3/log"
        look_at "$1" "$3"
        shift 3
    done
    say "a $sequence"
}

look_at() {
    if read_result "$2"; then tell r "$1"
    elif [ ! -d "$2" ]; then say "g $1"
    elif is_room "$2/claim"; then tell_room "$1" "$2"
    elif ! is_claimed "$2/claim"; then say "n $1"
    elif is_alive "$2/claim"; then first_line "$2/heartbeat"; say "b $1 $line"
    elif read_result "$2"; then tell r "$1"
    else say "d $1"
    fi
}

# Nobody has sent all of it yet.
is_room() { [ -d "$1" ] && [ ! -e "$1/open" ] && [ ! -e "$1/pid" ]; }

# p where nobody has begun to send, and from now on no call can that comes late; q where somebody has begun, and may go on.
tell_room() {
    set -C
    true 2> /dev/null > "$2/order.sh"
    set -- "$?" "$1"
    set +C
    if [ "$1" -eq 0 ]; then say "p $2"; else say "q $2"; fi
}

# An open claim is whose process writes its number there.
is_claimed() { [ -e "$1/pid" ] || { [ -d "$1" ] && [ ! -e "$1/open" ]; }; }

# Of an attempt whose claim is not yet complete nothing is known.
is_alive() {
    first_line "$1/boot"
    [ -z "$line" ] || [ -z "$boot" ] || [ "$line" = "$boot" ] || return 1
    first_line "$1/pid"
    [ -z "$line" ] || { kill -s 0 "$line" 2>/dev/null && ! is_zombie "$line"; }
}

is_zombie() {
    { [ -r "/proc/$1/stat" ] && IFS= read -r state < "/proc/$1/stat"; } 2>/dev/null || return 1
    case ${state##*) } in Z* | X*) return 0 ;; esac
    return 1
}

tail_of() {
    size=$(stat -c %s -- "$3" 2>/dev/null)
    [ "${size:-0}" -ge "$2" ] || return 0
    tail -c "+$2" -- "$3" | head -c 65536 | base64 -w 3000 | while IFS= read -r line; do say "t $1 $line"; done
}

# stop ROOT: ends the attempt; its wrapper tells how.
stop() {
    [ -d "$1" ] || return 0
    true > "$1/cancel"
    first_line "$1/claim/pid"
    [ -z "$line" ] || ! is_alive "$1/claim" || kill -s TERM "$line" 2>/dev/null
}

# rooms NAME...: folders for attempts that are to be sent, all of them made by one program.
rooms() {
    [ -d "$attempts" ] || { mkdir -p -- "$attempts" && spread "$attempts"; }
    left=$#
    while [ "$left" -gt 0 ]; do
        set -- "$@" "$attempts/$1" "$attempts/$1/files" "$attempts/$1/claim"
        shift
        left=$((left - 1))
    done
    mkdir -- "$@" 2>/dev/null
}

# ext4 without a journal passes over the places of removed files one by one: this spreads attempts over the disk.
spread() { chattr +T "$1" > /dev/null 2>&1; }

# send ID NAME && { SHELL; }; sent $?: makes what an attempt needs in its room, and starts it: p when not all of it could be made.
send() { sending=$1 root=$attempts/$2; }
sent() { if [ "$1" -eq 0 ]; then tell_starter "$sending $root"; else say "p $sending"; fi; }
folders() { ( cd "$root" && mkdir -p -- "$@" ); }
text() { printf %s "$2" > "$root/$1"; }
lines() { file=$root/$1; shift; printf '%s\n' "$@" > "$file"; }
check() {
    left=$#
    while [ "$left" -gt 0 ]; do
        set -- "$@" "$1" "$root/$2"
        shift 2
        left=$((left - 2))
    done
    printf '%s  %s\n' "$@" | sha256sum -c > /dev/null 2>&1
}

# Nobody may write an order anew that is being read: whoever makes it first sends the attempt.
order() {
    set -C
    printf '%s\n' "$@" > "$root/order.sh"
    set -- "$?"
    set +C
    return "$1"
}

# stir ROOT: has a living attempt begin its watch, should nobody have told it to.
stir() {
    first_line "$1/claim/pid"
    [ -z "$line" ] || ! is_alive "$1/claim" || ! is_wrapper "$line" || kill -s ALRM "$line" 2>/dev/null
}

# The number of a wrapper that was killed may be that of another process by now, which the signal would end.
is_wrapper() {
    [ -r /proc/self/cmdline ] || return 0
    case $(tr '\0' ' ' 2>/dev/null < "/proc/$1/cmdline") in *' --serve '*) return 0 ;; esac
    return 1
}

# drop ROOT...: removes what is not needed any more.
drop() { ( remove "$@" < /dev/null > /dev/null 2>&1 3>&- & ); }

# The order, which may hold secrets, goes first.
remove() {
    left=$#
    while [ "$left" -gt 0 ]; do
        set -- "$@" "$1/order.sh" "$1" "${1%/*}/.ended/${1##*/}"
        shift
        left=$((left - 1))
    done
    rm -rf -- "$@"
}

# bury WRAPPER ROOT [away]: ends what a dead wrapper left; its root goes, too, where the client has another.
bury() { ( end_all "$@" < /dev/null > /dev/null 2>&1 3>&- & ); }

# abandon WRAPPER ROOT [away]: the same for an attempt that may still run.
abandon() {
    stop "$2"
    ( { await_end "$2" && end_all "$@"; } < /dev/null > /dev/null 2>&1 3>&- & )
}

end_all() {
    /bin/sh "$1" --end "$2"
    [ "${3-}" != away ] || remove "$2"
}

await_end() {
    tries=0
    while is_claimed "$1/claim" && [ ! -e "$1/result.json" ] && is_alive "$1/claim"; do
        [ "$tries" -lt 300 ] || return 1
        tries=$((tries + 1))
        sleep 1
    done
}

first_line /proc/sys/kernel/random/boot_id
boot=$line
lacking=
for name in base64 cat chmod cp date env head ls mkdir mv printf readlink rm sha256sum sleep stat tail tr uname; do
    command -v "$name" > /dev/null 2>&1 || lacking="$lacking $name"
done
printf '\n'
say "h 1 $(nproc 2>/dev/null || printf 0)$lacking"
answer_calls() {
    while IFS= read -r call; do
        eval "$call"
    done
}

{ answer_calls 3>&1 >&4 4>&- | start_all >&4 4>&-; } 4>&1
