/** What the durability tests run as processes of their own: `store-process.ts TASK DIR`. Says one line for each thing it has done. */
import { SweetspotError } from "../../src/core/errors.js";
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
} else contend();
