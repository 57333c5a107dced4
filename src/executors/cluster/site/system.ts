import { appendFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SweetspotError } from "../../../core/errors.js";
import type { SiteCommands } from "../../../study/cluster-schema.js";
import { writePrivateFile } from "../folder.js";
import { HeldJobs } from "../held-jobs.js";
import { outFileOf } from "../job-files.js";
import type { JobState, JobSystem } from "../job-system.js";
import { printedBy, requireProgram } from "./commands.js";
import { filledIn } from "./placeholders.js";
import { printedStates } from "./states.js";

/** Some systems list a job only a while after they took it. */
const arrivalMilliseconds = 10_000;

/** What is cancelled takes a while to be gone. */
const longestEndMilliseconds = 60_000;

interface Place {
	/** Absolute, the study's own. */
	readonly folder: string;
	/** Names the study: part of its jobs' names. */
	readonly tag: string;
	readonly program: string;
	readonly node: string;
}

/**
 * A site's own commands around the system that runs its jobs. `submit` gets one job and prints what it is called; `poll` gets what jobs are
 * called, and prints the state of each that it knows; `cancel` gets the same, and ends them. What jobs of this study are called is kept in
 * a file, so that a later session can end them.
 */
export function siteSystem(commands: SiteCommands, { folder: studyFolder, tag, program, node }: Place, session: string): JobSystem {
	const name = `sweetspot-${tag}-${session}`;
	const listFile = join(studyFolder, "submitted-jobs");
	const jobs = new HeldJobs(name, arrivalMilliseconds, async ({ id, file }) => {
		const values = { node, program, file, folder: dirname(file), out: outFileOf(file), name: id };
		const printed = await printedBy("submit", filledIn(commands.submit, values));
		const last = printed.trimEnd().split("\n").at(-1)?.trim() ?? "";
		// One word that can't be taken for an option of the site's own commands.
		if (!/^[^\s-]\S*$/.test(last))
			throw new SweetspotError(
				"cluster/unusable",
				`the last line that the command of cluster.command.submit printed is ${JSON.stringify(last.slice(0, 200))}`,
				"let it print last, in one word, what its system calls the job",
			);
		appendFileSync(listFile, `${last}\n`, { mode: 0o600 });
		return last;
	});
	const ask = async (own: readonly string[]): Promise<ReadonlyMap<string, JobState>> =>
		own.length === 0 ? new Map() : printedStates(await printedBy("poll", filledIn(commands.poll, { jobs: own })));
	const end = async (own: readonly string[]): Promise<void> => {
		if (own.length === 0) return;
		// One that has ended may be an error to the site's system; the executor sees that a job goes on, and asks again.
		await printedBy("cancel", filledIn(commands.cancel, { jobs: own })).catch((error: unknown) => {
			if (error instanceof SweetspotError) throw error;
		});
	};

	return {
		name: "the site's system",
		can: { sharesFolder: true, warns: true },
		pace: { least: 1000, most: 60_000, arrival: arrivalMilliseconds },
		async check() {
			for (const part of ["submit", "poll", "cancel"] as const) requireProgram(part, commands[part]);
		},
		submit: (files, limit) => jobs.submit(files, limit),
		setLimit: (submission, limit) => jobs.setLimit(submission, limit),
		async poll() {
			const states = jobs.states(await ask(jobs.alive));
			await jobs.fill();
			return states;
		},
		cancel: (ids) => end(jobs.cancel(ids).map(({ own }) => own)),
		async endEarlier() {
			let left = linesOf(listFile);
			const until = performance.now() + longestEndMilliseconds;
			while (left.length > 0 && performance.now() < until) {
				const states = await ask(left).catch((error: unknown) => {
					if (error instanceof SweetspotError) throw error;
					return null;
				});
				if (states !== null) left = left.filter((job) => (states.get(job)?.kind ?? "ended") !== "ended");
				await end(left);
				if (left.length > 0) await delay(1000);
			}
			writePrivateFile(listFile, left.map((job) => `${job}\n`).join(""));
			return left.length === 0;
		},
		async close() {},
	};
}

function linesOf(file: string): readonly string[] {
	try {
		return readFileSync(file, "utf8")
			.split("\n")
			.filter((line) => line !== "");
	} catch {
		return []; // there was no session
	}
}
