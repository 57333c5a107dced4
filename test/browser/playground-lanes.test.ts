import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.js";
import { digestInNode, digestOf, patience, playgroundPages, press, settled, stateOf, stepOf, updates } from "./playground-pages.js";

describe.skipIf(!chromiumPath)("the playground's lanes in Chromium (needs chromium)", () => {
	const { open } = playgroundPages();

	/** In one turn of the page, so that no worker can say anything between two of them. */
	const atOnce = (page: Page, ...acts: readonly string[]) =>
		page.evaluate(`{
			const press = (name) => [...document.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent) === name).click();
			const choose = (lane, label, value) => {
				const list = document.querySelector(\`.lane-\${lane} select[aria-label="\${label}"]\`);
				list.value = value;
				list.dispatchEvent(new Event("change"));
			};
			${acts.join(";")}
		}`);
	const branch = `press("Branch lane A: go on twice from here")`;

	async function expectNodesBits(page: Page): Promise<void> {
		for (const [lane, letter] of ["A", "B"].entries()) {
			const digest = await digestOf(page, letter);
			expect(digest).toBe(await digestInNode(page, lane, await stepOf(page, lane)));
		}
	}

	test("a lane is changed as it trains, and branched: each has the bits of a run in Node with the changes that the address lists", async () => {
		const { page, complaints } = await open("data=circles:200:0.1&net=relu:8:4&lanes=4:0.0625:sgd&pace=steps:medium", { motion: true });
		await updates(page, 0).toMatch(/^[1-9]/);
		await page.getByRole("region", { name: "Lane A" }).getByLabel("Batch size").selectOption("64");
		await expect.poll(() => page.url(), patience).toContain("@");
		await press(page, "Branch lane A: go on twice from here");
		await press(page, "Pause");
		await page.getByRole("region", { name: "Lane B" }).getByLabel("Optimizer").selectOption("adam");
		await expect.poll(() => page.url(), patience).toContain("adam");
		await press(page, "100 steps");
		const [, second] = stateOf(page).lanes;
		expect(stateOf(page).lanes.map(({ changes }) => changes.length)).toEqual([1, 2]);
		await expect.poll(() => stepOf(page, 1), patience).toBe((second.changes.at(-1)?.step ?? 0) + 100);
		await expectNodesBits(page);
		expect(complaints).toEqual([]);
	});

	test("a branch that is changed before its worker has begun, or while it retraces its steps, keeps the other lane's steps and changes", async () => {
		const { page, complaints } = await open("lanes=4:0.0625:sgd@40:8:0.125:momentum");
		await updates(page, 0).toBe("0");
		await press(page, "100 steps");
		await updates(page, 0).toBe("100");
		await atOnce(page, branch, `choose(1, "Learning rate", "0.5")`);
		await updates(page, 1).toBe("100");
		await updates(page, 0).toBe("100");
		const [first, second] = stateOf(page).lanes;
		expect(second).toEqual({
			...first,
			changes: [...first.changes, { step: 100, settings: { batchSize: 8, learningRate: 0.5, optimizer: "momentum" } }],
		});
		await press(page, "100 steps");
		await updates(page, 1).toBe("200");
		await updates(page, 0).toBe("200");
		await expectNodesBits(page);
		expect(complaints).toEqual([]);
	});

	test("a branch that is paused at once still goes to where the other lane was, and on from there by steps and in play", async () => {
		const { page, complaints } = await open("lanes=4:0.0625:sgd&pace=steps:fast");
		await updates(page, 0).toBe("0");
		for (const steps of ["100", "200", "300"]) {
			await press(page, "100 steps");
			await updates(page, 0).toBe(steps);
		}
		await atOnce(page, `press("Play")`, branch, `press("Pause")`, `press("100 steps")`);
		await updates(page, 0).toBe("400");
		await updates(page, 1).toBe("400");
		await press(page, "Play");
		await expect.poll(() => stepOf(page, 1), patience).toBeGreaterThan(500);
		await press(page, "Pause");
		await settled(page);
		await expectNodesBits(page);
		expect(complaints).toEqual([]);
	});
});
