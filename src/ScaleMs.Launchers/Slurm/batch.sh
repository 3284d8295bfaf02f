# Runs the attempts "$@" of this task in $work, $slots at a time. An attempt is claimed by its wrapper, so whoever comes second has nothing to do.
unset SLURM_EXPORT_ENV
stop= children=

forward() {
    stop=yes
    for child in $children; do kill -s "$1" "$child" 2>/dev/null; done
}

# A signal ends a wait early; only one that is over counts.
await_child() {
    while wait "$1"; kill -s 0 "$1" 2>/dev/null; do :; done
}

run_all() {
    trap 'forward USR1' USR1
    trap 'forward TERM' TERM
    children=
    for attempt; do
        [ -z "$stop" ] || return 0
        [ ! -d "$work/$attempt/claim" ] || [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ] || continue
        /bin/sh "$wrapper" "$work/$attempt" < /dev/null &
        children=$!
        await_child "$children"
    done
}

[ -d "$work" ] || exit 71
[ $# -gt 1 ] || exec /bin/sh "$wrapper" "$work/$1" < /dev/null
[ "$slots" -gt 1 ] || { run_all "$@"; exit 0; }
trap 'forward USR1' USR1
trap 'forward TERM' TERM
while [ "$slots" -gt 0 ]; do
    run_all "$@" &
    children="$children $!"
    slots=$((slots - 1))
done
for child in $children; do await_child "$child"; done
exit 0
