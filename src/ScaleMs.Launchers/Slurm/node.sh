# A question to a node, which only a job can ask. What it tells is read by NodeJob.

# job NAME SECONDS FOLDER SCRIPT OPTION…: submits a script, given in base64, waits for its end and tells what it printed. Login nodes that share the folder
# may have processes of one number, and one that was killed leaves a file there: the name is that of the folder that nobody else has.
job() {
    ask_name=$1 ask_limit=$2 ask_output=$3/.$1-job.${ask_folder##*-} ask_script=$4
    shift 4
    printf %s "$ask_script" | base64 -d > "$ask_folder/job.sh"
    mkdir -p -- "${ask_output%/*}" 2> /dev/null
    timeout -k 5 "$ask_limit" sbatch --wait --parsable -J "$ask_name" -n 1 -o "$ask_output" "$@" < "$ask_folder/job.sh" > "$ask_folder/id" 2> "$ask_folder/errors"
    status=$?
    read -r id < "$ask_folder/id"
    id=${id%%;*}
    tell job "$status $id"
    tell_file why "$ask_folder/errors"
    [ "$status" -ne 124 ] || { [ -z "$id" ] || scancel "$id"; }
    tries=0
    while [ -n "$id" ] && [ "$status" -ne 124 ] && [ ! -s "$ask_output" ] && [ "$tries" -lt 30 ]; do
        ls "${ask_output%/*}" > /dev/null 2>&1
        sleep 1
        tries=$((tries + 1))
    done
    [ ! -r "$ask_output" ] || tell_file printed "$ask_output"
    rm -f -- "$ask_output"
}
