import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SweetspotError } from "../core/errors.js";
import type { VectorProducts } from "../engine/native-products.js";
import { differencesFromWasm } from "../engine/vector-check.js";
import { keepsDenormals } from "./denormals.js";
import { addressOf, loadKoffi, openLibrary } from "./koffi.js";
import { vectorLibrary } from "./vector-library.js";

/** From this many multiplications on, the library is faster than WebAssembly even with the call: docs/engine.md. */
const leastProduct = 2000;

/** Wider vectors, loaded, that gave the bits of WebAssembly in all of the fixed set. */
export interface Vectors extends VectorProducts {
	/** Of a vector, in bytes. */
	readonly width: number;
}

/**
 * The engine's kernels with the widest vectors of this processor, or of `width` bytes. Throws `backend/not-found` where they aren't built
 * or nothing can call them, and `backend/unusable` where they don't compute what WebAssembly does.
 */
export async function loadVectors(width?: number): Promise<Vectors> {
	const path = fileURLToPath(vectorLibrary);
	if (!existsSync(path)) {
		throw new SweetspotError(
			"backend/not-found",
			`Sweetspot was built without wider vectors for ${process.platform} ${process.arch}`,
			"install a C compiler (sudo apt-get install -y gcc) and run `npm run build` in Sweetspot's source, or omit --backend",
		);
	}
	const koffi = await loadKoffi("wider vectors are called");
	const handle = openLibrary(koffi, path);
	const own = "omit --backend: WebAssembly gives the same results, more slowly";
	const rebuild = "run `npm run build` in Sweetspot's source, or omit --backend";
	if (!handle) throw new SweetspotError("backend/unusable", `${path} cannot be loaded`, own);
	const widest = width ?? Number(handle.func("int sweetspot_widest()")());
	if (widest === 0) throw new SweetspotError("backend/not-found", "this processor has no vectors wider than WebAssembly's", own);
	// Addresses as integers: the same registers, and nothing is allocated or copied for them.
	const calling = (name: string) => {
		const call = functionOf(handle, `void sweetspot_${name}_${widest}(size_t memory, uint32_t at)`);
		if (!call) throw new SweetspotError("backend/unusable", `${path} was built from another version of Sweetspot`, rebuild);
		return (memory: WebAssembly.Memory) => {
			const base = addressOf(koffi, memory);
			return (at: number) => call(base(), at >>> 0);
		};
	};
	const vectors: Vectors = {
		kind: "vector",
		name: `${8 * widest}-bit vectors`,
		width: widest,
		leastProduct,
		productOn: calling("product"),
		passOn: calling("step"),
		stepsOn: calling("steps"),
	};
	if (!keepsDenormals()) throw new SweetspotError("backend/unusable", "this thread takes denormal numbers for zero", own);
	const [difference] = differencesFromWasm(vectors);
	if (difference !== undefined) throw new SweetspotError("backend/unusable", `${vectors.name} differ from WebAssembly: ${difference}`, own);
	return vectors;
}

type Kernel = (memory: number, at: number) => void;

/** Null where the library has no such function. */
function functionOf(handle: NonNullable<ReturnType<typeof openLibrary>>, signature: string): Kernel | null {
	try {
		return handle.func(signature) as unknown as Kernel;
	} catch {
		return null;
	}
}
