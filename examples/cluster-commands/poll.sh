#!/bin/sh
# poll.sh JOB…: prints the state of each job that Slurm still knows. A failure must end with an exit code: no line would mean that the jobs are gone.
listed=$(squeue --me --noheader --states=all --format='%i|%T|%N|%r') || exit 1
printf '%s\n' "$listed" | awk -F '|' -v jobs=" $* " '
	index(jobs, " " $1 " ") == 0 { next }
	$2 == "PENDING" || $2 ~ /^REQUEUE/ { print $1, "queued", $4; next }
	$2 == "COMPLETED" { print $1, "done"; next }
	$2 == "FAILED" { print $1, "failed"; next }
	$2 == "CANCELLED" { print $1, "cancelled"; next }
	$2 == "OUT_OF_MEMORY" { print $1, "out-of-memory"; next }
	$2 == "TIMEOUT" || $2 == "DEADLINE" { print $1, "out-of-time"; next }
	$2 == "PREEMPTED" || $2 ~ /_FAIL$/ { print $1, "taken-away"; next }
	{ print $1, "running", $3 }
'
