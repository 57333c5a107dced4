import { expect, test } from "vitest";
import { readBytes } from "../../trainers/read-bytes.js";
import { initialState, type PlayState } from "../state/state.js";
import type { FromRace } from "./protocol.js";
import { Race } from "./race.js";
import { raceStudy } from "./race-study.js";
import { progressInWords } from "./words.js";

const state: PlayState = { ...initialState, data: { name: "blobs", examples: 50, noise: 1 }, hidden: [4], goal: 0.9 };
const population = 32;

/** What a race says, as it says it. */
function raced() {
	const said: FromRace[] = [];
	const race = new Race((message) => said.push(message), readBytes);
	return { race, said, kinds: () => said.map(({ kind }) => kind) };
}
const price = { kind: "price", study: raceStudy(state, population), file: null } as const;

test("a race has every fourth power of two up to half of the examples, and all of them", () => {
	expect(raceStudy(state, 30).batchSizes).toEqual([1, 4, "full"]);
	expect(raceStudy(state, 300).batchSizes).toEqual([1, 4, 16, 64, "full"]);
	expect(raceStudy(state, 2400).batchSizes).toEqual([1, 4, 16, 64, 256, 1024, "full"]);
});

test("its progress is said against what was expected", () => {
	const news = { trainings: 12, examples: 3456, reached: [1, 4] } as const;
	expect(progressInWords(news, 96)).toBe("12 of about 96 trainings; 3,456 examples. With a result: batch sizes 1 and 4.");
	expect(progressInWords({ ...news, reached: [] }, 10)).toBe(
		"12 trainings, more than usual; 3,456 examples. No batch size has a result yet.",
	);
});

test("a race that is halted doesn’t end until it is resumed", async () => {
	const { race, said, kinds } = raced();
	await race.hear(price);
	expect(said).toMatchObject([
		{ kind: "price", price: { batchSizes: [1, 4, 16, 32], examples: 32, trainingsAtMost: 400, examplesOfOne: 32_000 } },
	]);
	await race.hear({ kind: "halt", isHalted: true });
	const end = race.hear({ kind: "start" });
	await expect.poll(() => said.at(-1), { timeout: 60_000 }).toMatchObject({ kind: "timing", done: 15, total: 15 });
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect(kinds()).not.toContain("end");
	await race.hear({ kind: "halt", isHalted: false });
	await end;
	expect(said.at(-1)).toMatchObject({ kind: "end", end: "complete", news: { reached: [1, 4, 16, 32] } });
});

test("a race that is cancelled ends with what it has; a study that can’t run says why", async () => {
	const { race, said } = raced();
	await race.hear(price);
	const end = race.hear({ kind: "start" });
	await race.hear({ kind: "cancel" });
	await end;
	expect(said.at(-1)).toMatchObject({ kind: "end", end: "cancelled" });
	await race.hear({ kind: "price", study: raceStudy({ ...state, goal: 0.05 }, population), file: null });
	await race.hear({ kind: "start" });
	expect(said.at(-1)).toMatchObject({ kind: "failed", message: expect.stringContaining("initial weights") });
	await race.hear({ kind: "price", study: { ...raceStudy(state, population), batchSizes: [100] }, file: null });
	expect(said.at(-1)).toMatchObject({ kind: "failed", message: expect.stringContaining("batch size 100 is larger than the training set") });
});
