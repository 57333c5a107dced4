import { cpSync, existsSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Rng } from "../../src/core/rng.js";
import { leftRunning, outcomeOf, unsound } from "./aftermath.js";
import { Place } from "./place.js";
import { bugIn, type Problem } from "./problem.js";
import { sent } from "./processes.js";
import type { Ending } from "./program.js";
import type { KillReport } from "./study-kills.js";
import { workloads } from "./workloads.js";
import { lastingWords, runs, type Writing, writings } from "./writings.js";

/** Stands in problems of commands, and of no study's. */
export const whileItRuns = " while it runs ";

/** Of a long command, so much of its beginning is when it is struck: it goes on from there. */
const longestMilliseconds = 1500;

/** What a file that is written over had before. */
const earlier = Buffer.from("an earlier file of somebody's\n");

/**
 * What is wrong with a file under its final name. `whole`: every content that it may have. Null: it is one of these, or it isn't there and
 * `mayLack`.
 */
export function halfFile(path: string, whole: readonly Buffer[], mayLack: boolean): string | null {
	if (!existsSync(path)) return mayLack ? null : `${path} is gone`;
	const found = readFileSync(path);
	return whole.some((content) => withoutTimes(content) === withoutTimes(found))
		? null
		: `${path} has ${found.length} bytes that are no whole file`;
}

/** As text, each byte a character, without the minute in which a study was made: reports say it. */
const withoutTimes = (content: Buffer): string => content.toString("latin1").replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "");

/** Kills every command that writes, again and again, this many times in all. */
export async function disturbCommands(rng: Rng, faults: number, stop: AbortSignal): Promise<KillReport> {
	const [network] = workloads;
	const place = new Place(network.files);
	const kept = new Place();
	const hits: string[] = [];
	const problems: Problem[] = [];
	try {
		const tuned = outcomeOf(await place.run(["tune", "study.yaml", "--json", "--quiet"]));
		if (tuned === null) throw new Error("the network's study has no answer");
		await place.run(["export", tuned.id, "--out", runs.file]);
		cpSync(place.store, kept.store, { recursive: true });
		const all = writings(tuned.id);
		for (const [i, writing] of all.entries()) {
			const share = Math.ceil((faults * (i + 1)) / all.length) - Math.ceil((faults * i) / all.length);
			const disturbed = await disturbCommand(writing, place, kept.store, rng, stop.aborted ? 0 : share);
			hits.push(...disturbed.hits);
			problems.push(...disturbed.problems);
		}
		return { hits, problems };
	} finally {
		await leftRunning(place.mark, 0);
		for (const one of [place, kept]) one.remove();
	}
}

async function disturbCommand(writing: Writing, place: Place, store: string, rng: Rng, faults: number): Promise<KillReport> {
	const { args, goesOn } = writing;
	if (faults === 0) return { hits: [], problems: [] };
	const file = writing.file === null ? null : place.path(writing.file);
	const hits: string[] = [];
	const problems: Problem[] = [];
	const note = (found: string | null) => {
		if (found !== null) problems.push({ after: `${hits.at(-1) ?? "no fault"}${whileItRuns}${args.slice(0, 4).join(" ")}`, found });
	};
	let hadFile = false;
	const begin = () => {
		rmSync(place.store, { recursive: true, force: true });
		if (!writing.emptyStore) cpSync(store, place.store, { recursive: true });
		if (file === null) return;
		rmSync(file, { force: true });
		hadFile = !goesOn && rng.below(2) === 0;
		if (hadFile) writeFileSync(file, earlier);
	};
	begin();
	const undisturbed = await place.run(args);
	const made = file === null ? null : readFileSync(file);
	begin();
	for (let tries = 0; hits.length < faults && tries < 2 * faults + 5; tries++) {
		const { signal, wasThere, ending } = await struckRun(place, args, Math.min(undisturbed.milliseconds, longestMilliseconds), rng);
		if (wasThere && ending.code !== 0) hits.push(`${signal} ${args[0]}`);
		note(bugIn(ending.stderr));
		note(await leftRunning(place.mark));
		note(unsound(place.store));
		if (file !== null && made !== null && !goesOn) note(halfFile(file, hadFile ? [earlier, made] : [made], !hadFile));
		if (ending.code === 0) {
			note(otherWords(undisturbed, ending));
			begin();
		} else if (!wasThere) note(`exit code ${ending.code}: ${ending.stderr}`);
	}
	const last = await place.run(args);
	if (last.code !== 0) note(`afterwards it exits with ${last.code}: ${last.stderr}`);
	note(otherWords(undisturbed, last));
	if (file !== null && made !== null) {
		note(halfFile(file, [made], false));
		rmSync(file, { force: true });
	}
	return { hits, problems };
}

/** Runs a command and strikes it: at any moment, or as soon as it has begun to write its file under another name. */
async function struckRun(place: Place, args: readonly string[], milliseconds: number, rng: Rng) {
	const signal = rng.below(5) === 0 ? "SIGTERM" : "SIGKILL";
	const whenItWrites = rng.below(2) === 0;
	const moment = rng.uniform();
	const started = place.start(args);
	if (whenItWrites) await Promise.race([draftIn(place.folder).then(() => delay(3 * moment)), started.ended]);
	else await Promise.race([delay(milliseconds * moment), started.ended]);
	const wasThere = sent(started.pid, signal);
	return { signal, wasThere, ending: await started.ended };
}

/** Resolves when a file is begun under the name that drafts have. */
const draftIn = (folder: string): Promise<void> =>
	new Promise((resolve) => {
		const watcher = watch(folder, { persistent: false }, (_, name) => {
			if (!name?.endsWith(".part")) return;
			watcher.close();
			resolve();
		});
	});

/** How the digest that a command printed differs from that of an undisturbed run. Null: not at all. */
export const otherWords = (undisturbed: Pick<Ending, "stdout">, found: Pick<Ending, "stdout">): string | null =>
	lastingWords(found) === lastingWords(undisturbed)
		? null
		: `it printed ${lastingWords(found)}, and ${lastingWords(undisturbed)} undisturbed`;
