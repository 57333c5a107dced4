import type { LibraryHandle } from "koffi";
import { SweetspotError } from "../core/errors.js";
import type { LibraryProducts, Multiply } from "../engine/native-products.js";
import { keepsDenormals } from "./denormals.js";
import { addressOf, type Koffi, loadKoffi, openLibrary } from "./koffi.js";
import { installCommand, libraryNames } from "./library-names.js";

/**
 * From this many multiplications on, the library is faster than our kernels even with the call and a pass of its own for what follows the
 * product: docs/engine.md.
 */
const leastProduct = 16_384;
const leastSide = 8;

type Sgemm = (...args: readonly number[]) => void;

/** A BLAS, loaded, with one thread. */
export interface Blas extends LibraryProducts {
	/** The name or path by which it was found. */
	readonly library: string;
}

/**
 * The machine's BLAS: the one that SWEETSPOT_BLAS names (a path, or a name that the system's loader finds), else the first of OpenBLAS and
 * BLIS that is installed. It computes on one thread: trials are what runs side by side. Throws `backend/not-found` where there is none, and
 * `backend/unusable` where there is, but not one that can be called.
 */
export async function loadBlas(environment: NodeJS.ProcessEnv): Promise<Blas> {
	const koffi = await loadKoffi("a BLAS is called");
	const names = libraryNames(environment);
	for (const name of names) {
		const handle = openLibrary(koffi, name);
		if (handle) return usable(koffi, name, handle);
	}
	throw new SweetspotError(
		"backend/not-found",
		environment.SWEETSPOT_BLAS
			? `SWEETSPOT_BLAS is ${environment.SWEETSPOT_BLAS}, expected the path of a BLAS that can be loaded`
			: `neither OpenBLAS nor BLIS was found (looked for ${names.join(", ")})`,
		`${installCommand}, or name another BLAS in SWEETSPOT_BLAS, or omit --backend blas`,
	);
}

function usable(koffi: Koffi, library: string, handle: LibraryHandle): Blas {
	const unusable = (found: string, cause?: unknown): SweetspotError =>
		new SweetspotError("backend/unusable", `${library} ${found}`, `${installCommand}, and unset SWEETSPOT_BLAS or name that one`, {
			cause,
		});
	let sgemm: Sgemm;
	try {
		// Addresses as integers: the same registers, and nothing is allocated or copied for them.
		sgemm = handle.func(
			"void cblas_sgemm(int, int, int, int m, int n, int k, float alpha, size_t a, int lda, size_t b, int ldb, float beta, size_t c, int ldc)",
		) as unknown as Sgemm;
	} catch (cause) {
		throw unusable("has no cblas_sgemm", cause);
	}
	const name = onOneThread(handle);
	if (name === null) throw unusable("is neither OpenBLAS nor BLIS, expected one of them: others can't be kept to one thread");
	if (name.includes("USE64BITINT")) throw unusable("takes 64-bit integers, expected the usual 32-bit interface");
	const blas: Blas = { kind: "blas", name, library, leastProduct, leastSide, multiplyOn: (memory) => multiplyOn(koffi, sgemm, memory) };
	if (!multiplies(blas)) throw unusable("multiplies wrongly, expected the C interface of the reference BLAS");
	if (!keepsDenormals()) throw unusable("has set the processor to take denormal numbers for zero, expected one that leaves it as it is");
	return blas;
}

/** Keeps the library to one thread; its name and version, with the processor it takes this one for, or null where it is unknown. */
function onOneThread(handle: LibraryHandle): string | null {
	const has = (definition: string): ((...args: readonly unknown[]) => unknown) | null => {
		try {
			return handle.func(definition);
		} catch {
			return null;
		}
	};
	const openBlas = has("void openblas_set_num_threads(int)");
	if (openBlas) {
		openBlas(1);
		const config = String(has("str openblas_get_config()")?.() ?? "OpenBLAS");
		const core = has("str openblas_get_corename()")?.();
		const [version] = /^OpenBLAS [\d.]*/.exec(config) ?? ["OpenBLAS"];
		return `${version.trim()}${core ? ` (${core})` : ""}${config.includes("USE64BITINT") ? " USE64BITINT" : ""}`;
	}
	const blis = has("void bli_thread_set_num_threads(int64_t)");
	if (!blis) return null;
	blis(1);
	const architecture = has("str bli_arch_string(int)")?.(has("int bli_arch_query_id()")?.());
	return `BLIS ${has("str bli_info_get_version_str()")?.() ?? ""}${architecture ? ` (${architecture})` : ""}`;
}

const rowMajor = 101;
const [plain, transposed] = [111, 112];

function multiplyOn(koffi: Koffi, sgemm: Sgemm, memory: WebAssembly.Memory): Multiply {
	const address = addressOf(koffi, memory);
	return (m, n, k, a, lda, transposedA, b, ldb, transposedB, c, ldc, add) => {
		const base = address();
		const [ta, tb] = [transposedA ? transposed : plain, transposedB ? transposed : plain];
		sgemm(rowMajor, ta, tb, m, n, k, 1, base + (a >>> 0), lda, base + (b >>> 0), ldb, add, base + (c >>> 0), ldc);
	};
}

/** Whether it computes [1 2; 3 4]·[5 6; 7 8]: a library of another convention does not, or not there. */
function multiplies(blas: Blas): boolean {
	const memory = new WebAssembly.Memory({ initial: 1 });
	const floats = new Float32Array(memory.buffer);
	floats.set([1, 2, 3, 4, 5, 6, 7, 8]);
	blas.multiplyOn(memory)(2, 2, 2, 0, 2, 0, 16, 2, 0, 32, 2, 0);
	return [19, 22, 43, 50].every((value, i) => floats[8 + i] === value);
}
