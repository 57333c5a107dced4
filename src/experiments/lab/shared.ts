import type { Tools } from "../experiment.js";

/**
 * What the tasks of a run share in one thread, such as data that are read and networks that are built: opened once for a key, and gone with
 * the tools that the tasks are given.
 */
export class Shared<T> {
	readonly #opened = new WeakMap<Tools, Map<string, Promise<T>>>();

	of(tools: Tools, key: string, open: () => Promise<T>): Promise<T> {
		const own = this.#opened.get(tools) ?? new Map<string, Promise<T>>();
		this.#opened.set(tools, own);
		const known = own.get(key) ?? open();
		own.set(key, known);
		return known;
	}
}
