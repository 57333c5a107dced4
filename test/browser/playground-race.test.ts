import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { tune } from "../../dist/index.js";
import { raceStudy } from "../../src/playground/race/race-study.js";
import type { StudyInput } from "../../src/study/schema.js";
import { chromiumPath } from "./chromium.js";
import { patience, playgroundPages, press, stateOf, updates } from "./playground-pages.js";
import { seriousFindings } from "./serious-findings.js";

const population = 60;
const link = "data=moons:100:0.1&net=tanh:8&goal=0.9&lanes=4:0.25:sgd";

describe.skipIf(!chromiumPath)("the race to the goal in Chromium (needs chromium)", () => {
	const { open } = playgroundPages();
	const race = (page: Page) => page.getByRole("region", { name: "Race to the goal" });

	async function priced(page: Page): Promise<void> {
		await updates(page, 0).toBe("0");
		await press(page, "What does it cost?");
		await expect
			.poll(() => race(page).textContent(), patience)
			.toMatch(/The price: about \d+ trainings, at most 400, for batch sizes 1, 4, 16 and 60 \(all\)/);
	}

	test("shows its price, runs the whole study of `sweetspot tune`, draws steps and examples, and answers in its words; axe has nothing serious to say", async () => {
		const { page, complaints } = await open(link);
		await priced(page);
		await press(page, "Start the race");
		await expect.poll(() => race(page).textContent(), patience).toContain("The race is over. It took");
		const { findings, study } = await tune(raceStudy(stateOf(page), population) as unknown as StudyInput, { store: null, workers: 1 })
			.answer;
		expect(study.study.batchSizes).toEqual([1, 4, 16, 60]);
		const { trials, examples } = findings.cost;
		const grouped = (count: number) => count.toLocaleString("en-US");
		expect(await race(page).textContent()).toContain(`It took ${grouped(trials)} trainings and ${grouped(examples)} examples.`);
		expect(await race(page).locator(".answer").textContent()).toMatch(/batch size \d+|Cannot tell yet/);
		expect(await race(page).textContent()).toMatch(/This answer cost [\d.]+ trainings/);
		await expect.poll(() => race(page).locator("svg").count(), patience).toBe(2);
		await race(page).getByText("The same figures as a table").click();
		const cells = (column: number) => race(page).locator(`tbody td:nth-child(${column})`).allTextContents();
		expect(await cells(1)).toEqual(["1", "4", "16", "60"]);
		const medians = findings.tradeoff.map(({ steps }) => (steps.median === null ? "—" : grouped(steps.median)));
		expect((await cells(3)).map((cell) => cell.replace(/ \[.*/, ""))).toEqual(medians);
		expect(await seriousFindings(page)).toEqual([]);
		await page.getByLabel("Data", { exact: true }).selectOption("blobs");
		await expect.poll(() => race(page).textContent(), patience).toContain("have changed since");
		expect(complaints).toEqual([]);
	});

	test("is cancelled with what it has found so far; a goal that the untrained network meets is refused", async () => {
		const { page, complaints } = await open(`${link}&seed=1`.replace("moons:100:0.1", "spirals:1000:0.1"));
		await updates(page, 0).toBe("0");
		await press(page, "What does it cost?");
		await expect.poll(() => race(page).textContent(), patience).toContain("The price: about");
		await press(page, "Start the race");
		await press(page, "Cancel");
		await expect.poll(() => race(page).textContent(), patience).toContain("Cancelled: this is the state so far.");
		await page.getByLabel("Data", { exact: true }).selectOption("blobs");
		await page.evaluate(() => location.assign("#data=blobs:100:0&goal=0.1&net=tanh:8&lanes=4:0.25:sgd"));
		await updates(page, 0).toBe("0");
		await press(page, "What does it cost?");
		await press(page, "Start the race");
		await expect.poll(() => race(page).textContent(), patience).toContain("the initial weights of most seeds have");
		expect(complaints).toEqual([]);
	});
});
