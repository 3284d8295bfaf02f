# Takes files at a site. Before it stands: scratch='…'. Standard input: digests of blobs, one a line, and a dot; then, compressed if this end says that it
# can, frames: 'b HEX SIZE' and a blob's bytes, 'f NAME SIZE' and a file's, and 'e'. The file 0 is shell that puts everything where it belongs.
# Standard output: for each blob that is here its name, size and time; 'gzip' or 'plain', and a dot; at the end 'done'.

LC_ALL=C
export LC_ALL
umask 077
seal=197001010000.01
most_files=100
most_bytes=67108864

fail() { printf 'scalems: %s\n' "$1" >&2; exit "${2:-1}"; }

cd "$scratch" && mkdir -p blobs/sha256 folders incoming || fail "$scratch cannot be used"
# ext4 without a journal passes over the places of removed files one by one: the mark spreads attempts over the disk.
[ -d attempts ] || { mkdir -p attempts && { chattr +T attempts > /dev/null 2>&1 || :; }; } || fail "$scratch cannot be used"
incoming=$scratch/incoming/$$.$(date +%s)
mkdir "$incoming" "$incoming/b" || fail "$incoming cannot be made"
trap 'rm -rf "$incoming"' EXIT
trap 'exit 1' HUP INT TERM PIPE

# A blob that somebody wrote to has another time than the one that it got here. Asked for, it is young again.
tell_blobs() {
    [ "$#" -gt 0 ] || return 0
    ( cd blobs/sha256 && { chmod 400 -- "$@"; stat -c '%n %s %Y' -- "$@"; } 2>/dev/null )
    :
}

ask() {
    set --
    while IFS= read -r line && [ "$line" != . ]; do
        set -- "$@" "$line"
        [ "$#" -lt 200 ] || { tell_blobs "$@"; set --; }
    done
    [ "$line" = . ] || fail 'the question was cut off' 75
    tell_blobs "$@"
}

digests() { if command -v openssl > /dev/null 2>&1; then openssl dgst -sha256 -r "$@"; else sha256sum "$@"; fi; }

# Keeps the blobs that came whole.
keep() {
    files=0 bytes=0
    cd "$incoming/b" || fail "$incoming is gone"
    set -- *
    [ -e "$1" ] || { cd "$scratch"; return 0; }
    digests "$@" | while read -r hex name; do
        [ "$hex" = "${name#\*}" ] || { rm -f "${name#\*}"; printf 'bad %s\n' "${name#\*}" >&3; }
    done
    set -- *
    if [ -e "$1" ]; then
        chmod 400 "$@" && TZ=UTC0 touch -t "$seal" "$@" && mv -f "$@" "$scratch/blobs/sha256/" || fail 'blobs cannot be kept'
    fi
    cd "$scratch" || fail "$scratch is gone"
}

take() { head -c "$1" > "$2" || fail "$2 cannot be written"; }

receive() {
    files=0 bytes=0
    while IFS=' ' read -r kind name size; do
        case $kind in
            b)
                take "$size" "$incoming/b/$name"
                files=$((files + 1)) bytes=$((bytes + size))
                { [ "$files" -lt "$most_files" ] && [ "$bytes" -lt "$most_bytes" ]; } || keep
                ;;
            f) take "$size" "$incoming/$name" ;;
            e) keep; true > "$incoming/whole"; return ;;
            *) fail "the frame '$kind' is none" ;;
        esac
    done
    keep
    fail 'the files were cut off' 75
}

# What the file 0 calls.
copy() { cp -- "blobs/sha256/$1" "$root/$2" || { [ -e "blobs/sha256/$1" ] && fail "$root/$2 cannot be written"; printf 'lack %s\n' "$1" >&3; exit 76; }; }
place() { mv -f -- "$incoming/$1" "$root/$2" || fail "$root/$2 cannot be written"; }

exec 3>&1
ask
if command -v gzip > /dev/null 2>&1; then packer=gzip; else packer=plain; fi
printf '%s\n.\n' "$packer"
if [ "$packer" = gzip ]; then gzip -dc | receive; else receive; fi || exit
[ -e "$incoming/whole" ] || exit 75
. "$incoming/0"
printf 'done\n'
