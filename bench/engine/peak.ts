import { Arena } from "../../src/engine/arena.js";
import { instantiateKernels } from "../../src/engine/kernels.js";
import type { LibraryProducts, VectorProducts } from "../../src/engine/native-products.js";
import { processorSeconds } from "./processor-time.js";

/** Twelve sums, kept in registers, each multiplied and added to: nothing but arithmetic, as much of it as the processor takes. */
const source = `
export function run(rounds: i32): f32 {
	const x = f32x4.splat(0.999), y = f32x4.splat(0.001);
	${Array.from({ length: 12 }, (_, i) => `let s${i} = f32x4.splat(${i});`).join("\n\t")}
	do {
		${Array.from({ length: 12 }, (_, i) => `s${i} = f32x4.add(f32x4.mul(s${i}, x), y);`).join("\n\t\t")}
	} while (--rounds);
	return f32x4.extract_lane(${Array.from({ length: 12 }, (_, i) => `s${i}`).reduce((sum, s) => `f32x4.add(${sum}, ${s})`)}, 0);
}`;
const flopPerRound = 12 * 4 * 2;

/** A measurement of 10⁹ floating-point operations per second. */
export type Rate = () => number;

/** What 128-bit vectors can do at most on this machine, without fused multiplication and addition, which plain WebAssembly doesn't have. */
export async function vectorPeak(): Promise<Rate> {
	const { default: asc } = await import("assemblyscript/asc");
	const { error, binary, stderr } = await asc.compileString(source, {
		optimizeLevel: 3,
		enable: ["simd"],
		runtime: "stub",
		noAssert: true,
	});
	if (error || !binary) throw new Error(stderr.toString());
	const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(binary)), { env: { abort() {} } });
	const run = exports.run as (rounds: number) => number;
	for (let i = 0; i < 1000; i++) run(1000); // until V8 has compiled it well
	const rounds = 2_000_000;
	return () => {
		let sum = 0;
		const seconds = processorSeconds(() => {
			sum = run(rounds);
		});
		if (Number.isNaN(sum)) throw new Error("the peak's sums became NaN");
		return (rounds * flopPerRound) / seconds / 1e9;
	};
}

/** The largest product worth timing. */
const size = 1024;

/** What the library reaches in a product of 1024 × 1024 × 1024. */
export function productPeak(native: LibraryProducts): Rate {
	const { arena, a, b, c } = operands();
	const multiply = native.multiplyOn(arena.memory);
	return rateOf(() => multiply(size, size, size, a, size, 0, b, size, 0, c, size, 0));
}

/** What wider vectors reach in it. */
export function vectorProductPeak(native: VectorProducts): Rate {
	const { arena, a, b, c } = operands();
	const kernels = instantiateKernels(arena.memory, native);
	kernels.setScratch(arena.allocate(kernels.scratchBytes()));
	return rateOf(() => kernels.gemm(size, size, size, a, 4 * size, 4, b, 4 * size, false, c, 4 * size, 0, 0, 0));
}

const rateOf = (work: () => void): Rate => {
	return () => (2 * size ** 3) / processorSeconds(work) / 1e9;
};

function operands() {
	const arena = new Arena();
	const [a, b, c] = [0, 1, 2].map(() => arena.floats(size * size));
	for (const { view } of [a, b]) for (let i = 0; i < view.length; i++) view[i] = (i % 7) - 3;
	return { arena, a: a.pointer, b: b.pointer, c: c.pointer };
}
