import { expect, test } from "vitest";
import { figuresOf } from "../../src/experiments/flavors/figures.js";
import { asked, type Known, known, lean, made } from "./made/flavors.js";

const { conclude, settings } = asked;

function concluded(change: Partial<Known>) {
	const results = made({ ...known, ...change });
	const { words, tables, claims } = conclude(results);
	return {
		...figuresOf(settings, results),
		words,
		tables,
		verdicts: Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict])),
	};
}

const definitions = { C1: "supported", C2: "supported", C3: "supported", C4: "supported", C6: "supported", C16: "supported" };

test("runs that end as published support every claim, and each lies within our range", () => {
	const { arms, pairs, words, tables, verdicts } = concluded({});
	expect(verdicts).toEqual({ ...definitions, C7: "supported", C13: "supported", C14: "supported" });
	expect(arms.map(({ publishedWithinRange }) => publishedWithinRange)).toEqual([true, true, true, true]);
	// 200 is even: the last epoch is half a sway below.
	for (const [i, { published, batchSize }] of settings.runs.entries())
		expect(arms[i].test.estimate).toBeCloseTo(published.test - (batchSize === 1 ? 0.01 : 0.001), 3);
	// Of the six pairs, three are with the run that ends 20 points lower; the others lie within two points.
	expect(pairs).toHaveLength(6);
	expect(tables[1].rows.map((cells) => cells[3])).toEqual(["no", "no", "yes", "no", "yes", "yes"]);
	expect(words[1]).toContain("Of the 6 pairs, 3 differ by more than 2 points and 3 by less");
	expect(words[3]).toContain("4 of the 4 published runs lie within the range of our 39");
});

test("each claim can be the contrary", () => {
	// A full batch that is as fast as a batch of one, and ends ten points higher than was published.
	const { verdicts, arms, words } = concluded({
		epochs: () => 4,
		end: ({ batchSize, published }) => (batchSize === 500 ? 0.93 : published.test),
	});
	expect(verdicts).toMatchObject({ C13: "refuted", C14: "refuted" });
	expect(arms[0].publishedWithinRange).toBe(false);
	expect(words[3]).toContain("3 of the 4 published runs");
	expect(concluded({ holds: false }).verdicts).toMatchObject({ ...definitions, C1: "refuted" });
});

test("what lies at the margin is undecided", () => {
	// The full batch ends 5 points above 0.80; a batch of one 2 points above that, give or take 3 from seed to seed.
	const end: Known["end"] = ({ batchSize }, seed) => (batchSize === 1 ? 0.87 + 0.03 * lean(seed) : 0.85);
	const { verdicts } = concluded({ end, epochs: () => 1, sway: () => 0 });
	expect(verdicts).toMatchObject({ C13: "undecided", C14: "undecided" });
});
