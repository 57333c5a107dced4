import { type ChildProcess, spawn } from "node:child_process";
import { markName } from "./kin.js";

/**
 * Reads process groups as they begin (+ 123 4567 89, with when the leader was started and its tag as a limit in bytes) and end (- 123).
 * When its input ends, the writer is gone, by any signal. What it left running is killed: by its group, where the leader is still the one
 * that we started, and, on Linux, by the mark that every process of a trial has inherited, or by its tag (`tag.ts`), as one may have left
 * its group and cleared its environment. Mark and tag are random digits: no path or text of the user's is matched. The guard has a session
 * of its own, and ignores every signal that can be ignored.
 */
const script = `
trap '' HUP INT QUIT TERM
start_of() {
	line=$(cat "/proc/$1/stat" 2>/dev/null) || return
	set -- \${line##*) }
	echo "\${20}"
}
groups=' '
while read -r sign group start limit; do
	case $sign in
		+) groups="$groups$group:$start:$limit " ;;
		-) case $groups in *" $group:"*)
			rest=\${groups#* $group:}
			groups="\${groups%% $group:*} \${rest#* }" ;;
		esac ;;
	esac
done
for one in $groups; do
	group=\${one%%:*} rest=\${one#*:}
	start=\${rest%%:*}
	if [ "$start" = unknown ] || [ "$(start_of "$group")" = "$start" ]; then kill -s KILL -- "-$group"; fi
done
kill_all() {
	for file; do
		process=\${file#/proc/}
		kill -s KILL "\${process%/*}"
	done
}
for one in $groups; do
	limit=\${one##*:}
	if [ "$limit" != unknown ]; then kill_all $(grep -sl "^Max resident set  *$limit " /proc/[0-9]*/limits); fi
done
kill_all $(grep -slaF "${markName}=$1-" /proc/[0-9]*/environ)
`;

/** A process that ends what this one started, should this one be killed. One for all trials of a session. */
export class Guard {
	readonly #arguments: readonly string[];
	/** With when their leaders were started, and their tags. */
	readonly #groups = new Map<number, string>();
	#process: ChildProcess | null = null;
	#closed = false;

	/** `mark`: of all that is guarded. `folder`: holds the folders of all trials; for people who see the guard in a list of processes. */
	constructor(mark: string, folder: string) {
		this.#arguments = [mark, folder];
		this.#start();
	}

	/**
	 * To be called before anything of the group runs. `start`: of its leader; `limit`: its tag, in bytes; null where the system shows none.
	 */
	watch(group: number, start: string | null, limit: string | null): void {
		const known = `${start ?? "unknown"} ${limit ?? "unknown"}`;
		this.#groups.set(group, known);
		this.#say(`+ ${group} ${known}`);
	}

	/** The group is gone. */
	release(group: number): void {
		if (this.#groups.delete(group)) this.#say(`- ${group}`);
	}

	close(): void {
		this.#closed = true;
		this.#process?.stdin?.end();
	}

	#start(): void {
		const child = spawn("/bin/sh", ["-c", script, "sweetspot-guard", ...this.#arguments], {
			detached: true,
			stdio: ["pipe", "ignore", "ignore"],
			cwd: "/",
			env: { PATH: process.env.PATH },
		});
		child.on("error", () => {}); // "exit" doesn't follow where it could not be started: there is no guard then
		child.stdin.on("error", () => {});
		child.on("exit", () => {
			if (!this.#closed) this.#start(); // the guard alone was killed
		});
		child.unref();
		(child.stdin as unknown as { unref?: () => void }).unref?.();
		this.#process = child;
		for (const [group, known] of this.#groups) this.#say(`+ ${group} ${known}`);
	}

	#say(line: string): void {
		this.#process?.stdin?.write(`${line}\n`);
	}
}
