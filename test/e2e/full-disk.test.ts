import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { canMount, mount, unmount } from "../fixtures/mount.js";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const workplace = workplaces({ "small.yaml": smallStudy });
const shell = (folder: string, line: string) => {
	const { status, stdout, stderr } = spawnSync("sh", ["-c", line.replace("sweetspot", `"${process.execPath}" "${program}"`)], {
		cwd: folder,
	});
	return { code: status, stdout: String(stdout), stderr: String(stderr) };
};

describe("where nothing more can be written", () => {
	const { folder } = workplace();
	test.each(["--help", "plan small.yaml", "data", "tune small.yaml --json --quiet"])("standard output: %s says so, with code 2", (args) => {
		const { code, stderr } = shell(folder, `sweetspot ${args} > /dev/full`);
		expect(stderr).toMatch(/^error: the output cannot be written: .*no space left on device.*\nfix: free some disk space, .*\n$/);
		expect(code).toBe(2);
	});

	test("standard error: a study goes on without its progress", () => {
		expect(shell(folder, "sweetspot tune small.yaml --fresh 2> /dev/full").stdout).toContain("Report: ");
		expect(shell(folder, "sweetspot show nothing 2> /dev/full").code).toBe(2);
		expect(shell(folder, "sweetspot show nothing > /dev/full 2>&1").code).toBe(2);
	});

	test.skipIf(!canMount).each([60, 130, 200, 260])(
		"a disk of %i KB: a script's study says so, with code 2, and goes on once there is room",
		(size) => {
			const place = workplace();
			mount(place.folder, `size=${size}k`);
			try {
				place.write("train.py", script);
				place.write("study.yaml", scriptStudy);
				const { code, stderr } = shell(place.folder, "sweetspot tune study.yaml --quiet");
				expect(stderr).toMatch(/^error: the store cannot grow: .*\nfix: free some space and run the study again/m);
				expect(stderr).not.toMatch(/^ {4}at /m);
				expect(code).toBe(2);
				mount(place.folder, "remount,size=4m");
				const whole = JSON.parse(shell(place.folder, "sweetspot tune study.yaml --quiet --json").stdout);
				const other = JSON.parse(shell(place.folder, "sweetspot tune study.yaml --quiet --json --store other").stdout);
				expect(whole.digest).toBe(other.digest);
			} finally {
				unmount(place.folder);
			}
		},
		60_000,
	);
});

/** Reaches its goal after a dozen steps at a rate of 0.25; fills the disk as it goes. */
const script = `import sys
weight = 8.0
for step in range(1, 60):
    weight -= float(sys.argv[2]) * weight
    print("x" * 300)
    print('{"sweetspot":1,"step":%d,"metrics":{"validation.loss":%r}}' % (step, weight**2))
`;
const scriptStudy = `
version: 1
name: fills
workload: { command: [python3, train.py, "{batchSize}", "{learningRate}"], examples: 640, grace: 0.2 }
goal: { metric: validation.loss, atMost: 0.1 }
batchSizes: [16]
tune: { learningRate: { from: 0.25, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 6 }
limits: { steps: 60 }
`;
