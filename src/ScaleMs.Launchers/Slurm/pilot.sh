# Runs a worker of a farm in this allocation. Above stand pilot_modules (quoted words), pilot_scratch, and the functions pilot_lines and pilot_worker.
umask 077
unset SLURM_EXPORT_ENV

give_up() { printf 'scalems: %s\n' "$1" >&2; exit 78; }

mkdir -p -- "$pilot_scratch" || exit 73
folder=$(mktemp -d "$pilot_scratch/scalems-pilot-XXXXXX") || exit 73
trap 'rm -rf -- "$folder"' EXIT
if [ -n "$pilot_modules" ]; then
    find_module_command
    eval "set -- $pilot_modules"
    for name; do
        load_module "$name" "$folder/words" || { cat "$folder/words" >&2; give_up "the module '$name' could not be loaded"; }
    done
fi
pilot_lines

# The worker gets a job's TERM itself; a warning comes to this shell alone, and means the same. A signal ends a wait early; only one that is over counts.
trap 'kill -s USR1 "$worker" 2>/dev/null' USR1
trap : TERM
pilot_worker --folder "$folder" --name "pilot-${SLURM_JOB_ID:-0}" &
worker=$!
while wait "$worker"; status=$?; kill -s 0 "$worker" 2>/dev/null; do :; done
exit "$status"
