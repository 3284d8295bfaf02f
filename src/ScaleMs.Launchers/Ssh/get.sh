# Gives files of a site. Before it stands: root='…'; after it calls of give, inside of gives() { … }, and at last 'main'.
# Standard output: 'gzip' or 'plain'; then, compressed if it says so, frames: 'f INDEX SIZE' and the bytes of a file, 'm INDEX' for one that is not there, and 'e'.

LC_ALL=C
export LC_ALL

# give INDEX FROM MOST PATH: the file from a byte on, counted from 1, and no more than so many bytes.
give() {
    size=$(stat -L -c %s -- "$root/$4" 2>/dev/null)
    [ -f "$root/$4" ] && [ -r "$root/$4" ] || { printf 'm %s\n' "$1"; return; }
    size=$((size - $2 + 1))
    [ "$size" -ge 0 ] || size=0
    [ "$size" -le "$3" ] || size=$3
    printf 'f %s %s\n' "$1" "$size"
    if [ "$2" -eq 1 ]; then head -c "$size" -- "$root/$4"; else tail -c "+$2" -- "$root/$4" | head -c "$size"; fi
}

main() {
    cd / && [ -d "$root" ] || { printf 'scalems: %s is gone\n' "$root" >&2; exit 1; }
    if command -v gzip > /dev/null 2>&1; then
        printf 'gzip\n'
        { gives; printf 'e\n'; } | gzip -1c
    else
        printf 'plain\n'
        gives
        printf 'e\n'
    fi
}
