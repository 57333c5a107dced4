import { describe, expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { Belief, type Observation } from "./belief.js";

const seen = (size: number, rate: number, seed: number, cost: number, isLeast = false): Observation => ({
	size,
	rate,
	seed,
	cost,
	isLeast,
});

/** Runs of a cost that is a bowl around this place, with luck of this size. */
function runsOf(places: readonly (readonly [size: number, rate: number])[], seeds: number, luck: number): readonly Observation[] {
	const rng = Rng.fromSeed(5);
	return places.flatMap(([size, rate]) =>
		Array.from({ length: seeds }, (_, seed) =>
			seen(size, rate, seed, 3 + 0.06 * (size - 1) ** 2 + 0.2 * (rate - 0.5) ** 2 + luck * rng.normal()),
		),
	);
}
const around = [-1, 0, 1, 2].flatMap((size) => [-1, -0.5, 0, 0.5, 1].map((rate) => [size, rate] as const));

describe("what runs show of the cost of settings", () => {
	test("of runs without luck it is the bowl, there and between them", () => {
		const belief = new Belief(runsOf(around, 1, 0));
		for (const [size, rate] of [...around, [0.5, 0.25] as const, [1.5, -0.25] as const])
			expect(belief.mean({ size, rate })).toBeCloseTo(3 + 0.06 * (size - 1) ** 2 + 0.2 * (rate - 0.5) ** 2, 1);
	});

	test("a lucky run is not believed where others of its kind, or its neighbours, cost more", () => {
		const alone = new Belief([seen(0, 0, 0, 2)]).mean({ size: 0, rate: 0 });
		expect(alone).toBeCloseTo(2, 1);
		const others = [1, 2, 3].map((seed) => seen(0, 0, seed, 2.5));
		expect(new Belief([seen(0, 0, 0, 2), ...others]).mean({ size: 0, rate: 0 })).toBeGreaterThan(2.25);
		const neighbours = [seen(0, -0.5, 0, 2.6), seen(0, 0.5, 0, 2.6), seen(1, 0, 0, 2.6), seen(-1, 0, 0, 2.6)];
		expect(new Belief([seen(0, 0, 0, 2), ...neighbours]).mean({ size: 0, rate: 0 })).toBeGreaterThan(2.02);
	});

	test("luck that all runs of a seed share moves none of them ahead of the others", () => {
		const runs = [seen(0, 0, 0, 3), seen(0, 0, 1, 3.4), seen(1, 0, 0, 3.1), seen(1, 0, 1, 3.5)];
		const paired = new Belief(runs);
		const ahead = paired.mean({ size: 1, rate: 0 }) - paired.mean({ size: 0, rate: 0 });
		expect(ahead).toBeGreaterThan(0.03);
		expect(ahead).toBeLessThan(0.12);
	});

	test("a run that was ended early costs more than it had spent", () => {
		const ended = new Belief([seen(0, 0, 0, 3), seen(0, 1, 0, 3.3, true)]).mean({ size: 0, rate: 1 });
		expect(ended).toBeGreaterThan(3.3);
	});
});

describe("what one more run gains", () => {
	test("is the expected fall of the least expected cost: what a run may show, drawn", () => {
		const belief = new Belief(runsOf(around.slice(0, 8), 6, 0.1));
		const point = { size: 1, rate: 0.5 };
		// A run there moves the mean by a normal amount z·spread: where no other is ahead the expected fall is spread·E max(0, z) =
		// spread/√(2π).
		const even = belief.gain(point, belief.mean(point));
		const spread = even * Math.sqrt(2 * Math.PI);
		const rng = Rng.fromSeed(9);
		const draws = Array.from({ length: 200_000 }, () => rng.normal());
		for (const lead of [0.3, 1, 1.7]) {
			const fall = draws.reduce((sum, z) => sum + Math.max(0, z - lead), 0) / draws.length;
			expect(belief.gain(point, belief.mean(point) - lead * spread) / spread).toBeCloseTo(fall, 2);
		}
	});

	test("is more where less is known, and less the further others are ahead", () => {
		const belief = new Belief(
			runsOf(
				[
					[0, 0],
					[0, 0.5],
				],
				5,
				0.1,
			),
		);
		const known = belief.mean({ size: 0, rate: 0 });
		expect(belief.gain({ size: 2, rate: 0 }, belief.mean({ size: 2, rate: 0 }))).toBeGreaterThan(belief.gain({ size: 0, rate: 0 }, known));
		const gains = [0, 0.1, 0.3, 1].map((lead) => belief.gain({ size: 0, rate: 0 }, known - lead));
		expect(gains).toEqual([...gains].sort((a, b) => b - a));
		expect(gains[3]).toBeLessThan(1e-3);
	});
});

describe("the chance that a setting is within a factor of the best", () => {
	const rng = Rng.fromSeed(3);
	const grid = [-2, -1, 0, 1, 2].flatMap((size) => [-1, -0.5, 0, 0.5, 1].map((rate) => ({ size, rate })));

	/** A bowl of the usual bend whose best place lies anywhere near, with a few runs of its settings, and the setting that they speak for. */
	function oneStudy(runs: number, luck: number) {
		const [size, rate] = [rng.normal(), 0.4 * rng.normal()];
		const costs = grid.map((point) => 3 + 0.06 * (point.size - size) ** 2 + 0.2 * (point.rate - rate) ** 2);
		const observations = Array.from({ length: runs }, (_, seed) => {
			const i = rng.uint32() % grid.length;
			return seen(grid[i].size, grid[i].rate, seed, costs[i] + luck * rng.normal());
		});
		const belief = new Belief(observations);
		const order = grid.map((_, i) => i).sort((a, b) => belief.mean(grid[a]) - belief.mean(grid[b]));
		const chance = belief.chanceWithin(
			order.map((i) => grid[i]),
			1.25,
			rng.split("draws"),
		);
		return { chance, isGood: costs[order[0]] <= Math.min(...costs) + Math.log(1.25) };
	}

	test("keeps its word: of the studies that are as good as certain at least nine in ten are", () => {
		const outcomes = [3, 8, 20].flatMap((runs) => [0.1, 0.3].flatMap((luck) => Array.from({ length: 40 }, () => oneStudy(runs, luck))));
		const sure = outcomes.filter(({ chance }) => chance >= 0.95);
		expect(sure.length).toBeGreaterThan(outcomes.length / 5);
		expect(sure.filter(({ isGood }) => isGood).length).toBeGreaterThanOrEqual(0.9 * sure.length);
		const doubtful = outcomes.filter(({ chance }) => chance < 0.7);
		expect(doubtful.length).toBeGreaterThan(0);
	});

	test("grows with what runs show, and with the factor", () => {
		const many = new Belief(runsOf(around, 6, 0.1));
		const few = new Belief(runsOf(around.slice(9, 11), 1, 0.1));
		const points = [{ size: 1, rate: 0.5 }, ...grid];
		const chances = [few, many].map((belief) => belief.chanceWithin(points, 1.25, Rng.fromSeed(1)));
		expect(chances[1]).toBeGreaterThan(0.95);
		expect(chances[0]).toBeLessThan(0.8);
		expect(many.chanceWithin(points, 1.02, Rng.fromSeed(1))).toBeLessThan(chances[1]);
		expect(many.chanceWithin([{ size: -2, rate: -1 }, ...grid], 1.25, Rng.fromSeed(1))).toBeLessThan(0.05);
	});
});
