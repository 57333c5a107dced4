import { describe, expect, test } from "vitest";
import { loadDataset } from "../../data/load.js";
import { isOracle, readSource } from "../../data/sources/table.js";
import { readBytes } from "../../trainers/read-bytes.js";
import type { Look } from "../lane/look.js";
import { LaneTraining } from "../lane/training.js";
import { ledger } from "../ledger.generated.js";
import { stateFrom } from "../state/address.js";
import { writtenData } from "../state/study-file.js";
import type { Stop } from "./stop.js";
import { stops } from "./stops.js";

/** The stop's lanes, trained in Node: their looks. */
async function trained({ scene, steps }: Stop): Promise<readonly (readonly Look[])[]> {
	const state = stateFrom(scene);
	const source = state && readSource(writtenData(state.data), (path) => path);
	if (!state || !source || isOracle(source)) throw new Error("a scene that can't be read");
	const data = await loadDataset(source, readBytes);
	const targets = steps(data.train.count);
	return state.lanes.map(({ settings, changes }, i) => {
		const lane = new LaneTraining({ ...state, data: null }, data, settings, changes);
		const looks = [lane.look(0)];
		while (lane.step < targets[i]) if (lane.advance() || lane.step === targets[i]) looks.push(lane.look(0));
		return looks;
	});
}

/** What each stop teaches, as it comes out with these seeds. */
const expected: Readonly<Record<string, string>> = {
	"Three flavors": "A: batch size 1",
	"Noise and stability": "A: batch size 1",
	"Steps against epochs": "A: batch size 4",
	"Gradient norms": "A: batch size 1",
	"Distance and rate": "A: batch size 4",
	Generalization: "A, by more than 2 points",
	"When to stop": "No, it has risen by more than a tenth",
	"The critical batch size": "Fewer, but not nearly eight times",
	"Tied schedules": "Yes",
};

describe.each(stops)("the stop “$title”", (stop) => {
	test("has an answer among its options, from the figures of its lanes, and a claim of the ledger", async () => {
		const { option, figures } = stop.answer(await trained(stop));
		expect(stop.options[option]).toBe(expected[stop.title]);
		expect(figures).toMatch(/\d/);
		expect(figures).not.toMatch(/NaN|undefined/);
		if (stop.title === "Three flavors") expect(figures).toBe("Updates in three epochs: 900, 30, 3.");
		expect(ledger[stop.claim].statement.length).toBeGreaterThan(20);
	});
});
