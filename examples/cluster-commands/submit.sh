#!/bin/sh
# submit.sh NODE PROGRAM FILE FOLDER OUT NAME: hands one job to Slurm, and prints what Slurm calls it.
# The job runs `NODE PROGRAM FILE` in FOLDER, and what it prints is appended to OUT.
id=$(
	sbatch --parsable --job-name="$6" --chdir="$4" --output="$5" --open-mode=append /dev/stdin "$1" "$2" "$3" <<'END'
#!/bin/sh
exec "$@"
END
) || exit 1
echo "${id%%;*}"
