import { describe, expect, test } from "vitest";
import { ledger } from "../../src/playground/ledger.generated.js";
import { stops } from "../../src/playground/tour/stops.js";
import { chromiumPath } from "./chromium.js";
import { patience, playgroundPages, press, stepOf, updates } from "./playground-pages.js";
import { seriousFindings } from "./serious-findings.js";
import { stopInNode } from "./stop-in-node.js";

describe.skipIf(!chromiumPath)("the playground's tour in Chromium (needs chromium)", () => {
	const { open } = playgroundPages();

	test("each of its nine stops asks, trains, answers from the figures that Node finds too, and names the ledger's claim and verdict", async () => {
		const { page, complaints } = await open("");
		await press(page, "Take the tour");
		const tour = page.getByRole("region", { name: "Guided tour" });
		expect(stops).toHaveLength(9);
		for (const [i, stop] of stops.entries()) {
			await expect.poll(() => tour.locator("h2").textContent(), patience).toBe(`${i + 1} of 9: ${stop.title}`);
			await updates(page, 0).toBe("0");
			const said = stop.options[i % stop.options.length];
			await tour.getByRole("button", { name: said, exact: true }).click();
			const looks = await stopInNode(stop);
			const { option, figures } = stop.answer(looks);
			const verdict = stop.options[option] === said ? `${said}, as you said. ` : `${stop.options[option]}; you said: ${said}. `;
			await expect.poll(() => tour.locator(".answered").textContent(), patience).toBe(verdict + figures);
			for (const [lane, its] of looks.entries()) expect(await stepOf(page, lane)).toBe(its.at(-1)?.step);
			const { statement } = ledger[stop.claim];
			expect(await tour.textContent()).toContain(
				`Claim ${stop.claim} of the ledger: “${statement}” Verdict: ${ledger[stop.claim].verdict}`,
			);
			if (i === 0) expect(await seriousFindings(page)).toEqual([]);
			if (i < stops.length - 1) await press(page, "Next");
		}
		await press(page, "Leave the tour");
		await expect.poll(() => tour.locator("h2").count(), patience).toBe(0);
		expect(complaints).toEqual([]);
	});
});
