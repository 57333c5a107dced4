import { internal } from "../core/errors.js";
import type { Pointer } from "./kernels.js";

const pageBytes = 65536;
/** What 32-bit addresses reach. */
const mostBytes = 2 ** 32;

/**
 * Kernels read (never write) up to 63 floats beyond a block, wide vectors most: there must be memory, and no integers, whose bits would be
 * denormal floats.
 */
const guardBytes = 256;

interface View {
	readonly length: number;
	fill(value: number): unknown;
}

/**
 * A typed array in the arena. Its `view` is made anew when the memory has grown, which detaches all earlier views: fetch `view` where you
 * use it, and don't keep it across `load` or `build`.
 */
export class Block<V extends View> {
	#view: V;
	constructor(
		readonly pointer: Pointer,
		readonly length: number,
		private readonly makeView: () => V,
	) {
		this.#view = makeView();
	}

	get view(): V {
		if (this.#view.length !== this.length || this.length === 0) this.#view = this.makeView(); // a detached view has length 0
		return this.#view;
	}
}

/** What one step leaves behind for later ones. */
export type State = Block<Float32Array> | Block<Float64Array> | Block<Int32Array>;

/**
 * One WebAssembly.Memory, handed out from the bottom up: an allocation is an addition, and nothing is freed but everything above a mark.
 * All of it happens while sets are loaded and networks built; a training step allocates nothing.
 */
export class Arena {
	readonly memory = new WebAssembly.Memory({ initial: 2, maximum: mostBytes / pageBytes });
	#next = pageBytes; // the first page is the compiler's

	/** Zeroed bytes, on a cache line of their own. Throws RangeError when the memory cannot grow so far. */
	allocate(bytes: number): Pointer {
		const pointer = this.#next;
		const end = pointer + Math.ceil((bytes + guardBytes) / 64) * 64;
		const missing = end - this.memory.buffer.byteLength;
		if (end > mostBytes) throw new RangeError(`${end} bytes are more than WebAssembly addresses`);
		if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
		new Uint8Array(this.memory.buffer, pointer, end - pointer).fill(0);
		this.#next = end;
		return pointer;
	}

	floats(length: number): Block<Float32Array> {
		const pointer = this.allocate(length * 4);
		return new Block(pointer, length, () => new Float32Array(this.memory.buffer, pointer, length));
	}

	doubles(length: number): Block<Float64Array> {
		const pointer = this.allocate(length * 8);
		return new Block(pointer, length, () => new Float64Array(this.memory.buffer, pointer, length));
	}

	integers(length: number): Block<Int32Array> {
		const pointer = this.allocate(length * 4);
		return new Block(pointer, length, () => new Int32Array(this.memory.buffer, pointer, length));
	}

	/** Bytes in use; everything allocated later can be given back with `release`. */
	mark(): number {
		return this.#next;
	}

	release(mark: number): void {
		if (mark > this.#next) throw internal(`a mark at ${mark} lies above the ${this.#next} bytes in use`);
		this.#next = mark;
	}
}
