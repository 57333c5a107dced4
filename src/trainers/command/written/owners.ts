/** A script, as it is recognized among others. */
type Script = object;

/** While a script could write, in milliseconds since 1970. */
interface Span {
	readonly script: Script;
	readonly from: number;
	to: number;
}

/** A file system's clock may be behind by so many milliseconds. */
const clockMilliseconds = 50;

/** Whose a file is that was made where several scripts may write: "unclear" where another one may have made it. */
export type Ownership = "own" | "another's" | "unclear";

/**
 * Which of a session's scripts made a file, of those that lie in no trial's folder. It is the one that has it open, or the only one that
 * ran when it was made. No file is ever two scripts'.
 */
export class Owners {
	readonly #owners = new Map<string, Script>();
	readonly #unclear = new Set<string>();
	#spans: Span[] = [];

	/** It runs, from now on or again. */
	runs(script: Script): void {
		if (!this.#spans.some((span) => span.script === script && span.to === Number.POSITIVE_INFINITY))
			this.#spans.push({ script, from: Date.now(), to: Number.POSITIVE_INFINITY });
	}

	/** It has ended, or stands still. */
	rests(script: Script): void {
		for (const span of this.#spans) if (span.script === script) span.to = Math.min(span.to, Date.now());
		// What ended before all that run now began can't have made a file of theirs.
		const oldest = Math.min(...this.#spans.filter(({ to }) => to === Number.POSITIVE_INFINITY).map(({ from }) => from));
		this.#spans = this.#spans.filter(({ to }) => to + clockMilliseconds >= oldest);
	}

	isOwn(script: Script, file: string): boolean {
		return this.#owners.get(file) === script;
	}

	/** Whose this file is, which wasn't there before the script ran. `made`: when, in milliseconds since 1970. */
	ownership(script: Script, file: string, made: number, holdsOpen: () => boolean | null): Ownership {
		const owner = this.#owners.get(file);
		if (owner !== undefined) return owner === script ? "own" : "another's";
		// It wasn't there before this one's beginning, even if a coarse clock says so.
		const began = Math.min(...this.#spans.filter((span) => span.script === script).map(({ from }) => from));
		const mayBeAnothers = this.#spans.some((span) => span.script !== script && mayHaveMade(span, made, Math.max(made, began)));
		if ((mayBeAnothers || this.#unclear.has(file)) && holdsOpen() !== true) {
			this.#unclear.add(file); // it stays so when the others are gone
			return "unclear";
		}
		this.#owners.set(file, script);
		return "own";
	}
}

/** `made`: as the file system says, which may be too early; it was not made before `earliest`. */
const mayHaveMade = ({ from, to }: Span, made: number, earliest: number): boolean => from <= made + clockMilliseconds && to >= earliest;
