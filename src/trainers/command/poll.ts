import { FollowedFile, type Follower } from "./followed-file.js";

/**
 * Bounds of the time between two passes. The longest is how late a trial may learn that it shall stop, or is out of time. The shortest
 * keeps files that are due at different times from having a pass each.
 */
const passMilliseconds = { least: 20, most: 50 } as const;

/** One timer for all trials of a session. It lets each see whether it shall go on, and looks at those of their files that are due. */
export class Poll {
	readonly #files = new Set<FollowedFile>();
	readonly #passes = new Set<() => void>();
	#timer: NodeJS.Timeout | null = null;

	/** Hands on what is appended to a file from now on, until the file is closed. */
	follow(file: string, follower: Follower): FollowedFile {
		const followed = new FollowedFile(file, follower, (closed) => this.#files.delete(closed));
		this.#files.add(followed);
		this.#start();
		return followed;
	}

	/** Calls this at every pass. Returns what ends that. */
	everyPass(act: () => void): () => void {
		this.#passes.add(act);
		this.#start();
		return () => this.#passes.delete(act);
	}

	#start(): void {
		this.#timer ??= setTimeout(this.#pass, passMilliseconds.least);
	}

	readonly #pass = (): void => {
		const now = performance.now();
		let next = now + passMilliseconds.most;
		for (const file of [...this.#files]) {
			if (file.due <= now) file.look(now);
			next = Math.min(next, file.due);
		}
		for (const act of [...this.#passes]) act();
		this.#timer = null;
		if (this.#files.size === 0 && this.#passes.size === 0) return;
		this.#timer = setTimeout(this.#pass, Math.max(passMilliseconds.least, next - performance.now()));
	};
}
