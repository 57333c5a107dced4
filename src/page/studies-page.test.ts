import { describe, expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { viewWith } from "../../test/fixtures/view.js";
import type { StoredStudy } from "../study/contracts.js";
import { comparePage } from "./compare-page.js";
import { type ListedStudy, type StudyOrder, studiesPage, studyOrders } from "./studies-page.js";
import { type Summary, summaryOf } from "./summary.js";

const example = exampleStudy("found");
const summary = summaryOf(viewWith(example), 1);

const listed = (name: string, stored: Partial<StoredStudy>, found: Partial<Summary> | null = {}): ListedStudy => ({
	stored: { ...example.stored, state: "complete", ...stored, id: `${name.toLowerCase()}-1`, study: { ...example.stored.study, name } },
	summary: found && { ...summary, ...found },
	progress: null,
	isWaiting: false,
});

/** As the store lists them: the newest first. No two orders are the same. */
const all: readonly ListedStudy[] = [
	listed("delta", { trials: 40, seconds: 5 }, { trainings: 9 }),
	listed("Alpha", { trials: 10, seconds: 1, state: "interrupted" }, null),
	listed("charlie", { trials: 30, seconds: 9 }, { trainings: 2 }),
	listed("bravo", { trials: 20, seconds: 7, state: "running" }, { trainings: 12 }),
];

const textWith = (studies: readonly ListedStudy[], sort: StudyOrder = "newest") =>
	studiesPage(studies, { search: "", sort, study: [] }, "store").parts[0].html;

const orders: Readonly<Record<StudyOrder, string>> = {
	newest: "delta Alpha charlie bravo",
	name: "Alpha bravo charlie delta",
	state: "bravo Alpha delta charlie",
	trials: "delta charlie bravo Alpha",
	time: "charlie bravo delta Alpha",
	price: "charlie delta bravo Alpha", // what has no price yet comes last
};

describe("the list of studies", () => {
	test.each(studyOrders)("sorted by %s", (order) => {
		const names = [...textWith(all, order).matchAll(/<a href="\/studies\/[^"]+">([^<]+)</g)].map(([, name]) => name);
		expect(names.join(" ")).toBe(orders[order]);
	});

	test("what has no answer yet says why", () => {
		const none = listed("one", { trials: 3 }, null);
		expect(textWith([none])).toContain("being computed");
		expect(textWith([{ ...none, isWaiting: true }])).toContain("computed when the steps of a study have been timed");
		expect(textWith([{ ...none, isWaiting: true }])).not.toContain("being computed");
	});

	test("the price so far, and what it will be where that is known", () => {
		expect(textWith([listed("one", {}, { trainings: 8, expectedTrainings: 22 })])).toContain(">8 of about 22<");
		expect(textWith([listed("one", {}, { trainings: 8, expectedTrainings: null })])).toContain(">8<");
	});
});

test("a compared study that has nothing to draw is named", () => {
	const textOf = (studies: readonly ListedStudy[]) => comparePage(studies, { measure: "steps", from: null, to: null }, []).parts[0].html;
	const [one, two, none] = [listed("one", {}), listed("two", {}), listed("none yet", {}, { sizes: [] })];
	expect(textOf([one, two, none])).toContain("Not drawn, with nothing to show yet: none yet.");
	expect(textOf([one, two])).not.toContain("Not drawn");
});
