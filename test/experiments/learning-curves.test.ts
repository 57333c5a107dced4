import { describe, expect, test } from "vitest";
import { figuresOf } from "../../src/experiments/learning-curves/figures.js";
import { asked, type Known, known, made } from "./made/learning-curves.js";

const { conclude, settings } = asked;

function concluded(change: Partial<Known>) {
	const results = made({ ...known, ...change });
	const { words, tables, claims } = conclude(results);
	const [c11, c15] = claims;
	return { ...figuresOf(settings, results), words, tables, c11, c15 };
}

const sizes = settings.batchSizes;
/** Of zero mean over the 20 seeds but for a twentieth: −1, 0, 1, −1, … */
const lean = (seed: number): number => (seed % 3) - 1;

describe("C11: whether the rule is right on constructed curves, nine in ten of each kind", () => {
	const { cases } = settings;

	test("right in every case is supported, and the shares are those of the cases", () => {
		const { c11, constructed } = concluded({});
		expect(c11.verdict).toBe("supported");
		expect(constructed.right.map(({ share }) => share.estimate)).toEqual([1, 1, 1]);
		expect(c11.interval).toEqual(constructed.overall);
		expect(c11.interval.estimate).toBe(1);
	});

	test("one kind that is right in eight of ten cases refutes it, in spite of the others", () => {
		// 400 of 500: five standard deviations of 1.8 % below 90 %.
		const { c11, constructed } = concluded({ right: (fit) => (fit === "well-fitted" ? 0.8 * cases : cases) });
		expect(c11.verdict).toBe("refuted");
		expect(constructed.overall.estimate).toBeCloseTo(2.8 / 3, 12);
		expect(c11.effect).toContain("well-fitted 80 % [");
	});

	test("one kind at nine in ten is undecided, though all kinds together lie above", () => {
		const { c11, constructed } = concluded({ right: (fit) => (fit === "over-fitted" ? cases * 0.9 : cases) });
		expect(c11.verdict).toBe("undecided");
		expect(constructed.overall.low).toBeGreaterThan(0.9);
	});

	test("a kind that is wrong and one that is open: it is refuted", () => {
		const right: Known["right"] = (fit) => (fit === "over-fitted" ? cases * 0.9 : fit === "well-fitted" ? cases / 2 : cases);
		expect(concluded({ right }).c11.verdict).toBe("refuted");
	});
});

describe("C15: whether the accuracy at epoch 50 is within two points of that at the end", () => {
	/** Level from epoch 51 on, and `less` lower at 50 for the batch sizes that are asked for. */
	const lower =
		(less: (batchSize: number, seed: number) => number): Known["accuracy"] =>
		(batchSize, epoch, seed) =>
			epoch <= 50 ? 0.85 - less(batchSize, seed) : 0.85;

	test("no difference anywhere is supported", () => {
		const { c15, rows } = concluded({ accuracy: lower(() => 0.001) });
		expect(c15.verdict).toBe("supported");
		for (const { early } of rows) expect(early.estimate).toBeCloseTo(-0.001, 12);
	});

	test("five points at one batch size refute it, and that is the one shown", () => {
		const { c15, rows } = concluded({ accuracy: lower((batchSize) => (batchSize === 64 ? 0.05 : 0.001)) });
		expect(c15.verdict).toBe("refuted");
		expect(c15.interval).toEqual(rows[sizes.indexOf(64)].early);
		expect(c15.interval.estimate).toBeCloseTo(-0.05, 12);
	});

	test("a gain of five points is as far away as a loss of them", () => {
		const { c15 } = concluded({ accuracy: lower((batchSize) => (batchSize === 8 ? -0.05 : 0)) });
		expect(c15.verdict).toBe("refuted");
		expect(c15.interval.estimate).toBeCloseTo(0.05, 12);
	});

	test("seeds that scatter by ten points at one batch size leave it open", () => {
		const { c15, rows } = concluded({ accuracy: lower((batchSize, seed) => (batchSize === 32 ? 0.1 * lean(seed) : 0)) });
		expect(c15.verdict).toBe("undecided");
		const { early } = rows[sizes.indexOf(32)];
		// A twentieth of a tenth, of a standard deviation of 0.08/√20 = 0.018: its interval holds both margins.
		expect(early.estimate).toBeCloseTo(0.005, 12);
		expect(early.low).toBeLessThan(-0.02);
		expect(early.high).toBeGreaterThan(0.02);
	});

	test("its intervals are simultaneous over the batch sizes: wider than one of 95 % alone", () => {
		const { rows } = concluded({ accuracy: lower((_, seed) => 0.01 * lean(seed)) });
		const { early } = rows[0];
		const deviation = Math.sqrt(((7 + 6) * 0.01 ** 2 - 20 * (0.01 / 20) ** 2) / 19);
		// Student's t of 19 degrees of freedom at 1 − 0.05/16 is 3.066, at 0.975 2.093.
		expect(((early.high ?? 0) - (early.low ?? 0)) / 2).toBeCloseTo(3.066 * (deviation / Math.sqrt(20)), 4);
	});
});

describe("what is read off the curves of a batch size", () => {
	test("the epoch from which the goal is kept is the first of three looks at it; never, where most runs don't keep it", () => {
		const accuracy: Known["accuracy"] = (batchSize, epoch, seed) => {
			if (batchSize === sizes[0]) return epoch === 3 ? 0.9 : epoch >= 7 ? 0.8 : 0.5; // one look is no keeping
			if (batchSize === sizes[1]) return seed % 20 < 11 ? 0.7 : 0.9; // eleven of twenty never
			if (batchSize === sizes[2]) return epoch >= settings.epochs - 1 ? 0.9 : 0.5; // nor are two
			return 0.9;
		};
		const { rows, tables, words } = concluded({ accuracy });
		expect(rows.map(({ reached }) => reached).slice(0, 4)).toEqual([7, null, null, 1]);
		expect(tables[0].rows.map((cells) => cells[2]).slice(0, 4)).toEqual(["7", "never", "never", "1"]);
		expect(words[0]).toContain(`from epoch 7 at batch size ${sizes[0]}`);
	});

	test("stability is the standard deviation over the last quarter of a run", () => {
		// Fifty looks, half of them a point above and half a point below: √(50/49) points.
		const { rows } = concluded({ accuracy: (_, epoch) => 0.8 + 0.01 * (epoch % 2 === 0 ? 1 : -1) });
		for (const { wanders } of rows) expect(wanders.estimate).toBeCloseTo(0.01 * Math.sqrt(50 / 49), 12);
	});

	test("patience ends a run twenty epochs after the least held-out loss, and keeps the accuracy it had there", () => {
		const { rows, words } = concluded({
			validationLoss: (_, epoch) => 0.3 + Math.abs(epoch - 30) / 100,
			accuracy: (_, epoch) => (epoch === 30 ? 0.9 : 0.85),
		});
		for (const { stopped, kept } of rows) {
			expect(stopped.estimate).toBe(50);
			expect(kept.estimate).toBeCloseTo(0.05, 12);
		}
		expect(words[1]).toContain("could have stopped at epoch 50");
		expect(words[1]).toContain("between 75 and 75 %");
	});

	test("each run counts as under-, well- or over-fitted, and the words name the commonest by batch size", () => {
		const trainLoss: Known["trainLoss"] = (batchSize, epoch) => (batchSize >= 256 ? 1 - epoch / 400 : 0.3 + 0.7 * Math.exp(-epoch / 20));
		const validationLoss: Known["validationLoss"] = (batchSize, epoch) =>
			batchSize === 4 ? Math.exp(-epoch / 20) + epoch / 400 : trainLoss(batchSize, epoch);
		const { rows, tables, words } = concluded({ trainLoss, validationLoss });
		const { seeds } = settings;
		expect(rows[0].fits).toEqual({ "under-fitted": 0, "well-fitted": 0, "over-fitted": seeds });
		expect(rows[1].fits).toEqual({ "under-fitted": 0, "well-fitted": seeds, "over-fitted": 0 });
		expect(rows[sizes.indexOf(450)].fits).toEqual({ "under-fitted": seeds, "well-fitted": 0, "over-fitted": 0 });
		expect(tables[1].rows[0]).toEqual(["4", "0", "0", String(seeds)]);
		expect(words[2]).toContain("over-fitted at 4; well-fitted at 8, 16, 32, 64, 128; under-fitted at 256, 450.");
		expect(concluded({}).words[2]).toContain("well-fitted at every batch size.");
	});
});
