import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { folderWith } from "../../../../test/fixtures/folder-with.js";
import { doubles, npyOf } from "../../../../test/fixtures/numpy.js";
import { resolveStudy } from "../../../study/resolve.js";
import { dataFiles } from "./data-files.js";

const header = (...words: readonly number[]) => Buffer.concat(words.map((word) => Buffer.from([0, 0, word >> 8, word & 255])));
const idxFiles = (): Readonly<Record<string, Uint8Array>> =>
	Object.fromEntries(
		[
			["train", 90],
			["t10k", 30],
		].flatMap(([set, count]) => [
			[`${set}-images-idx3-ubyte.gz`, gzipSync(Buffer.concat([header(0x803, Number(count), 2, 2), Buffer.alloc(4 * Number(count), 7)]))],
			[
				`${set}-labels-idx1-ubyte.gz`,
				gzipSync(Buffer.concat([header(0x801, Number(count)), Buffer.from(Array.from({ length: Number(count) }, (_, i) => i % 3))])),
			],
		]),
	);

const facts = { features: 4, classes: 3, train: 72, validation: 18, test: 0, sha256: "" };
const studyOf = (data: object | string, folder: string) =>
	resolveStudy(
		{ version: 1, workload: { data, model: [{ dense: 3 }] }, goal: { metric: "validation.loss", atMost: 0.2 } },
		async () => facts,
		{ locate: (path) => resolve(folder, path) },
	);

test("two arrays and a folder of four files go along, and the study reads them there; other files of the folder don't", async () => {
	const classes = Buffer.alloc(8 * 90);
	for (let i = 0; i < 90; i++) classes.writeBigInt64LE(BigInt(i % 3), 8 * i);
	const arrays = folderWith({
		"x.npy": npyOf("<f8", [90, 4], doubles(Array.from({ length: 360 }, (_, i) => i % 17))),
		"y.npy": npyOf("<i8", [90], classes),
		"z.npy": Buffer.alloc(1),
	});
	const npy = await dataFiles(await studyOf({ npy: "x.npy", labels: "y.npy" }, arrays));
	expect(npy.files.map(({ name }) => name).sort()).toEqual(["data/features/x.npy", "data/labels/y.npy"]);
	expect(npy.study.workload).toMatchObject({ data: { features: "data/features/x.npy", labels: "data/labels/y.npy" } });

	const folder = folderWith({ ...idxFiles(), "notes.txt": Buffer.from("mine") });
	const idx = await dataFiles(await studyOf({ idx: "." }, folder));
	expect(idx.files.map(({ name }) => name).sort()).toEqual(
		Object.keys(idxFiles())
			.sort()
			.map((name) => `data/folder/${name}`),
	);
	expect(idx.study.workload).toMatchObject({ data: { folder: "data/folder" } });
	expect(JSON.stringify([npy.study, idx.study])).not.toContain(tmpdir());
});

test("a data set from the user's cache goes along; what the package has, or makes, does not", async () => {
	const files = idxFiles();
	const cache = folderWith(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`sweetspot/mnist/${name}`, bytes])));
	vi.stubEnv("XDG_CACHE_HOME", cache);
	onTestFinished(() => void vi.unstubAllEnvs());
	const { files: kept } = await dataFiles(await studyOf("mnist", cache));
	expect(kept.map(({ name }) => name).sort()).toEqual(
		Object.keys(files)
			.sort()
			.map((name) => `kept/sweetspot/mnist/${name}`),
	);
	expect((await dataFiles(await studyOf("digits", cache))).files).toEqual([]);
	expect((await dataFiles(await studyOf("moons", cache))).files).toEqual([]);
});
