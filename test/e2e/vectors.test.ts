import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { loadVectors } from "../../src/native/vector.js";
import { vectorLibrary } from "../../src/native/vector-library.js";
import { workplaces } from "./workplaces.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vectors = await loadVectors().catch(() => null);
const place = workplaces()();

interface Answer {
	readonly study: { readonly id: string; readonly hash: string };
	readonly backend: string;
	readonly digest: string;
	readonly reproducible: boolean;
}

/** The embedded study at two of its batch sizes. */
const few = ["tune", "--set", "batchSizes=[64,256]", "--json", "--quiet"];
const answerOf = async (...flags: readonly string[]): Promise<Answer> => JSON.parse((await place.start([...few, ...flags])).stdout);

let inWasm: Answer;
beforeAll(async () => {
	inWasm = await answerOf("--backend", "wasm");
});

describe.skipIf(!vectors)("wider vectors", () => {
	test("are the default where there are some, and don't show in a study: it is answered from the store", async () => {
		const { stderr } = await place.start(few.filter((flag) => flag !== "--quiet"));
		expect(stderr).toContain(`Answered from the store, where the same study is complete (${inWasm.study.id})`);
		const resumed = await place.start(["resume", inWasm.study.id, "--backend", "vector", "--json"]);
		expect(JSON.parse(resumed.stdout)).toMatchObject({ backend: "wasm", digest: inWasm.digest });
	});

	test("give the digest of WebAssembly", async () => {
		const { study, ...wide } = await answerOf("--backend", "vector", "--fresh");
		expect(study.hash).toBe(inWasm.study.hash);
		expect(wide).toMatchObject({ backend: "wasm", digest: inWasm.digest, reproducible: true });
	});

	test("are named by doctor", async () => {
		const { checks } = JSON.parse((await place.start(["doctor", "--json"])).stdout) as { checks: { name: string; found: string }[] };
		expect(checks.find(({ name }) => name === "wider vectors")?.found).toContain(vectors?.name);
	});
});

describe("without a compiler", () => {
	const copy = join(place.folder, "copy");
	const library = fileURLToPath(vectorLibrary).slice(root.length);
	const program = join(copy, "dist/cli/main.js");

	beforeAll(async () => {
		mkdirSync(copy);
		const copied = ["dist", "data", "examples", "package.json", "scripts", "vector", "src/native"];
		for (const name of copied)
			cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => path !== join(root, library) });
		symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
	});

	const widest = "int sweetspot_widest(void) { return 32; }";
	const wrong = (name: string) => `void sweetspot_${name}_32(char *memory, unsigned at) { memory[at] = 0; }`;
	/** In place of the library: this. A file that is loaded somewhere must not be written to, so it is another one. */
	const compile = (source: string) => {
		place.write("wrong.c", source);
		rmSync(join(copy, library), { force: true });
		execFileSync("cc", ["-shared", "-fPIC", "-o", join(copy, library), join(place.folder, "wrong.c")]);
	};

	test("the build succeeds, silently, without them", async () => {
		const build = ["--import", import.meta.resolve("tsx"), join(copy, "scripts/build-vectors.ts")];
		expect(await place.node(build, undefined, { PATH: "" })).toEqual({ code: 0, stdout: "", stderr: "" });
		expect(existsSync(join(copy, library))).toBe(false);
	});

	test("WebAssembly computes everything, to the same digest", async () => {
		const { stdout } = await place.node([program, ...few, "--store", "other"], undefined, { PATH: "" });
		expect(JSON.parse(stdout)).toMatchObject({ backend: "wasm", digest: inWasm.digest });
	});

	test("asking for them says how to get them, and doctor that they are missing", async () => {
		const { code, stderr } = await place.node([program, "tune", "--backend", "vector", "--store", "third"]);
		expect(code).toBe(2);
		expect(stderr).toContain("no library for this backend: Sweetspot was built without wider vectors");
		expect(stderr).toMatch(/fix: .*C compiler/);
		const { checks } = JSON.parse((await place.node([program, "doctor", "--json"])).stdout) as {
			checks: { name: string; state: string }[];
		};
		expect(checks.find(({ name }) => name === "wider vectors")?.state).toBe("missing");
	});

	test.skipIf(!vectors)("vectors that give other bits aren't used, and that is said", async () => {
		compile(`${widest} ${wrong("product")} ${wrong("step")} ${wrong("steps")}`);
		const { stdout, stderr } = await place.node([program, ...few, "--store", "fourth"]);
		expect(stderr).toMatch(/256-bit vectors differ from WebAssembly: .* WebAssembly is used\./);
		expect(JSON.parse(stdout)).toMatchObject({ backend: "wasm", digest: inWasm.digest });
	});

	test.skipIf(!vectors)("vectors of another version aren't used, and that is said", async () => {
		compile(`${widest} ${wrong("product")}`);
		const { stdout, stderr } = await place.node([program, ...few, "--store", "fifth"]);
		expect(stderr).toMatch(/was built from another version of Sweetspot/);
		expect(JSON.parse(stdout)).toMatchObject({ backend: "wasm", digest: inWasm.digest });
	});
});
