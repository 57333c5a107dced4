/**
 * The last value made for each object, for as long as that object lives and no longer: there is one value a key, and the garbage collector
 * takes it with the key. A long-lived process therefore holds a study's replay, its results among it, for as long as it holds the study's
 * object: read the study anew (each `Store.find` gives a new object) or drop it to be rid of it.
 */
export class Memo<K extends object, V> {
	readonly #values = new WeakMap<K, V>();

	/** The value made last for this key where it still fits; else a new one. */
	get(key: K, fits: (value: V) => boolean, make: () => V): V {
		const last = this.#values.get(key);
		if (last !== undefined && fits(last)) return last;
		const made = make();
		this.#values.set(key, made);
		return made;
	}
}
