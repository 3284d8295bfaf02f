# Removes what was not used for long at a site. Before it stands: scratch='…' most_bytes=N most_seconds=N.
# A blob's age is that of its last use; what is younger than an hour stays, whatever the size of all.

LC_ALL=C
export LC_ALL
cd "$scratch/blobs/sha256" 2>/dev/null || exit 0
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

list | sort -rn | while read -r used size name; do
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

for folder in "$scratch"/attempts/* "$scratch"/incoming/* "$scratch"/folders/*; do
    used=$(stat -c %Z -- "$folder/heartbeat" 2>/dev/null || stat -c %Z -- "$folder" 2>/dev/null) || continue
    [ $((now - used)) -le "$most_seconds" ] || rm -rf -- "$folder"
done
