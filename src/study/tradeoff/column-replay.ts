import { blankAnswer, type ColumnAnswer } from "../../core/column.js";
import { rateAt } from "../../core/rates.js";
import { type Replay, Replaying, type Results, whileItFits } from "../search/rounds.js";
import { SeedWatch } from "../search/seed-watch.js";
import type { Leader, TunedColumn } from "../search/trend.js";
import type { Column } from "../search/within-budget.js";
import type { Study } from "../study.js";
import { select } from "./select.js";
import { tune } from "./tune.js";

/** One batch size, as far as the stored results go. */
export interface TradeoffColumn extends Column {
	readonly batchSize: number;
	readonly answer: ColumnAnswer;
	/** Whether its runs of different seeds, or those of a size before, gave equal results. */
	readonly seedsAreAlike: boolean;
}

/** What tuning found: null where no rate reached the goal. */
type Tuning = TunedColumn | null | "out of memory";

/** A column that gets more results with every call, and replays only what is new. */
export class ColumnReplay {
	readonly #study: Study;
	readonly #batchSize: number;
	readonly #begunAfter: number;
	readonly #seedWatch: SeedWatch;
	readonly #tuning: Replaying<Tuning>;
	#leader: Leader | null = null;
	#selecting: Replaying<ColumnAnswer | "out of memory"> | null = null;

	/** `before`: the smaller sizes that are tuned, ascending. */
	constructor(study: Study, batchSize: number, begunAfter: number, before: readonly TunedColumn[]) {
		this.#study = study;
		this.#batchSize = batchSize;
		this.#begunAfter = begunAfter;
		this.#seedWatch = new SeedWatch(study, before.at(-1)?.seedEffect);
		this.#tuning = new Replaying(
			whileItFits(
				tune(
					study,
					batchSize,
					before,
					(best) => {
						this.#leader = best;
					},
					this.#seedWatch,
				),
			),
		);
	}

	/** The column on these results, which must hold those of every earlier call; and what its tuning found, once that is over. */
	on(results: Results): { readonly column: TradeoffColumn; readonly tuning: Replay<Tuning> } {
		const tuning = this.#tuning.on(results);
		const state = this.#state(tuning, results);
		const { areAlike: seedsAreAlike } = this.#seedWatch;
		return { tuning, column: { batchSize: this.#batchSize, begunAfter: this.#begunAfter, seedsAreAlike, ...state } };
	}

	#state(tuning: Replay<Tuning>, results: Results): Pick<TradeoffColumn, "rounds" | "open" | "answer"> {
		const batchSize = this.#batchSize;
		if (!tuning.done) return { rounds: tuning.rounds, open: tuning, answer: openAnswer(batchSize, this.#leader) };
		if (tuning.value === null) return { rounds: tuning.rounds, open: null, answer: blankAnswer(batchSize, "not reached") };
		if (tuning.value === "out of memory") return { rounds: tuning.rounds, open: null, answer: blankAnswer(batchSize, "out of memory") };
		this.#selecting ??= new Replaying(whileItFits(select(this.#study, batchSize, tuning.value, this.#seedWatch)));
		const selecting = this.#selecting.on(results);
		return {
			rounds: [...tuning.rounds, ...selecting.rounds],
			open: selecting.done ? null : selecting,
			answer: selecting.done
				? selecting.value === "out of memory"
					? blankAnswer(batchSize, "out of memory")
					: selecting.value
				: openAnswer(batchSize, tuning.value),
		};
	}
}

/** A batch size under way: with the best rate so far, where one reached the goal. */
const openAnswer = (batchSize: number, leader: Leader | null): ColumnAnswer => ({
	...blankAnswer(batchSize, "open"),
	...(leader && { learningRate: rateAt(leader.rate), ...leader.setting, steps: leader.steps }),
});
