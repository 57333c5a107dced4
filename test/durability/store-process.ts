/** What the durability tests run as processes of their own: `store-process.ts TASK DIR`. Says one line for each thing it has done. */
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SweetspotError } from "../../src/core/errors.js";
import { trialKey } from "../../src/core/trial.js";
import { liveLimits, openLive } from "../../src/store/live/writer.js";
import { openStore } from "../../src/store/open.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { exampleStudy } from "../fixtures/example-study.js";

const [, , task, dir] = process.argv;
const say = (line: string) => process.stdout.write(`${line}\n`); // to a pipe: written when it returns

/** Appends a hundred trials, from the first that is missing, says the number of each once it is stored, and then waits to be killed. */
function append(): void {
	const store = openStore(dir, { mode: "write" });
	const { stored } = exampleStudy();
	const { id, trials } = store.findByHash(stored.hash) ?? store.create(stored.study, stored.hash, "0.1.0");
	store.setState(id, "running", 0, null);
	for (let i = trials; i < trials + 100; i++) {
		store.append(id, sampleTrial(i, 150));
		say(String(i));
	}
	process.stdin.resume();
}

/**
 * Appends a trial and closes the store for good: connections end only when nothing of them is left to be collected. Then SQLite removes the
 * log and its index, if it finds no other process at the file.
 */
async function appendAndClose(): Promise<void> {
	const store = openStore(dir, { mode: "write" });
	const { id, trials } = store.list()[0];
	store.append(id, sampleTrial(trials, 150));
	store.close();
	setFlagsFromString("--expose-gc");
	const collect = runInNewContext("gc") as () => void;
	for (let i = 0; i < 5; i++) {
		collect();
		await delay(20);
	}
	say("closed");
}

/** Writes looks of a trial to the live file of a study, each at once, says "live" after the first, and goes on until it is killed. */
function live(): void {
	openStore(dir, { mode: "write" });
	const { spec } = sampleTrial(0);
	const writer = openLive(dir, "live", "0.1.0", { ...liveLimits, interval: 0 });
	writer.write({ kind: "trial started", time: new Date().toISOString(), spec });
	let step = 0;
	const more = () => {
		const evaluations = [{ step: ++step, examples: 32 * step, metrics: { "train.loss": 1 / step } }];
		writer.write({ kind: "looks", trial: trialKey(spec), evaluations });
		if (step === 1) say("live");
		setImmediate(more);
	};
	more();
}

/** Says "ready"; at each line it is sent, tries to become the writer, says how that went, and keeps what it got. */
function contend(): void {
	say("ready");
	process.stdin.on("data", () => {
		try {
			openStore(dir, { mode: "write" });
			say("writer");
		} catch (error) {
			say(error instanceof SweetspotError ? `${error.code} ${error.message}` : String(error));
		}
	});
}

if (task === "append") {
	try {
		append();
	} catch (error) {
		say(error instanceof SweetspotError ? `${error.code} ${error.fix}` : String(error));
		process.exitCode = 1;
	}
} else if (task === "live") live();
else if (task === "append and close") await appendAndClose();
else contend();
