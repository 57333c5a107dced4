import { expect, test } from "vitest";
import { parse } from "yaml";
import { catalogue, dataSchema, readSource, sourceAsWritten } from "./table.js";

test("lists what a study may name, and nothing else", () => {
	const [names] = dataSchema.options;
	expect(catalogue.filter(({ kind }) => kind !== "yours").map(({ data }) => data)).toEqual(names.options);
	for (const { data } of catalogue) expect(dataSchema.safeParse(parse(data)).success).toBe(true);
	expect(catalogue.filter(({ what }) => what.length > 39)).toEqual([]);
	const keys = new Set(dataSchema.options.slice(1).map((option) => ("shape" in option ? Object.keys(option.shape)[0] : "")));
	const listed = catalogue.map(({ data }) => /^\{ (\w+):/.exec(data)?.[1] ?? data);
	expect([...keys].filter((key) => !listed.includes(key))).toEqual([]);
});

test("every source, written as its author could have written it, is the same source", () => {
	const written = [
		...catalogue.map(({ data }) => parse(data)),
		{ blobs: { classes: 4 } },
		{ csv: "a", target: ["b", "c"], separator: "tab" },
	];
	for (const one of written) {
		const source = readSource(one, (path) => path);
		if (!source) throw new Error(`${JSON.stringify(one)} is not sound`);
		expect(readSource(sourceAsWritten(source), (path) => path)).toEqual(source);
	}
});
