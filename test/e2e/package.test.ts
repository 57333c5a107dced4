import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsx = import.meta.resolve("tsx");
const tsc = join(root, "node_modules/typescript/bin/tsc");
const parts = ["engine", "data", "analysis", "charts"];

const place = workplaces()();
const library = readFileSync(join(root, "docs/library.md"), "utf8");

/** As after `npm install` of what `npm publish` would send: the packed files in node_modules, with what they depend on next to them. */
beforeAll(() => {
	const packed = execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", place.folder], {
		cwd: root,
		encoding: "utf8",
	});
	const modules = join(place.folder, "node_modules");
	mkdirSync(join(modules, "sweetspot"), { recursive: true });
	execFileSync("tar", ["-xzf", join(place.folder, packed.trim()), "-C", join(modules, "sweetspot"), "--strip-components=1"]);
	for (const name of readdirSync(join(root, "node_modules"))) symlinkSync(join(root, "node_modules", name), join(modules, name));
	place.write("package.json", '{ "type": "module" }');
	const example = library.match(/```ts network\.ts\n([\s\S]*?)```/)?.[1] ?? "";
	place.write("network.ts", example);
	cpSync(join(root, "examples/own-runs.ts"), join(place.folder, "own-runs.ts"));
}, 60_000);

test("docs/library.md lists what each part exports, and nothing else", async () => {
	const documented = [...library.matchAll(/^\| (`[^|]+) +\| ([a-z, ]+?) +\| /gm)].flatMap(([, names, of]) =>
		of.split(", ").flatMap((part) => [...names.matchAll(/`(\w+)/g)].map(([, name]) => `${part}: ${name}`)),
	);
	const exported: string[] = [];
	for (const part of parts) {
		const module: object = await import(`../../dist/${part}/index.js`);
		exported.push(...Object.keys(module).map((name) => `${part}: ${name}`));
	}
	expect(documented.sort()).toEqual(exported.sort());
});

describe("the packed package", () => {
	test("trains a network by its engine and its data", async () => {
		const { stdout, stderr, code } = await place.node(["--import", tsx, "network.ts"]);
		expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
		// Exactly these: the engine promises the same bits on every machine.
		expect(stdout).toBe("step 100: 177 of 200 correct\nstep 200: 191 of 200 correct\nstep 300: 193 of 200 correct\n");
	});

	test("fits a curve to runs by its analysis and draws it by its charts: examples/own-runs.ts", async () => {
		const { stdout, stderr, code } = await place.node(["--import", tsx, "own-runs.ts"]);
		expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
		expect(stdout).toBe("hyperbola: critical batch size 58 [37–91]\n");
		const svg = readFileSync(join(place.folder, "own-runs.svg"), "utf8");
		expect(svg).toMatch(/^<svg .*<\/svg>$/s);
		expect(svg).toContain("critical batch size");
		expect(svg.match(/<circle /g)?.length).toBe(6); // five batch sizes and the sign of the key
	});

	/** Compiles these files here, strictly. */
	const compile = (files: readonly string[], options: object) => {
		const compilerOptions = { strict: true, module: "nodenext", target: "es2023", noEmit: true, types: [], ...options };
		place.write("tsconfig.json", JSON.stringify({ compilerOptions, files }));
		return place.node([tsc, "-p", "."]);
	};

	test("has types: of its engine, data and analysis complete, without Node's", async () => {
		place.write("fit.ts", 'import { fitCurve } from "sweetspot/analysis";\nfitCurve([], 1.05).verdict satisfies string;\n');
		for (const library of ["dom", "webworker"])
			expect(await compile(["network.ts", "fit.ts"], { lib: ["es2023", library] })).toEqual({ stdout: "", stderr: "", code: 0 });
	});

	test("has types of its charts; those of Plot, which they rest on, are not complete", async () => {
		const options = { lib: ["es2023", "dom"], types: ["node"], skipLibCheck: true };
		expect(await compile(["own-runs.ts"], options)).toEqual({ stdout: "", stderr: "", code: 0 });
	});

	test("has types that refuse what isn't there", async () => {
		place.write("mistaken.ts", 'import { Engine, fitCurve } from "sweetspot/engine";\nconst engine: string = Engine.create();\n');
		const { stdout, code } = await compile(["mistaken.ts"], { lib: ["es2023", "dom"] });
		expect(code).not.toBe(0);
		expect(stdout).toMatch(/Module '"sweetspot\/engine"' has no exported member 'fitCurve'/);
		expect(stdout).toMatch(/Type 'Engine' is not assignable to type 'string'/);
	});

	test.each(parts)("sweetspot/%s is bundled for a browser", async (part) => {
		const { errors, warnings, outputFiles } = await build({
			stdin: { contents: `export * from "sweetspot/${part}";`, resolveDir: place.folder },
			bundle: true,
			format: "esm",
			platform: "browser",
			write: false,
			logLevel: "silent",
		});
		expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
		expect(outputFiles[0].text.length).toBeGreaterThan(1000);
	});

	test("exports nothing but its parts", async () => {
		place.write("deep.mjs", 'await import("sweetspot/dist/engine/engine.js");');
		expect((await place.node(["deep.mjs"])).stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
	});
});
