/** What it costs to keep trials and to read them back, on the disk of the temporary folder. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../src/store/open.js";
import { sampleTrial } from "../test/contract/sample-trial.js";
import { exampleStudy } from "../test/fixtures/example-study.js";
import { median } from "./median.js";

const trials = 3001;
const looks = 150;

const millisecondsOf = (work: () => unknown): number => {
	const start = performance.now();
	work();
	return performance.now() - start;
};

export function run(json: boolean): void {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const store = openStore(dir, { mode: "write" });
	const { study, hash } = exampleStudy().stored;
	const { id } = store.create(study, hash, "bench");
	const appends = Array.from({ length: trials }, (_, i) => sampleTrial(i, looks)).map((trial) =>
		millisecondsOf(() => store.append(id, trial)),
	);
	const read = millisecondsOf(() => store.trials(id)) / trials;
	store.close();
	const bytes = statSync(join(dir, "studies.sqlite")).size / trials / looks;
	rmSync(dir, { recursive: true });

	const mean = appends.reduce((sum, milliseconds) => sum + milliseconds, 0) / trials;
	const append = { median: median(appends), mean, high: [...appends].sort((a, b) => a - b)[Math.floor(0.99 * trials)] };
	if (json) process.stdout.write(`${JSON.stringify({ trials, looks, milliseconds: { append, read }, bytesPerLook: bytes })}\n`);
	else {
		process.stdout.write(`${trials} trials of ${looks} looks, four metrics each
append   ${append.median.toFixed(2)} ms (median), ${mean.toFixed(2)} ms (mean), 99 % within ${append.high.toFixed(1)} ms
read     ${read.toFixed(2)} ms a trial
size     ${bytes.toFixed(0)} bytes a look
`);
	}
}
