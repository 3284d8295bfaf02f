#!/bin/bash
# The study without any engine: the same calls of gmx, one after the other, and the same table with awk.
# usage: plain-study.sh GMX WORKFLOW-FOLDER OUTPUT-FOLDER TEMPERATURE... ; smoke size; replica i has seed 1000 + i
set -euo pipefail
program=$1 study=$2 folder=$3
shift 3
export LC_ALL=C TZ=UTC

fill() { # template values...: the .mdp with its placeholders filled
  local text name
  text=$(<"$study/mdp/$1.mdp")
  shift
  for value in "$@"; do
    name=${value%%=*}
    text=${text//@$name@/${value#*=}}
  done
  printf '%s\n' "$text"
}

tool() { "$program" -quiet -nobackup "$@" >>tool.log 2>&1 || { tail -n 20 tool.log >&2; return 1; }; }
md() { tool mdrun -deffnm "$1" -reprod -ntmpi 1 -ntomp 1 -pin off; }

mkdir -p "$folder"
cd "$folder"
tool pdb2gmx -f "$study/inputs/crambin.pdb" -ff amber99sb-ildn -water tip3p -ignh -o protein.gro -p topol.top -i posre.itp
tool editconf -f protein.gro -o box.gro -c -d 0.8 -bt dodecahedron
tool solvate -cp box.gro -cs spc216.gro -p topol.top -o wet.gro
tool grompp -f "$study/mdp/ions.mdp" -c wet.gro -p topol.top -o ions.tpr -po used.mdp
tool genion -s ions.tpr -p topol.top -o salty.gro -pname NA -nname CL -neutral -conc 0.15 -seed 7 <<<SOL
fill em Nsteps=50 >em.mdp
tool grompp -f em.mdp -c salty.gro -p topol.top -o em.tpr -po used.mdp
md em
fill nvt Nsteps=100 >nvt.mdp
tool grompp -f nvt.mdp -c em.gro -r em.gro -p topol.top -o nvt.tpr -po used.mdp
md nvt
fill npt Nsteps=100 >npt.mdp
tool grompp -f npt.mdp -c nvt.gro -r em.gro -t nvt.cpt -p topol.top -o npt.tpr -po used.mdp
md npt

replica() { # number temperature
  local seed=$((1000 + $1))
  mkdir "replica$1"
  cd "replica$1"
  fill prod Nsteps=200 Temperature="$2" Seed=$seed >prod.mdp
  tool grompp -f prod.mdp -c ../npt.gro -p ../topol.top -o prod.tpr -po used.mdp
  md prod
  tool energy -f prod.edr -o energy.xvg -xvg none <<<$'Potential\nTemperature\nPressure\n'
  tool rms -s prod.tpr -f prod.xtc -o rmsd.xvg -xvg none <<<$'Backbone\nBackbone'
  tool gyrate -s prod.tpr -f prod.xtc -o gyrate.xvg -xvg none <<<Protein
  tool rdf -s prod.tpr -f prod.xtc -ref 'name OW' -sel 'name OW' -bin 0.01 -rmax 1 -o rdf.xvg -xvg none
  awk -v head="$1,$2,$seed" '
    FILENAME == "energy.xvg" { n++; e += $2; t += $3; tt += $3 * $3; p += $4 }
    FILENAME == "rmsd.xvg"   { last = $2 }
    FILENAME == "gyrate.xvg" { m++; g += $2 }
    FILENAME == "rdf.xvg" && $2 > peak { peak = $2; at = $1 }
    END {
      spread = tt / n - (t / n) * (t / n)
      printf "%s,%.3f,%.3f,%.3f,%.3f,%.5f,%.5f,%.3f,%.4f\n", head, e / n, t / n, sqrt(spread > 0 ? spread : 0), p / n, last, g / m, at, peak
    }' energy.xvg rmsd.xvg gyrate.xvg rdf.xvg >row.csv
}

# Two at a time, as there are at least two cores nearly everywhere.
number=0
while (($# > 0)); do
  running=()
  for temperature in "${@:1:2}"; do
    (replica $number "$temperature") & running+=($!)
    number=$((number + 1))
  done
  for process in "${running[@]}"; do wait "$process"; done
  shift $(($# < 2 ? $# : 2))
done

echo replica,temp_K,seed,epot_mean,T_mean,T_sd,P_mean,rmsd_last_nm,rg_mean_nm,rdf_peak_r_nm,rdf_peak_g >ensemble.csv
for ((i = 0; i < number; i++)); do cat "replica$i/row.csv"; done >>ensemble.csv
