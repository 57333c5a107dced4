import { type ChildProcess, spawn } from "node:child_process";

/**
 * Reads process groups as they begin (+ 123) and end (- 123). When its input ends, the writer is gone, by whatever signal. What it left
 * running is killed: by its group and, on Linux, by the variable that every process of a trial has inherited, as one may have left its
 * group. The guard has a session of its own, and ignores every signal that can be ignored.
 */
const script = `
trap '' HUP INT QUIT TERM
groups=' '
while read -r sign group; do
	case $sign in
		+) groups="$groups$group " ;;
		-) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
	esac
done
for group in $groups; do kill -s KILL -- "-$group"; done
for file in $(grep -slaF "SWEETSPOT_EVENTS=$1/" /proc/[0-9]*/environ); do
	process=\${file#/proc/}
	kill -s KILL "\${process%/environ}"
done
`;

/** A process that ends what this one started, should this one be killed. One for all trials of a session. */
export class Guard {
	readonly #folder: string;
	readonly #groups = new Set<number>();
	#process: ChildProcess | null = null;
	#closed = false;

	/** `folder`: holds the folders of all trials that are guarded. */
	constructor(folder: string) {
		this.#folder = folder;
		this.#start();
	}

	/** To be called before anything of the group runs. */
	watch(group: number): void {
		this.#groups.add(group);
		this.#say(`+ ${group}`);
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
		const child = spawn("/bin/sh", ["-c", script, "sweetspot-guard", this.#folder], {
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
		for (const group of this.#groups) this.#say(`+ ${group}`);
	}

	#say(line: string): void {
		this.#process?.stdin?.write(`${line}\n`);
	}
}
