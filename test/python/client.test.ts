import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { pythonWith } from "../fixtures/python.js";
import { runPython } from "./python-process.js";

const python = pythonWith();
const withTorch = pythonWith("torch");
const withMypy = pythonWith("mypy");

const unittest = (pattern: string) => ["-m", "unittest", "discover", "-s", "tests", "-p", pattern];

test.skipIf(python === null)("the Python client's own tests (needs python3)", () => {
	const { status, said } = runPython(python, unittest("test_*.py"));
	expect(said).toMatch(/Ran [3-9]\d tests/);
	expect(status, said).toBe(0);
});

test.skipIf(withTorch === null)("its PyTorch helper's (needs python3 with torch)", () => {
	const { status, said } = runPython(withTorch, unittest("test_torch*.py"));
	expect(said).toMatch(/Ran 1\d tests.*\n\nOK\n/);
	expect(status, said).toBe(0);
});

test.skipIf(withMypy === null)("its types, as mypy --strict has them (needs mypy)", () => {
	const { status, said } = runPython(withMypy, ["-m", "mypy", "--cache-dir", `${tmpdir()}/sweetspot-mypy`]);
	expect(said).toMatch(/^Success: no issues found in \d+ source files/);
	expect(status).toBe(0);
});

test("it has the version of the package it comes with", () => {
	const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
	expect(read("python/pyproject.toml")).toContain(`\nversion = "${JSON.parse(read("package.json")).version}"\n`);
});
