# Removes what was not used for long at a site. Before it stands: scratch='…' most_bytes=N most_seconds=N, and perhaps unbegun_seconds=N for attempts that
# nobody has begun. A blob's age is that of its last use; what is younger than an hour stays, whatever the size of all.

LC_ALL=C
export LC_ALL
now=$(date +%s)
total=0

# Lines 'TIME SIZE NAME' of what is in this folder.
list() {
    set --
    for file in *; do
        set -- "$@" "$file"
        [ "$#" -lt 500 ] || { stat -c '%Z %s %n' -- "$@" 2>/dev/null; set --; }
    done
    [ "$#" -eq 0 ] || stat -c '%Z %s %n' -- "$@" 2>/dev/null
}

cd "$scratch/blobs/sha256" 2>/dev/null && list | sort -rn | while read -r used size name; do
    total=$((total + size))
    age=$((now - used))
    if [ "$age" -gt 3600 ] && { [ "$age" -gt "$most_seconds" ] || [ "$total" -gt "$most_bytes" ]; }; then rm -f -- "$name"; fi
done

# What wrappers left to say that they have ended.
cd "$scratch/attempts/.ended" 2>/dev/null && list | {
    set --
    while read -r used size name; do
        [ $((now - used)) -le "$most_seconds" ] || set -- "$@" "$name"
        [ "$#" -lt 500 ] || { rm -f -- "$@"; set --; }
    done
    [ "$#" -eq 0 ] || rm -f -- "$@"
}

first_line() { line=; [ -r "$1" ] && IFS= read -r line 2>/dev/null < "$1"; :; }

first_line /proc/sys/kernel/hostname
host=${line:-$(uname -n)}
first_line /proc/sys/kernel/random/boot_id
boot=$line

# How the attempt in $1 stands, in $state: ended, open for whoever begins it, alive, dead, or unknown when its wrapper is on another machine.
look() {
    state=unknown
    if [ -e "$1/result.json" ]; then state=ended; return; fi
    if [ ! -d "$1/claim" ]; then state=open; return; fi
    if [ ! -e "$1/claim/pid" ] && { [ -e "$1/claim/open" ] || [ ! -s "$1/order.sh" ]; }; then state=open; return; fi
    first_line "$1/claim/host"
    [ -n "$line" ] && [ "$line" = "$host" ] && [ -n "$boot" ] || return 0
    first_line "$1/claim/boot"
    [ -n "$line" ] || return 0
    if [ "$line" != "$boot" ]; then state=dead; return; fi
    first_line "$1/claim/pid"
    [ -n "$line" ] || return 0
    if kill -s 0 "$line" 2>/dev/null && ! is_zombie "$line"; then state=alive; else state=dead; fi
}

is_zombie() {
    { [ -r "/proc/$1/stat" ] && IFS= read -r line < "/proc/$1/stat"; } 2>/dev/null || return 1
    case ${line##*) } in Z* | X*) return 0 ;; esac
    return 1
}

# What has ended may be taken by a later client, and what nobody has begun may be begun; of a dead wrapper nothing is left to have.
for folder in "$scratch"/attempts/*; do
    used=$(stat -c %Z -- "$folder/heartbeat" 2>/dev/null || stat -c %Z -- "$folder" 2>/dev/null) || continue
    look "$folder"
    case $state in
        alive) continue ;;
        dead) most=3600 ;;
        open) most=${unbegun_seconds:-$most_seconds} ;;
        *) most=$most_seconds ;;
    esac
    [ "$most" -le "$most_seconds" ] || most=$most_seconds
    [ $((now - used)) -le "$most" ] || rm -rf -- "$folder/order.sh" "$folder" "$scratch/attempts/.ended/${folder##*/}"
done

for folder in "$scratch"/incoming/* "$scratch"/folders/* "$scratch"/begun.*; do
    used=$(stat -c %Z -- "$folder" 2>/dev/null) || continue
    [ $((now - used)) -le "$most_seconds" ] || rm -rf -- "$folder"
done
