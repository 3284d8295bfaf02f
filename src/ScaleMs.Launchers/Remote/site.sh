# A site's modules: for the wrapper, for pilots, and for questions to a site. Whoever calls these functions stands below.

find_module_command() {
    for file in "${LMOD_PKG:-/usr/share/lmod/lmod}/init/sh" "${MODULESHOME:-/usr/share/modules}/init/sh" /etc/profile.d/lmod.sh /etc/profile.d/modules.sh; do
        command -v module > /dev/null 2>&1 && return
        [ ! -r "$file" ] || . "$file"
    done
}

# load_module NAME FILE: what it complains of is in the file then. Versions of Modules before 4 fail with status 0.
load_module() {
    module load "$1" 2> "$2"
    set -- "$?" "$2"
    while IFS= read -r line; do
        case $line in *:ERROR:*) return 1 ;; esac
    done < "$2"
    return "$1"
}

# The first paragraph of a file that tells of an error, else all of it, as one line of some hundred letters in $text.
in_short() {
    text= found=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            *[Ee]rror* | *ERROR*) [ -n "$found" ] || text=; found=yes ;;
            *[!\ ]*) ;;
            *) [ -z "$found" ] || return 0; continue ;;
        esac
        line=${line#"${line%%[! ]*}"}
        text=$text${text:+ }$line
        [ "${#text}" -lt 300 ] || return 0
    done < "$1"
}

