import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { type FinishedTrial, trialKey } from "../../src/core/trial.js";
import { openStore } from "../../src/store/open.js";
import { formatCount, formatRate } from "../../src/words/numbers.js";
import { type Ended, smallStudy, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

/** Short on purpose: what is tested are the ends, and there are fifty of them. */
const study = smallStudy.replace("batchSizes: [1, 8, 64, full]", "batchSizes: [8, 64, full]");

interface Answer {
	readonly study: { readonly id: string };
	readonly digest: string | null;
	readonly cost: { readonly trainingSeconds: number | null };
	readonly test: object | null;
}
const answerOf = ({ stdout }: Ended): Answer => JSON.parse(stdout) as Answer;

const workplace = workplaces({ "small.yaml": study });

/** What a line of progress says of a finished trial, behind its count. */
const described = ({ spec, result: { outcome, reached, steps, message } }: FinishedTrial): string => {
	const end =
		outcome === "reached"
			? `reached at step ${formatCount(reached?.step ?? steps)}`
			: outcome === "missed"
				? `missed within ${formatCount(steps)} steps`
				: `${outcome} after ${formatCount(steps)} steps: ${message}`;
	return `${spec.phase.padEnd(9)}  batch ${spec.batchSize}  lr ${formatRate(spec.learningRate)}  seed ${spec.seedIndex}  ${end}`;
};

/** What the store holds, read as it lies; nothing where there is none yet. */
function stored(place: Workplace) {
	const store = openStore(join(place.folder, ".sweetspot"), { mode: "read" });
	const [listed] = store?.list() ?? [];
	const trials = (listed && store?.trials(listed.id)) ?? [];
	const content = trials.map((trial) => JSON.stringify({ ...trial, result: { ...trial.result, seconds: 0 } }));
	store?.close();
	return { id: listed?.id, state: listed?.state, trials, content: content.sort() };
}

/**
 * Where a session is killed. "timing": while steps are timed. A number: after so many trials of its own. "end": at the test set, or writing
 * the report.
 */
type Moment = "timing" | "end" | number;

/** Ends a session by kill -9 at the moment, up to `patience` milliseconds after it. */
async function killedSession(place: Workplace, args: readonly string[], moment: Moment, patience: number): Promise<Ended> {
	let armed = false;
	return place.start(args, (said, kill) => {
		if (armed) return;
		const finished = said.match(/\] (tuning|selecting|reporting)/g)?.length ?? 0;
		const atEnd = /^test set, batch size|is complete already/m.test(said);
		armed = moment === "timing" ? said.includes("timing the steps") : atEnd || (moment !== "end" && finished >= moment);
		if (armed) void delay(patience).then(() => kill("SIGKILL"));
	});
}

describe("kill -9 at 50 moments of a study, each followed by resume", () => {
	const reference = (async () => {
		const place = workplace();
		const ended = await place.start(["tune", "small.yaml", "--json", "--workers", "2"]);
		return { answer: answerOf(ended), ...stored(place) };
	})();

	test.concurrent.each([1, 2])(
		"loses nothing that was reported, and ends as if nothing had happened (study %i)",
		{ timeout: 300_000 },
		async (seed) => {
			const whole = await reference;
			const place = workplace();
			const rng = Rng.fromSeed(seed);
			const reported = new Set<string>();
			const kills = { timing: 3, trials: 14, end: 8 };
			const seen = { midway: 0, untested: 0, complete: 0 };
			for (let killed = 0; killed < kills.timing + kills.trials + kills.end; ) {
				const before = stored(place);
				const left = kills.timing + kills.trials - killed;
				const trialsLeft = whole.trials.length - before.trials.length;
				const moment: Moment =
					killed < kills.timing ? "timing" : left > 0 ? 1 + rng.below(Math.max(1, Math.floor((2 * trialsLeft) / left))) : "end";
				const command = before.id === undefined ? ["tune", "small.yaml"] : ["resume", before.id];
				const workers = rng.below(2) === 0 ? ["--workers", "2"] : ["--executor", "inline"];
				const { code, stderr } = await killedSession(
					place,
					[...command, ...workers],
					moment,
					(moment === "timing" || moment === "end" ? 250 : 10) * rng.uniform(),
				);
				expect(stderr).not.toMatch(/error|internal:/);
				for (const [, line] of stderr.matchAll(/^\[[^\]]+\] (.*)$/gm)) reported.add(line.trim());
				const after = stored(place);
				const kept = new Set(after.trials.map(described));
				expect([...reported].filter((line) => !kept.has(line))).toEqual([]);
				expect(new Set(after.trials.map(({ spec }) => trialKey(spec))).size).toBe(after.trials.length);
				expect(["interrupted", "complete"]).toContain(after.state);
				if (code === null) killed++; // a session that was faster than its kill doesn't count
				if (after.state === "complete") seen.complete++;
				else if (after.trials.length === whole.trials.length) seen.untested++;
				else if (after.trials.length > 0) seen.midway++;
			}
			expect(seen.midway).toBeGreaterThanOrEqual(8); // as was meant: the kills are spread over the whole study
			expect(seen.complete).toBeGreaterThan(0);

			const { id = "" } = stored(place);
			const resumed = answerOf(await place.start(["resume", id, "--json"]));
			expect(resumed.study.id).toBe(whole.answer.study.id);
			expect(resumed.digest).toBe(whole.answer.digest);
			// Steps are timed anew there.
			expect(resumed.cost).toEqual({ ...whole.answer.cost, trainingSeconds: resumed.cost.trainingSeconds });
			expect(stored(place).content).toEqual(whole.content);
			expect(resumed.test === null).toBe(whole.answer.test === null);
		},
	);
});
