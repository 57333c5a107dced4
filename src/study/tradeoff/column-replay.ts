import type { ColumnAnswer } from "../../core/column.js";
import { rateAt } from "../../core/rates.js";
import type { Study } from "../study.js";
import { select } from "./column.js";
import { notReached, outOfMemory } from "./not-reached.js";
import { type Replay, Replaying, type Results, whileItFits } from "./rounds.js";
import { tune } from "./settings.js";
import type { Leader, TunedColumn } from "./trend.js";

/** One batch size as far as the stored results carry it. */
export interface Column {
	readonly batchSize: number;
	/** Rounds of the whole study that came before this column could begin. */
	readonly begunAfter: number;
	/** Trials in each of the column's complete rounds. */
	readonly rounds: readonly number[];
	/** The round under way, if any: how many trials it has, and those without a result. */
	readonly open: Pick<Replay<unknown> & { done: false }, "round" | "missing"> | null;
	readonly answer: ColumnAnswer;
}

/** What tuning found: null where no rate reached the goal. */
type Tuning = TunedColumn | null | "out of memory";

/** A column that is told of more results from call to call, and replays only what is new. */
export class ColumnReplay {
	readonly #study: Study;
	readonly #batchSize: number;
	readonly #begunAfter: number;
	readonly #tuning: Replaying<Tuning>;
	#leader: Leader | null = null;
	#selecting: Replaying<ColumnAnswer | "out of memory"> | null = null;

	/** `before`: the smaller sizes that are tuned, ascending. */
	constructor(study: Study, batchSize: number, begunAfter: number, before: readonly TunedColumn[]) {
		this.#study = study;
		this.#batchSize = batchSize;
		this.#begunAfter = begunAfter;
		this.#tuning = new Replaying(
			whileItFits(
				tune(study, batchSize, before, (best) => {
					this.#leader = best;
				}),
			),
		);
	}

	/** The column on these results, which must hold those of every earlier call; and what its tuning found, once that is over. */
	on(results: Results): { readonly column: Column; readonly tuning: Replay<Tuning> } {
		const tuning = this.#tuning.on(results);
		return { tuning, column: { batchSize: this.#batchSize, begunAfter: this.#begunAfter, ...this.#state(tuning, results) } };
	}

	#state(tuning: Replay<Tuning>, results: Results): Pick<Column, "rounds" | "open" | "answer"> {
		const batchSize = this.#batchSize;
		if (!tuning.done) return { rounds: tuning.rounds, open: tuning, answer: openAnswer(batchSize, this.#leader) };
		if (tuning.value === null) return { rounds: tuning.rounds, open: null, answer: notReached(batchSize, []) };
		if (tuning.value === "out of memory") return { rounds: tuning.rounds, open: null, answer: outOfMemory(batchSize) };
		this.#selecting ??= new Replaying(whileItFits(select(this.#study, batchSize, tuning.value)));
		const selecting = this.#selecting.on(results);
		return {
			rounds: [...tuning.rounds, ...selecting.rounds],
			open: selecting.done ? null : selecting,
			answer: selecting.done
				? selecting.value === "out of memory"
					? outOfMemory(batchSize)
					: selecting.value
				: openAnswer(batchSize, tuning.value),
		};
	}
}

export const openAnswer = (batchSize: number, leader: Leader | null): ColumnAnswer => ({
	batchSize,
	state: "open",
	learningRate: leader && rateAt(leader.rate),
	...leader?.setting,
	steps: leader?.steps ?? null,
	atEdge: false,
	replaced: [],
	reportingRuns: 0,
});
