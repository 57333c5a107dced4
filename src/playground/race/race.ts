import { tradeoffCaption } from "../../charts/captions.js";
import { SweetspotError } from "../../core/errors.js";
import { turn } from "../../core/turn.js";
import { factsAbout } from "../../data/load.js";
import type { ReadBytes } from "../../data/source.js";
import { inlineExecutor } from "../../executors/inline.js";
import { findingsOf } from "../../runner/findings.js";
import { runSession } from "../../runner/session.js";
import { openMemoryStore } from "../../store/memory.js";
import type { SlotTrainer } from "../../study/contracts.js";
import { designOf } from "../../study/designs.js";
import { planOf } from "../../study/plan.js";
import { resolveStudy, studyHash } from "../../study/resolve.js";
import type { TrainableStudy } from "../../study/study.js";
import { benchOf } from "../../trainers/bench-of.js";
import { trainerFor } from "../../trainers/create.js";
import { answerSentences } from "../../words/answer.js";
import { priceSentence } from "../../words/price.js";
import { sizesTable } from "../../words/sizes.js";
import type { TextTable } from "../../words/text-table.js";
import type { FromRace, RaceEnd, RaceNews, ToRace } from "./protocol.js";
import { mostOfRace } from "./race-study.js";

/** Between two pictures: at least this long, and several times what one takes. */
const newsMilliseconds = 700;
const newsFactor = 4;
const haltMilliseconds = 50;

/**
 * What the race's worker does: prices and runs a study with the design, the analysis and the words of `sweetspot tune`, its store in
 * memory. Knows neither a worker nor a page: `post` says something, `read` reads the data that come with the package.
 */
export class Race {
	#study: TrainableStudy | null = null;
	#read: ReadBytes;
	#isHalted = false;
	#controller = new AbortController();
	#end: RaceEnd = "complete";

	constructor(
		private readonly post: (message: FromRace) => void,
		private readonly packaged: ReadBytes,
	) {
		this.#read = packaged;
	}

	async hear(message: ToRace): Promise<void> {
		try {
			if (message.kind === "price") await this.#price(message);
			else if (message.kind === "start") await this.#run();
			else if (message.kind === "cancel") this.#stop("cancelled");
			else this.#isHalted = message.isHalted;
		} catch (cause) {
			if (!(cause instanceof SweetspotError)) throw cause;
			this.post({ kind: "failed", message: cause.message, fix: cause.fix });
		}
	}

	async #price({ study, file }: Extract<ToRace, { kind: "price" }>): Promise<void> {
		this.#read = async (place) => ("path" in place ? file : await this.packaged(place));
		const resolved = await resolveStudy(study, (source) => factsAbout(source, this.#read));
		this.#study = resolved;
		const { rows, examples, trials } = planOf(resolved, null, 1);
		this.post({
			kind: "price",
			price: {
				...{ batchSizes: resolved.batchSizes, examples, trainings: trials, trainingsAtMost: mostOfRace.trainings },
				examplesOfOne: Math.max(...rows.map(({ batchSize, updates }) => Math.min(batchSize, examples) * updates)),
			},
		});
	}

	async #run(): Promise<void> {
		const study = this.#study;
		if (!study) return;
		this.#controller = new AbortController();
		this.#end = "complete";
		const { signal } = this.#controller;
		const trainer = await trainerFor(study, this.#read);
		const store = openMemoryStore();
		const { id } = store.create(study, studyHash(study), "1");
		const stored = { ...store.find(id), study };
		const design = designOf(study);
		const executor = inlineExecutor(this.#waiting(trainer));
		const timer = setTimeout(() => this.#stop("out of time"), 1000 * mostOfRace.seconds);
		let due = performance.now() + newsMilliseconds;
		try {
			const { findings } = await runSession({
				...{ stored, store, design, executor, bench: benchOf(trainer, study), signal },
				...{ machine: "this browser", seconds: null, grant: 0 },
				onEvent: (event) => {
					if (event.kind === "calibrating") this.post({ kind: "timing", done: event.done, total: event.total });
					if (event.kind !== "finished" || performance.now() < due) return;
					const began = performance.now();
					this.post({ kind: "news", news: newsOf(findingsOf(stored, store, design)) });
					due = performance.now() + Math.max(newsMilliseconds, newsFactor * (performance.now() - began));
				},
			});
			const price = priceSentence(findings);
			this.post({
				kind: "end",
				end: this.#end,
				news: newsOf(findings),
				answer: [...answerSentences(findings, study), ...(price === null ? [] : [price])],
				caption: tradeoffCaption(findings),
			});
		} finally {
			clearTimeout(timer);
			await executor.close();
			store.close();
		}
	}

	#stop(end: RaceEnd): void {
		this.#end = end;
		this.#controller.abort();
	}

	/** The same trainer, but it waits between two looks while the page is hidden. */
	#waiting(trainer: SlotTrainer): SlotTrainer {
		const isHalted = () => this.#isHalted && !this.#controller.signal.aborted;
		return {
			async *train(trial, stop, from) {
				for await (const events of trainer.train(trial, stop, from)) {
					while (isHalted())
						await new Promise<void>((resolve) => {
							setTimeout(() => resolve(), haltMilliseconds);
						});
					yield events;
					await turn();
				}
			},
		};
	}
}

/** What a race is about: a browser's clock is too coarse for the rest. */
const shownColumns: ReadonlySet<string> = new Set(["batch size", "learning rate", "steps-to-target", "examples-to-target", "notes"]);

function some({ columns, rows }: TextTable): TextTable {
	const isShown = columns.map(({ title }) => shownColumns.has(title));
	return {
		columns: columns.filter((_, i) => isShown[i]),
		rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, i) => isShown[i]) })),
	};
}

const newsOf = (findings: RaceNews["findings"]): RaceNews => ({
	...{ trainings: findings.cost.trials, examples: findings.cost.examples, findings, table: some(sizesTable(findings)) },
	reached: findings.tradeoff.filter(({ steps }) => steps.median !== null).map(({ batchSize }) => batchSize),
});
