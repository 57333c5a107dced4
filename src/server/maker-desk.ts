import type { Tinypool } from "tinypool";
import { canonicalJson } from "../core/canonical.js";
import { fields } from "../page/maker/fields.js";
import { embedded, type Filled, inputOf, type Made } from "../page/maker/input-of.js";
import type { Checked } from "../page/maker/maker-page.js";

const filename = new URL("./check-study.js", import.meta.url).href;

/** Number of study files whose check is kept: while a form is filled in, the same file arrives many times. */
const mostKept = 64;

/** Milliseconds that a check may take. */
const checkMilliseconds = 30_000;

const tooLong: Checked = {
	problems: "Its data could not be read within half a minute.",
	fix: "use fewer examples, or check it from a terminal: `sweetspot plan study.yaml`",
};

/** Checks study files that are made on the page, one at a time. */
export class MakerDesk {
	readonly #folder: string;
	readonly #kept = new Map<string, Promise<Checked>>();
	readonly #pool: Tinypool;

	constructor(folder: string, pool: Tinypool) {
		this.#folder = folder;
		this.#pool = pool;
	}

	check({ input, unreadable }: Made): Promise<Checked> {
		if (unreadable.length > 0) return Promise.resolve({ problems: unreadable.join("\n"), fix: "fix these fields" });
		const name = canonicalJson(JSON.parse(JSON.stringify(input)));
		const known = this.#kept.get(name) ?? this.#run(input, name);
		this.#kept.set(name, known);
		for (const [oldest] of this.#kept) if (this.#kept.size > mostKept) this.#kept.delete(oldest);
		return known;
	}

	async #run(input: Made["input"], name: string): Promise<Checked> {
		try {
			return (await this.#pool.run(
				{ input, folder: this.#folder },
				{ filename, signal: AbortSignal.timeout(checkMilliseconds) },
			)) as Checked;
		} catch (error) {
			this.#kept.delete(name);
			if (error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name)) return tooLong;
			throw error;
		}
	}
}

/** The form that an address holds; one that holds nothing is the embedded study's. */
export function formIn(url: string): { readonly filled: Filled; readonly made: Made; readonly query: string } {
	const { searchParams } = new URL(url);
	const given = Object.fromEntries(fields.flatMap(({ path }) => (searchParams.has(path) ? [[path, searchParams.get(path) ?? ""]] : [])));
	const filled = Object.keys(given).length === 0 ? embedded : given;
	const kept = Object.entries(filled).filter(([, value]) => value.trim() !== "");
	return { filled, made: inputOf(filled), query: `?${new URLSearchParams(kept)}` };
}
