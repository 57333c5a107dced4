import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Rng } from "../../../src/core/rng.js";
import { leftRunning } from "../aftermath.js";
import { type Course, keep } from "../course.js";
import { Place } from "../place.js";
import { bugIn, type Problem } from "../problem.js";
import { type Ending, startProgram } from "../program.js";
import { dataFiles, dataSources, lines, runsTable, settings, studies } from "./bases.js";
import { oddFlags } from "./flags.js";
import { mostBytes } from "./judge.js";
import { mutatedBytes } from "./mutate-bytes.js";
import { mutatedText } from "./mutate-text.js";
import { mutatedValue } from "./mutate-value.js";
import { oddText, oneOf } from "./odd.js";
import { outside, workingFolder } from "./outside.js";

/** Of the processor's time. */
const hangMilliseconds = 30_000;
/** Done; a mistake of the user's; undecided; some trials failed. */
const rightCodes: readonly (number | null)[] = [0, 2, 3, 4];

const goal = { metric: "train.loss", atMost: 0.5 };
const limits = { epochs: 2, steps: 20 };

/** Writes an input into a folder, and gives the command that reads it. */
type Make = (rng: Rng, folder: string) => readonly string[];

const withFile = (folder: string, name: string, content: string | Uint8Array): string => {
	writeFileSync(join(folder, name), content);
	return name;
};

const inputs: Readonly<Record<string, Make>> = {
	"a study file": (rng, folder) => {
		const text = rng.below(2) === 0 ? stringify(mutatedValue(rng, oneOf(rng, studies))) : mutatedText(rng, stringify(oneOf(rng, studies)));
		return ["plan", withFile(folder, "study.yaml", text)];
	},
	"--set": (rng, folder) => [
		"plan",
		withFile(folder, "study.yaml", stringify(studies[0])),
		"--set",
		`${oneOf(rng, settings)}=${oddText(rng).replaceAll("\0", "")}`,
	],
	flags: oddFlags,
	"a data file": (rng, folder) => {
		const name = oneOf(rng, Object.keys(dataSources));
		withFile(folder, name, mutatedBytes(rng, dataFiles[name]));
		const workload = { data: dataSources[name], model: [{ dense: name.startsWith("data.csv") ? 2 : 3 }] };
		const study = { version: 1, workload, goal, batchSizes: [2], limits };
		return ["tune", withFile(folder, "study.yaml", stringify(study)), "--budget", "2", "--json", "--quiet"];
	},
	"a table of runs": (rng, folder) => {
		const file = withFile(folder, "runs.csv", mutatedText(rng, runsTable));
		return ["import", file, "--goal", "validation.loss<=0.5", "--examples", "512", "--json"];
	},
	"a checkpoint": (rng, folder) => {
		withFile(folder, "run.ckpt", mutatedBytes(rng, Buffer.from("SWEETCKP\x01\0\0\0\x02\0\0\0{}".padEnd(60, "\0"))));
		const study = withFile(folder, "study.yaml", stringify(studies[0]));
		return ["train", study, "--batch-size", "8", "--learning-rate", "0.1", "--steps", "3", "--checkpoint", "run.ckpt", "--json"];
	},
	"what a script prints": (rng, folder) => {
		const said = Array.from({ length: 1 + rng.below(6) }, () => mutatedText(rng, oneOf(rng, lines))).join("\n");
		withFile(folder, "said.txt", `${said}\n`);
		const workload = { command: ["cat", "said.txt"], examples: 640 };
		const study = { version: 1, workload, goal: { metric: "validation.loss", atMost: 0.3 }, batchSizes: [8], limits };
		return ["tune", withFile(folder, "study.yaml", stringify(study)), "--budget", "2", "--json", "--quiet"];
	},
};

/** What is wrong with how the program ended, given an input that its user may have got wrong. Null: nothing. */
export function wrongAnswer({ code, signal, stderr, hung, peakBytes }: Ending): string | null {
	if (hung) return "it hangs";
	const bug = bugIn(stderr);
	if (bug !== null) return bug;
	if (!rightCodes.includes(code)) return `exit code ${code}, signal ${signal}: ${stderr.slice(0, 1000)}`;
	if (code === 2 && !/^(error|fix): |^\(sweetspot --help/m.test(stderr)) return `it is refused without a reason: ${stderr.slice(0, 1000)}`;
	return peakBytes > mostBytes ? `the process has held ${peakBytes} bytes` : null;
}

export interface ProgramFigures {
	readonly tried: number;
	readonly refused: number;
	readonly problems: readonly Problem[];
}

/** Gives the program itself this many mutated inputs, a process and a folder each. */
export async function programCampaign(rng: Rng, count: number, course: Course): Promise<ProgramFigures> {
	const problems: Problem[] = [];
	let [tried, refused] = [0, 0];
	for (; tried < count && !course.stop.aborted; tried++) {
		const own = rng.split(tried);
		const name = oneOf(own, Object.keys(inputs));
		const place = new Place();
		try {
			const folder = join(place.folder, ...workingFolder);
			mkdirSync(folder, { recursive: true });
			for (const [file, bytes] of Object.entries(dataFiles)) writeFileSync(join(folder, file), bytes);
			withFile(folder, "whole.yaml", stringify(studies[0]));
			withFile(folder, "trainer.mjs", "export async function train() {}\n");
			const args = inputs[name](own, folder);
			const environment = { SWEETSPOT_MAX_BYTES: "50000000" };
			const ending = await startProgram(args, { folder, mark: place.mark, patience: hangMilliseconds, environment }).ended;
			if (ending.code === 2) refused++;
			const strays = outside(place.folder);
			const found = [wrongAnswer(ending), strays.length > 0 ? `files outside the folder: ${strays}` : null, await leftRunning(place.mark)];
			for (const one of found)
				if (one !== null)
					keep(course, problems, { after: `${name}, number ${tried}: sweetspot ${args.join(" ").slice(0, 300)}`, found: one });
		} finally {
			place.remove();
		}
		if ((tried + 1) % 100 === 0) course.say(`${tried + 1} of ${count} inputs of the program itself`);
	}
	return { tried, refused, problems };
}
