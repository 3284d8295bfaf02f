# Checks of a place, for scalems doctor. They tell what they find; what it means is decided by who asked.

coreutils() {
    for name; do
        command -v "$name" > /dev/null 2>&1 || tell lacks "$name"
    done
    [ "$(stat -L -c %s /dev/null 2> /dev/null)" = 0 ] || tell lacks 'stat -c'
}

digests() {
    expected=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
    [ "$(printf abc | openssl dgst -sha256 -r 2> /dev/null | cut -c 1-64)" != $expected ] || tell digests openssl
    [ "$(printf abc | sha256sum 2> /dev/null | cut -c 1-64)" != $expected ] || tell digests sha256sum
}

place() {
    tell host "$(uname -n)"
    tell clock "$(date +%s)"
    tell cores "$(nproc 2> /dev/null)"
}

# has NAME…: the programs of these that are there.
has() {
    for name; do
        ! command -v "$name" > /dev/null 2>&1 || tell has "$name"
    done
}

# Whether a folder can be made and written, and the space that is left there, in KiB.
folder() {
    if mkdir -p -- "$1" 2> "$ask_folder/errors" && true 2> "$ask_folder/errors" > "$1/.scalems-doctor.$$"; then
        rm -f -- "$1/.scalems-doctor.$$"
        tell folder "$1"
        df -Pk "$1" 2> /dev/null | { read -r line; read -r device size used free line; tell free "$free"; }
    else
        tell no-folder-there "$1"
        tell_file why "$ask_folder/errors"
    fi
}

# The client's file is looked for, and another one is left beside it. A file server may show it late.
both_sides() {
    tries=0
    while [ ! -r "$1" ] && [ "$tries" -lt "$2" ]; do
        ls "${1%/*}" > /dev/null 2>&1
        sleep 1
        tries=$((tries + 1))
    done
    [ -r "$1" ] || { tell unseen "$1"; return; }
    tell seen "$(cat "$1")"
    tell late "$tries"
    cat "$1" 2> /dev/null > "$1.there" || tell unwritten "$1.there"
}

# capture NAME COMMAND…: what a command says, and how it ends; it has a minute.
capture() {
    ask_name=$1
    shift
    if command -v timeout > /dev/null 2>&1; then set -- timeout -k 5 60 "$@"; fi
    "$@" > "$ask_folder/out" 2>&1 < /dev/null
    tell status "$ask_name $?"
    tell_file "$ask_name" "$ask_folder/out"
}
