import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { errorTable } from "../../src/core/errors.js";
import { studySchema } from "../../src/study/schema.js";

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

test("docs/errors.md lists every error code with its meaning, and no other", () => {
	const rows = [...read("docs/errors.md").matchAll(/^\| `([a-z-]+\/[a-z-]+)` +\| ([^|]+) \|/gm)].map(([, code, meaning]) => [
		code,
		meaning.trim(),
	]);
	expect(Object.fromEntries(rows)).toEqual(errorTable);
});

test("docs/study.schema.json is the schema's own (npx tsx scripts/study-schema.ts writes it)", () => {
	expect(JSON.parse(read("docs/study.schema.json"))).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(studySchema, { io: "input" }))));
});

test("the study in docs/study.md is valid, and is nothing but defaults around the embedded one", () => {
	const [, documented] = read("docs/study.md").match(/```yaml\n([\s\S]*?)```/) ?? [];
	const embedded = studySchema.parse(parse(read("examples/digits.yaml")));
	expect(studySchema.parse(parse(documented))).toEqual(embedded);
});

test("the study in the README is valid", () => {
	const [, example] = read("README.md").match(/```yaml\n([\s\S]*?)```/) ?? [];
	expect(studySchema.safeParse(parse(example)).success).toBe(true);
});

test("the README's table names every command that --help lists", () => {
	const commands = [...read("src/cli/program.ts").matchAll(/add\(\s*"([a-z]+)/g)].map(([, name]) => name);
	expect(commands.length).toBeGreaterThan(5);
	const table = read("README.md").match(/## Commands([\s\S]*?)##/)?.[1] ?? "";
	for (const command of commands) expect(table).toMatch(new RegExp(`\\b${command}\\b`));
});

test("docs/page.md has every address that the page's server answers, and no other", () => {
	const source = ["app", "write-routes"].map((file) => read(`src/server/${file}.ts`)).join("\n");
	const named: Readonly<Record<string, string>> = { makerAddress: "/new", makerFile: "/new.yaml" };
	const answered = [...source.matchAll(/app\.(?:get|post)\((?:"([^"]+)"|(maker\w+))/g)]
		.map(([, path, name]) => path ?? named[name])
		.map((path) =>
			path
				.replace("/trials/:file{[^/]+\\\\.json}", "/trials/N.json")
				.replace(":file{[^/]+\\\\.json}", "ID.json")
				.replace(":number", "N")
				.replace(":id", "ID"),
		)
		.filter((path) => path !== "/enter");
	expect(answered.length).toBeGreaterThan(20);
	const [, part] = read("docs/page.md").match(/## Addresses for other programs([\s\S]*?)## What it may run/) ?? [];
	const documented = [...part.matchAll(/`(\/[^`]*)`/g)].map(([, address]) => address);
	expect([...new Set(documented)].sort()).toEqual([...new Set([...answered, "/playground"])].sort());
});
