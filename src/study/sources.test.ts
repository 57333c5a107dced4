import { expect, test } from "vitest";
import { parse } from "yaml";
import { catalogue } from "../data/catalogue.js";
import { studyParts } from "./schema.js";

test("lists what a study may name, and nothing else", () => {
	const [names] = studyParts.data.options;
	expect(catalogue.filter(({ kind }) => kind !== "yours").map(({ data }) => data)).toEqual(names.options);
	for (const { data } of catalogue) expect(studyParts.data.safeParse(parse(data)).success).toBe(true);
	expect(catalogue.filter(({ what }) => what.length > 39)).toEqual([]);
	const keys = new Set(studyParts.data.options.slice(1).map((option) => ("shape" in option ? Object.keys(option.shape)[0] : "")));
	const listed = catalogue.map(({ data }) => /^\{ (\w+):/.exec(data)?.[1] ?? data);
	expect([...keys].filter((key) => !listed.includes(key))).toEqual([]);
});
