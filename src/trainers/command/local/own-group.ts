import { setTimeout as delay } from "node:timers/promises";
import { signal } from "./kin.js";
import { memoryOf } from "./memory.js";
import { allProcesses, hasOpen, isSame, type Process, processAt, showsProcesses } from "./processes.js";

/** A process stops at once, or as soon as the kernel lets go of it. */
const longestStopMilliseconds = 1000;

/**
 * The process group of a script that we started, and what it has started in turn. A group's id may come to be another's once the group is
 * empty. So it counts as ours only while one of those lives that were seen in it when it was: its leader first, then whom `look` found.
 */
export class OwnGroup {
	/** In the group, at a time when it was ours. */
	#members: readonly Process[] = [];
	/**
	 * Members and descendants seen so far, those that are gone left out. Each is known by its start, so it stays ours if it leaves the group.
	 */
	#seen: readonly Process[] = [];
	readonly #isVisible = showsProcesses();

	/** To be called while the leader surely lives. */
	constructor(private readonly id: number) {
		const leader = processAt(id);
		if (leader) this.#members = this.#seen = [leader];
	}

	/** When its leader was started; null where the system doesn't show it. */
	get start(): string | null {
		return this.#isVisible ? (this.#members[0]?.start ?? null) : null;
	}

	/**
	 * Takes note of who belongs to it now. `justEnded`: the leader has, just now. Its id can't be another's yet, and isn't given to another
	 * as long as somebody is left in the group.
	 */
	look(justEnded = false): void {
		if (!this.#isVisible) return;
		const all = allProcesses();
		const isOurs = justEnded || this.#isOurs();
		const members = isOurs ? all.filter(({ group, session }) => group === this.id && session === this.id) : [];
		const known = new Set([...members, ...this.#seen.filter(isSame)].map(({ id }) => id));
		for (let before = -1; before < known.size; ) {
			before = known.size;
			for (const one of all) if (known.has(one.parent)) known.add(one.id);
		}
		this.#seen = all.filter(({ id }) => known.has(id));
		this.#members = members;
	}

	/** Sends a signal to the group where it is ours. Returns whether it is, with somebody in it. */
	signal(name: NodeJS.Signals | 0): boolean {
		if (!signal(-this.id, 0)) return false;
		this.look();
		return this.#isOurs() && signal(-this.id, name);
	}

	/** Stops all of it, those that have left the group as well. Resolves when it stands still, with whether it does. */
	async stop(): Promise<boolean> {
		return this.signal("SIGSTOP") && (await this.#stilled(() => this.#all()));
	}

	/**
	 * Stops processes and those that they start meanwhile. Resolves with whether they stand still. One that waits in the kernel with the
	 * signal before it does: it can't run on. If it has started another by vfork, and that one was stopped first, it stays there.
	 */
	async #stilled(processes: () => readonly Process[]): Promise<boolean> {
		const signalled = new Set<string>();
		for (let waited = 0; waited < longestStopMilliseconds; waited += 2) {
			const going = processes().filter(
				({ id, start, isStopped, isInKernel }) => !isStopped && !(isInKernel && signalled.has(`${id} ${start}`)),
			);
			if (going.length === 0) return true;
			for (const { id, start } of going) if (signal(id, "SIGSTOP")) signalled.add(`${id} ${start}`);
			await delay(2);
		}
		return false;
	}

	/** Lets all of it go on. */
	goOn(): void {
		for (const { id } of this.#strayed()) signal(id, "SIGCONT");
		this.signal("SIGCONT");
	}

	/** Bytes of memory that its processes hold; null where the system doesn't show it. */
	memory(): number | null {
		return this.#isVisible ? this.#all().reduce((sum, { id }) => sum + memoryOf(id), 0) : null;
	}

	/** Whether one of its processes has a file open; null where the system doesn't show it. */
	holdsOpen(file: string): boolean | null {
		return this.#isVisible ? this.#all().some(({ id }) => hasOpen(id, file)) : null;
	}

	/** Its processes as they are now, those that have left the group among them. */
	#all(): readonly Process[] {
		this.look();
		return this.#seen.flatMap((one) => this.#now(one) ?? []);
	}

	/** Those that have left the group, as they are now. */
	#strayed(): readonly Process[] {
		return this.#seen.flatMap((one) => this.#now(one) ?? []).filter(({ group }) => group !== this.id);
	}

	#now({ id, start }: Process): Process | null {
		const now = processAt(id);
		return now?.start === start ? now : null;
	}

	/** Whether no process is left in it within so many milliseconds. */
	async isGone(milliseconds: number): Promise<boolean> {
		const until = performance.now() + milliseconds;
		for (let pause = 2; this.signal(0); pause = Math.min(2 * pause, 50)) {
			const left = until - performance.now();
			if (left <= 0) return false;
			await delay(Math.min(pause, left));
		}
		return true;
	}

	/**
	 * Kills those that have left the group, and returns them. They are stopped first: one that is killed while it starts another leaves an
	 * orphan that nothing connects with the script any more.
	 */
	async killStrayed(): Promise<readonly Process[]> {
		await this.#stilled(() => {
			this.look();
			return this.#strayed();
		});
		const strayed = this.#strayed();
		for (const { id } of strayed) signal(id, "SIGKILL");
		return strayed;
	}

	#isOurs(): boolean {
		return !this.#isVisible || this.#members.some((one) => isSame(one) && processAt(one.id)?.group === this.id);
	}
}
