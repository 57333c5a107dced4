import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadDataset } from "../../src/data/load.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { pythonWith } from "../fixtures/python.js";
import { runPython } from "./python-process.js";

const python = pythonWith("numpy");

const digest = (...arrays: readonly NodeJS.ArrayBufferView[]): string => {
	const hash = createHash("sha256");
	for (const array of arrays) hash.update(array);
	return hash.digest("hex");
};

const script = `
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from digits import load
for letter in "tvh":
    features, labels = load(letter)
    print(hashlib.sha256(features.astype("<f4").tobytes() + labels.astype("<i4").tobytes()).hexdigest())
`;

test.skipIf(python === null)(
	"examples/python trains and validates on the very digits that Sweetspot does (needs python3 with numpy)",
	async () => {
		const { train, validation, test: heldOut } = await loadDataset({ name: "digits" }, readBytes);
		const { said } = runPython(python, ["-c", script, fileURLToPath(new URL("../../examples/python", import.meta.url))]);
		const ours = [train, validation, heldOut].map((set) => set && digest(set.features, set.labels));
		expect(said.trim().split("\n")).toEqual(ours);
	},
);
