import type { Tinypool } from "tinypool";
import type { Part } from "../page/part.js";
import { type ChartsChoice, changedSections } from "../report/charts-choice.js";
import type { ChosenCharts } from "./draw-charts.js";

/** Choices whose charts are kept. */
const mostKept = 8;

/** Charts as readers chose to see them: a part of an axis, single runs. Drawn on demand; equal choices of several tabs are drawn once. */
export class ChartsDesk {
	readonly #pool: Tinypool;
	readonly #drawn = new Map<string, { readonly json: string; readonly parts: Promise<readonly Part[]> }>();

	constructor(pool: Tinypool) {
		this.#pool = pool;
	}

	/** The parts that the choice changes. `json`: of the study with this id. Null: they would have to be drawn, which `mayDraw` forbids. */
	of(id: string, json: string, choice: ChartsChoice, mayDraw: () => boolean): Promise<readonly Part[]> | null {
		const sections = changedSections(choice);
		if (sections.length === 0) return Promise.resolve([]);
		const key = `${id} ${JSON.stringify(choice)}`;
		const known = this.#drawn.get(key);
		if (known?.json === json) return known.parts;
		if (!mayDraw()) return null;
		const parts = this.#pool.run({ json, choice } satisfies ChosenCharts, {
			filename: new URL("./draw-charts.js", import.meta.url).href,
		}) as Promise<readonly Part[]>;
		this.#drawn.delete(key);
		this.#drawn.set(key, { json, parts });
		for (const [oldest] of this.#drawn) if (this.#drawn.size > mostKept) this.#drawn.delete(oldest);
		parts.catch(() => this.#drawn.delete(key)); // whoever waits for it sees the error
		return parts;
	}

	/** To be called when another store has taken the place of this one. */
	forget(): void {
		this.#drawn.clear();
	}
}
