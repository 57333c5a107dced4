/** Numbers of one block: few enough that a short list wastes little, many enough that a long one has few blocks. */
const blockLength = 256;

/**
 * A list of float64 numbers that grows without being copied, in blocks of 2 KiB. A block of NaN alone takes no memory, so neither does a
 * list of what was never measured.
 */
export class NumberList {
	/** Null: NaN throughout. */
	#blocks: (Float64Array | null)[] = [];
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(value: number): void {
		const [block, at] = this.#placeOf(this.#length);
		if (block === this.#blocks.length) this.#blocks.push(null);
		if (!Number.isNaN(value)) this.#blocks[block] ??= new Float64Array(blockLength).fill(Number.NaN);
		const numbers = this.#blocks[block];
		if (numbers) numbers[at] = value;
		this.#length++;
	}

	/** Takes the last number off. */
	drop(): void {
		this.#length--;
	}

	/** NaN outside the list. */
	at(index: number): number {
		const [block, at] = this.#placeOf(index);
		return index < this.#length ? (this.#blocks[block]?.[at] ?? Number.NaN) : Number.NaN;
	}

	/** All numbers in one array; the list is empty then, so that they are held once. */
	take(): Float64Array {
		const all = new Float64Array(this.#length).fill(Number.NaN);
		for (const [i, block] of this.#blocks.entries()) {
			const begin = i * blockLength;
			if (block && begin < this.#length) all.set(block.subarray(0, this.#length - begin), begin);
		}
		this.#blocks = [];
		this.#length = 0;
		return all;
	}

	#placeOf(index: number): readonly [block: number, at: number] {
		return [Math.floor(index / blockLength), index % blockLength];
	}
}
