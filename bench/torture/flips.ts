import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Rng } from "../../src/core/rng.js";
import { outcomeOf } from "./aftermath.js";
import { type Course, keep } from "./course.js";
import { Place } from "./place.js";
import { bugIn, type Problem } from "./problem.js";
import { workloads } from "./workloads.js";

/** What a store shows: standard output, and how the process ended. */
export interface Shown {
	readonly code: number | null;
	/** SQLite ends the process over some damaged texts, where no checksum of the file was there to stop it. */
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Shows the store that lies in this place. */
export type Show = (args: readonly string[], place: Place) => Promise<Shown>;

export interface FlipFigures {
	readonly same: number;
	readonly refused: number;
	/** Flips without a checksum of the file at which SQLite ended the process. */
	readonly ended: number;
	readonly problems: readonly Problem[];
}

/** Ways to look at a study. */
export const views = (id: string): readonly (readonly string[])[] => [
	["show", id, "--json"],
	["export", id],
	["export", id, "--format", "json"],
];

export type Verdict = "same" | "refused" | "ended" | { readonly found: string };

/**
 * The verdict on what a store with a flipped bit shows. `hasSum`: whether the file's checksum was there, as it is unless the last writer
 * was killed.
 */
export function verdictOn(before: string, { code, signal, stdout, stderr }: Shown, hasSum: boolean): Verdict {
	const bug = bugIn(stderr);
	if (bug !== null && !(signal === "SIGABRT" && !hasSum)) return { found: `a bug: ${bug}` };
	if (code === 2 && /^error: .*store/m.test(stderr) && /^fix: /m.test(stderr))
		return stdout === "" ? "refused" : { found: "it prints, and then refuses" };
	if (code === 0) return stdout === before ? "same" : { found: `another answer: ${firstDifference(before, stdout)}` };
	if (signal === "SIGABRT" && !hasSum) return "ended";
	return { found: `code ${code}, signal ${signal}: ${stderr.slice(0, 500)}` };
}

function firstDifference(one: string, other: string): string {
	let at = 0;
	while (at < one.length && one[at] === other[at]) at++;
	return `…${one.slice(at - 60, at + 60)}… became …${other.slice(at - 60, at + 60)}…`;
}

/**
 * Flips random bits of a finished store, one at a time, and looks at it. `withoutSum`: the share of flips that the file's checksum can't
 * show, as it is after a kill.
 */
export async function flipCampaign(rng: Rng, flips: number, withoutSum: number, show: Show, course: Course): Promise<FlipFigures> {
	const [network] = workloads;
	const place = new Place(network.files);
	const counts = { same: 0, refused: 0, ended: 0 };
	const problems: Problem[] = [];
	try {
		const tuned = outcomeOf(await place.run(["tune", "study.yaml", "--json", "--quiet"]));
		if (tuned === null) throw new Error("the network's study has no answer");
		const sound = place.path("sound");
		cpSync(place.store, sound, { recursive: true });
		const restore = () => {
			rmSync(place.store, { recursive: true });
			cpSync(sound, place.store, { recursive: true });
		};
		const all = views(tuned.id);
		const before: string[] = [];
		for (const args of all) before.push((await show(args, place)).stdout);
		const length = statSync(join(sound, "studies.sqlite")).size;
		for (let flip = 0; flip < flips && !course.stop.aborted; flip++) {
			const [bit, which, hasSum] = [Math.floor(rng.uniform() * 8 * length), rng.below(all.length), rng.uniform() >= withoutSum];
			restore();
			const file = join(place.store, "studies.sqlite");
			const bytes = readFileSync(file);
			bytes[bit >> 3] ^= 1 << (bit & 7);
			writeFileSync(file, bytes);
			if (!hasSum) rmSync(`${file}.checksum`);
			const verdict = verdictOn(before[which], await show(all[which], place), hasSum);
			if (typeof verdict === "string") counts[verdict]++;
			else
				keep(course, problems, {
					after: `bit ${bit} flipped${hasSum ? "" : ", without the file's checksum"}, ${all[which].join(" ")}`,
					...verdict,
				});
		}
		return { ...counts, problems };
	} finally {
		place.remove();
	}
}

/** By the program itself. */
export const shownByProgram: Show = (args, place) => place.run(args, 30_000);
