import { closeSync, cpSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Rng } from "../../src/core/rng.js";
import { difference, type Outcome, outcomeOf, unsound } from "./aftermath.js";
import { type Course, keep } from "./course.js";
import { isPartOf } from "./exported-trials.js";
import { type Show, type Shown, type Verdict, verdictOn, views } from "./flips.js";
import { Place } from "./place.js";
import type { Problem } from "./problem.js";
import { sent } from "./processes.js";
import type { Started } from "./program.js";
import { runUndisturbed, type Undisturbed } from "./study-kills.js";
import { workloads } from "./workloads.js";

/** A writer that stands still in the middle of a study with its store open, or one that was killed there. */
export type Writer = "open" | "killed";

export interface LogFlipFigures {
	readonly same: number;
	readonly refused: number;
	readonly ended: number;
	/**
	 * What was written behind the bit was missing, as after a power cut, and nothing else was: SQLite reads the log of a killed writer up to
	 * the first frame whose checksum is wrong.
	 */
	readonly earlier: number;
	/** Studies that were resumed from such a store, and came to the digest of an undisturbed run. */
	readonly resumed: number;
	readonly problems: readonly Problem[];
}

/** The study was begun behind the bit. */
const lacksIt = /^error: .*\bno (?:such study|study|store)\b/m;

/** The log of one store gets so many flips, one at a time; then a writer is interrupted at another moment. */
const perStore = 25;

/** The bytes that a log has when its writer is interrupted: with a few trials in it, and with most of them. */
const [fewBytes, manyBytes] = [60_000, 400_000];

/** One of so many studies that lack their end is resumed. */
const resumeEvery = 4;

/** Flips random bits of a store's log, one at a time, while its writer has it open or after that was killed, and looks at the store. */
export async function logFlipCampaign(
	rng: Rng,
	flips: number,
	writer: Writer,
	show: Show,
	course: Course,
	undisturbed: () => Promise<Undisturbed> = () => runUndisturbed(workloads[0], true),
): Promise<LogFlipFigures> {
	const counts = { same: 0, refused: 0, ended: 0, earlier: 0, resumed: 0 };
	const problems: Problem[] = [];
	if (flips === 0) return { ...counts, problems };
	const whole = await undisturbed();
	for (let done = 0; done < flips && !course.stop.aborted; done += perStore) {
		const store = new InterruptedStore(whole, writer);
		try {
			await store.interrupt(fewBytes + rng.below(manyBytes - fewBytes));
			const before = await store.looks(show);
			for (let flip = done; flip < Math.min(flips, done + perStore) && !course.stop.aborted; flip++) {
				const [bit, which] = [Math.floor(rng.uniform() * 8 * store.logBytes), rng.below(before.length)];
				const note = (found: string): void =>
					keep(course, problems, {
						after: `bit ${bit} of the log flipped, its writer ${writer}, ${views(whole.outcome.id)[which].join(" ")}`,
						found,
					});
				const verdict = await store.flipped(bit, () => store.verdict(show, before, which));
				if (typeof verdict !== "string") note(verdict.found);
				else counts[verdict]++;
				if (verdict !== "earlier" || counts.earlier % resumeEvery !== 0) continue;
				const found = difference(whole.outcome, await store.resumed());
				if (found === null) counts.resumed++;
				else note(`resumed, ${found}`);
			}
		} finally {
			await store.remove();
		}
		course.say(`${Math.min(flips, done + perStore)} of ${flips} bits of logs, writer ${writer}`);
	}
	return { ...counts, problems };
}

/** A store whose log has something in it. */
class InterruptedStore {
	readonly #place = new Place(workloads[0].files);
	#started: Started | null = null;

	constructor(
		private readonly whole: Undisturbed,
		private readonly writer: Writer,
	) {}

	/** Begins the study, and interrupts it as soon as the log has so many bytes. A study that is done before has no log: it is begun anew. */
	async interrupt(bytes: number): Promise<void> {
		for (let wanted = bytes; ; wanted /= 2) {
			rmSync(this.#place.store, { recursive: true, force: true });
			this.#started = this.#place.start([...this.whole.begin, "--quiet"]);
			let over = false;
			void this.#started.ended.then(() => {
				over = true;
			});
			while (!over && this.logBytes < wanted) await delay(2);
			if (!over && sent(this.#started.pid, "SIGSTOP") && this.logBytes > 0) break;
			await this.#end();
		}
		if (this.writer === "open") return;
		await this.#end();
		cpSync(this.#place.store, this.#place.path("interrupted"), { recursive: true });
	}

	get logBytes(): number {
		return statSync(this.#log, { throwIfNoEntry: false })?.size ?? 0;
	}

	/** What every view shows. */
	async looks(show: Show): Promise<readonly string[]> {
		const shown: string[] = [];
		for (const args of views(this.whole.outcome.id)) shown.push((await show(args, this.#place)).stdout);
		return shown;
	}

	/** Does something while a bit is another. */
	async flipped<T>(bit: number, work: () => Promise<T>): Promise<T> {
		if (this.writer === "killed") {
			this.#restore();
			const bytes = readFileSync(this.#log);
			bytes[bit >> 3] ^= 1 << (bit & 7);
			writeFileSync(this.#log, bytes);
			return await work();
		}
		this.#flipInPlace(bit);
		try {
			return await work();
		} finally {
			this.#flipInPlace(bit);
		}
	}

	async verdict(show: Show, before: readonly string[], which: number): Promise<Verdict | "earlier"> {
		const shown = await show(views(this.whole.outcome.id)[which], this.#place);
		const verdict = verdictOn(before[which], shown, false);
		const isAsBefore = verdict === "same" || verdict === "ended" || (verdict === "refused" && !lacksIt.test(shown.stderr));
		if (isAsBefore || this.writer === "open") return verdict;
		return (await this.#isEarlier(show, before, shown)) ? "earlier" : verdict;
	}

	/** The outcome of the study when it is resumed, or begun where nothing is left of it. Null: none. */
	async resumed(): Promise<Outcome | null> {
		const { outcome, begin } = this.whole;
		const { stdout } = await this.#place.run(["studies", "--json"]);
		return outcomeOf(await this.#place.run(stdout.includes(outcome.id) ? ["resume", outcome.id, "--json"] : begin));
	}

	async remove(): Promise<void> {
		await this.#end();
		this.#place.remove();
	}

	/** Whether the store is sound, and has nothing that it didn't have before. */
	async #isEarlier(show: Show, before: readonly string[], shown: Shown): Promise<boolean> {
		if (unsound(this.#place.store) !== null) return false;
		const json = views(this.whole.outcome.id).length - 1;
		const { code, stdout } = await show(views(this.whole.outcome.id)[json], this.#place);
		return code === 0 ? isPartOf(stdout, before[json]) : code === shown.code && lacksIt.test(shown.stderr);
	}

	#restore(): void {
		rmSync(this.#place.store, { recursive: true, force: true });
		cpSync(this.#place.path("interrupted"), this.#place.store, { recursive: true });
	}

	#flipInPlace(bit: number): void {
		const descriptor = openSync(this.#log, "r+");
		try {
			const byte = Buffer.alloc(1);
			readSync(descriptor, byte, 0, 1, bit >> 3);
			byte[0] ^= 1 << (bit & 7);
			writeSync(descriptor, byte, 0, 1, bit >> 3);
		} finally {
			closeSync(descriptor);
		}
	}

	async #end(): Promise<void> {
		if (this.#started === null) return;
		sent(this.#started.pid, "SIGKILL");
		await this.#started.ended;
	}

	get #log(): string {
		return `${this.#place.store}/studies.sqlite-wal`;
	}
}
