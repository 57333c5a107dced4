/**
 * The last value made for each object, for as long as that object lives: there is one value per key, and the garbage collector removes it
 * with the key. So a long-lived process holds a study's replay, with its results, for as long as it holds the study's object. To free it,
 * drop the object or read the study again (each `Store.find` gives a new object).
 */
export class Memo<K extends object, V> {
	readonly #values = new WeakMap<K, V>();

	/** The last value made for this key if it still fits; else a new one. */
	get(key: K, fits: (value: V) => boolean, make: () => V): V {
		const last = this.#values.get(key);
		if (last !== undefined && fits(last)) return last;
		const made = make();
		this.#values.set(key, made);
		return made;
	}
}
