import { join } from "node:path";
import { stringify } from "yaml";
import { type FinishedTrial, trialKey } from "../../src/core/trial.js";
import { openStore } from "../../src/store/open.js";
import { designOf } from "../../src/study/designs.js";
import { Workplace } from "../../test/e2e/sweetspot.js";
import { embeddedStudy } from "../honesty/embedded.js";
import { median } from "../median.js";

/**
 * How many trials of one batch size the embedded study asks for at once: those could train side by side as replicas of one network. The
 * study runs; then its design is replayed round by round, a round being everything that can be asked for with what is known. One number per
 * trial: those alike in its round.
 */
async function alikeInTheirRounds(): Promise<readonly number[]> {
	const place = new Workplace();
	try {
		place.write("study.yaml", stringify(embeddedStudy));
		const { code, stderr } = await place.start(["tune", "study.yaml", "--quiet"]);
		if (code !== 0) throw new Error(stderr);
		const store = openStore(join(place.folder, ".sweetspot"), { mode: "read" });
		if (!store) throw new Error("internal: tune left no store");
		const [{ id, study }] = store.list();
		const known = new Map(store.trials(id).map((trial) => [trialKey(trial.spec), trial]));
		const given = { extensions: store.extensions(id), calibration: store.calibration(id) };
		const design = designOf(study);
		const taken: FinishedTrial[] = [];
		const alike: number[] = [];
		for (;;) {
			const round = design.next(study, taken, given).flatMap(({ spec }) => known.get(trialKey(spec)) ?? []);
			if (round.length === 0) break;
			const counts = new Map<number, number>();
			for (const { spec } of round) counts.set(spec.batchSize, (counts.get(spec.batchSize) ?? 0) + 1);
			alike.push(...round.map(({ spec }) => counts.get(spec.batchSize) ?? 1));
			taken.push(...round);
		}
		store.close();
		return alike;
	} finally {
		place.remove();
	}
}

/** Over the trials of the embedded study. */
export interface Replicas {
	readonly median: number;
	/** Share of the trials that are asked for together with at least three others alike. */
	readonly shareOfFour: number;
	readonly most: number;
	readonly trials: number;
}

export async function replicasAskedFor(): Promise<Replicas> {
	const alike = await alikeInTheirRounds();
	return {
		median: median(alike),
		shareOfFour: alike.filter((count) => count >= 4).length / alike.length,
		most: Math.max(...alike),
		trials: alike.length,
	};
}
