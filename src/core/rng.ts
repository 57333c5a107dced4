import { internal } from "./errors.js";
import { log } from "./numerics.js";

/**
 * A seeded generator that can be split: `rng.split("weights")` is a generator of its own, a function of this one's seed and the label, and
 * neither draws from nor disturbs its parent. So adding a draw in one place never shifts the draws of another.
 *
 * Draws: xoshiro128** 1.1 (Blackman & Vigna 2021), 128 bits of state, integer arithmetic only. Seeding and splitting: the labels are hashed
 * into the state word by word with the finalizer of MurmurHash3.
 */
export class Rng {
	/** The key this generator was made from; splits derive from it, not from the running state. */
	readonly #key: readonly [number, number, number, number];
	#a: number;
	#b: number;
	#c: number;
	#d: number;
	#spareNormal: number | undefined;

	private constructor(key: readonly [number, number, number, number]) {
		this.#key = key;
		[this.#a, this.#b, this.#c, this.#d] = key;
		if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#d = 1; // xoshiro's one forbidden state
	}

	/** `seed`: any safe integer ≥ 0. */
	static fromSeed(seed: number): Rng {
		if (!Number.isSafeInteger(seed) || seed < 0) throw internal(`a seed is an integer of 0 or more, got ${seed}`);
		const key = absorb(absorb([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x71374491], seed >>> 0), Math.floor(seed / 2 ** 32));
		return new Rng(key);
	}

	/** A generator of its own for what `label` names. */
	split(label: string | number): Rng {
		let key = absorb(this.#key, typeof label === "number" ? 1 : 2);
		if (typeof label === "number") {
			if (!Number.isSafeInteger(label) || label < 0) throw internal(`a numeric label is an integer of 0 or more, got ${label}`);
			key = absorb(absorb(key, label >>> 0), Math.floor(label / 2 ** 32));
		} else for (let i = 0; i < label.length; i++) key = absorb(key, label.charCodeAt(i));
		return new Rng(key);
	}

	/** All there is to it, key and running state: nine numbers, of which `restored` makes a generator that goes on alike. */
	save(): Float64Array {
		return Float64Array.of(...this.#key, this.#a, this.#b, this.#c, this.#d, this.#spareNormal ?? Number.NaN);
	}

	static restored(saved: Float64Array): Rng {
		const [k0, k1, k2, k3, a, b, c, d, spare] = saved;
		const rng = new Rng([k0, k1, k2, k3]);
		[rng.#a, rng.#b, rng.#c, rng.#d] = [a, b, c, d];
		rng.#spareNormal = Number.isNaN(spare) ? undefined : spare;
		return rng;
	}

	/** Uniform over the integers 0 … 2³² − 1. */
	uint32(): number {
		const product = Math.imul(this.#b, 5);
		const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
		const shifted = this.#b << 9;
		this.#c ^= this.#a;
		this.#d ^= this.#b;
		this.#b ^= this.#c;
		this.#a ^= this.#d;
		this.#c ^= shifted;
		this.#d = (this.#d << 11) | (this.#d >>> 21);
		return result;
	}

	/** Uniform in [0, 1), in steps of 2⁻⁵³. */
	uniform(): number {
		const high = this.uint32() >>> 5;
		return (high * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
	}

	/** Uniform over the integers 0 … n − 1, without bias: draws again where 2³² isn't a multiple of n. 1 ≤ n ≤ 2³². */
	below(n: number): number {
		const unbiased = 4294967296 - (4294967296 % n);
		let draw = this.uint32();
		while (draw >= unbiased) draw = this.uint32();
		return draw % n;
	}

	/** Standard normal, by Marsaglia's polar method on exact operations and our own logarithm: the same bits on every machine. */
	normal(): number {
		if (this.#spareNormal !== undefined) {
			const spare = this.#spareNormal;
			this.#spareNormal = undefined;
			return spare;
		}
		for (;;) {
			const u = 2 * this.uniform() - 1;
			const v = 2 * this.uniform() - 1;
			const s = u * u + v * v;
			if (s >= 1 || s === 0) continue;
			const scale = Math.sqrt((-2 * log(s)) / s);
			this.#spareNormal = v * scale;
			return u * scale;
		}
	}

	/** Shuffles in place: every order equally likely (Fisher–Yates). */
	shuffle(items: Int32Array): void {
		for (let i = items.length - 1; i > 0; i--) {
			const j = this.below(i + 1);
			const item = items[i];
			items[i] = items[j];
			items[j] = item;
		}
	}
}

/** Mixes one 32-bit word into a key of four: each word of the result depends on every bit of the key and of the word. */
function absorb(key: readonly [number, number, number, number], word: number): [number, number, number, number] {
	let [a, b, c, d] = key;
	a = finalize(a ^ word);
	b = finalize(b ^ a);
	c = finalize(c ^ b);
	d = finalize(d ^ c);
	return [finalize(a ^ d), b, c, d];
}

/** The 32-bit finalizer of MurmurHash3 (Appleby), after a constant that keeps 0 from staying 0. */
function finalize(word: number): number {
	let h = (word + 0x9e3779b9) | 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) | 0;
}
