import { Tinypool } from "tinypool";
import { median } from "../analysis/bootstrap.js";
import { SweetspotError } from "../core/errors.js";
import type { LedgerEntry } from "../experiments/claims/ledger.js";
import type { Controls } from "../page/controls.js";
import type { ListedExperiment } from "../page/experiments-page.js";
import type { Part } from "../page/part.js";
import type { ListedStudy } from "../page/studies-page.js";
import type { Computed } from "../page/study-page.js";
import type { NumberedTrial } from "../page/trials-page.js";
import type { ChartsChoice } from "../report/charts-choice.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { whyNotAllowed } from "./allowed.js";
import { ChartsDesk } from "./charts-desk.js";
import { EventHub } from "./event-hub.js";
import { ExperimentsDesk } from "./experiments-desk.js";
import { FindingsDesk } from "./findings-desk.js";
import { FollowedStore } from "./followed-store.js";
import { LiveDesk } from "./live-desk.js";
import { MakerDesk } from "./maker-desk.js";
import { RunsDesk } from "./runs-desk.js";
import type { Training } from "./training.js";
import { TrialsDesk } from "./trials-desk.js";

/** Milliseconds that the first look at a study waits for its findings, before a page without them is shown. */
const firstLookMilliseconds = 2500;

/** Everything that the page and other programs can look at: one store, which the server only reads. */
export class Room {
	readonly folder: string;
	readonly hub: EventHub;
	readonly live: LiveDesk;
	/** What the page has started. */
	readonly runs: RunsDesk;
	/** Checks what is made in the form of a new study. */
	readonly maker: MakerDesk;
	readonly #followed: FollowedStore;
	readonly #findings: FindingsDesk;
	/** One thread for what takes seconds and is asked for seldom. */
	readonly #pool = new Tinypool({ minThreads: 0, maxThreads: 1, idleTimeout: 30_000 });
	readonly #experiments: ExperimentsDesk;
	readonly #trials = new TrialsDesk();
	readonly #charts = new ChartsDesk(this.#pool);
	#generation = 0;

	constructor(folder: string) {
		this.folder = folder;
		this.#followed = new FollowedStore(folder);
		this.live = new LiveDesk(folder);
		this.hub = new EventHub(this.#followed, this.live);
		this.runs = new RunsDesk(folder, (id) => this.hub.announce([id]));
		this.maker = new MakerDesk(folder, this.#pool);
		const training: Training = { isTraining: () => this.live.isBusy, isTiming: () => this.live.mayBeTiming };
		this.#experiments = new ExperimentsDesk(folder, this.#pool, training, () => this.hub.announce(["experiments"]));
		this.#findings = new FindingsDesk(folder, training, (study) => this.hub.announce([study]));
	}

	/** Every study with what lists say of it, the newest first. */
	listed(ids: readonly string[] | null = null): readonly ListedStudy[] {
		const store = this.#store();
		if (store === null) return [];
		const isWaiting = this.live.mayBeTiming;
		return store
			.list()
			.filter(({ id }) => ids === null || ids.includes(id))
			.map((stored) => {
				const summary = this.#findings.summary(stored, store.changeToken(stored.id));
				const progress = stored.state === "running" ? this.live.of(stored.id).progress : null;
				return { stored, summary, progress: progress ?? summary?.progress ?? null, isWaiting };
			});
	}

	/** By id, or a beginning of it. Throws `store/…` errors. */
	find(id: string): StoredStudy {
		return this.#existing(id).find(id);
	}

	/** What is known of a study's findings; null while they are being computed, or while nothing has ended. */
	async computed(
		stored: StoredStudy,
		most = firstLookMilliseconds,
	): Promise<{ readonly computed: Computed; readonly json: string } | null> {
		const token = this.#existing(stored.id).changeToken(stored.id);
		const known = await this.#findings.soon(stored, token, most);
		const failure = this.#findings.failure(stored.id, token);
		if (known === null && failure !== null) {
			throw new SweetspotError("server/no-findings", failure, "run `sweetspot doctor --store DIR` for what is wrong with the store");
		}
		return known;
	}

	/** What is known of them at this moment, without waiting. */
	known(stored: StoredStudy): Computed | null {
		return this.#findings.of(stored, this.#existing(stored.id).changeToken(stored.id))?.computed ?? null;
	}

	/** The same with charts as a reader chose to see them. While steps may be timed nothing is drawn anew: then as they usually are. */
	async chosen(stored: StoredStudy, choice: ChartsChoice): Promise<Computed | null> {
		const known = this.#findings.of(stored, this.#existing(stored.id).changeToken(stored.id));
		if (known === null) return null;
		const { computed, json } = known;
		const drawn = await this.#charts.of(stored.id, json, choice, () => !this.live.mayBeTiming);
		return { ...computed, parts: computed.parts.map((part) => drawn?.find(({ name }) => name === part.name) ?? part) };
	}

	/** Calibrated seconds per step by batch size; null if there are none. */
	secondsPerStep(id: string): (batchSize: number) => number | null {
		const times = this.#existing(id).calibration(id)?.stepTimes ?? [];
		return (batchSize) => {
			const passes = times.find((time) => time.batchSize === batchSize)?.passes ?? [];
			return passes.length === 0 ? null : median(passes);
		};
	}

	/** What the page may do with it. */
	controls(stored: StoredStudy): Controls {
		return { refusal: whyNotAllowed(stored), failure: this.runs.failure(stored.id) };
	}

	/** Every experiment, and how far it is. */
	experiments(): readonly ListedExperiment[] {
		return this.#experiments.listed(this.#store());
	}

	/** What a complete run of an experiment found; null while it is being put together. */
	found(run: number): Part | null {
		return this.#experiments.found(run);
	}

	/** The ledger of claims; null while it is being put together. */
	ledger(): readonly LedgerEntry[] | null {
		return this.#experiments.ledger(this.#store());
	}

	trials(id: string): readonly NumberedTrial[] {
		return this.#trials.of(this.#existing(id), id);
	}

	async close(): Promise<void> {
		this.runs.close();
		this.hub.close();
		await this.#pool.destroy();
		await this.#findings.close();
		this.#followed.close();
	}

	#existing(id: string): Store {
		const store = this.#store();
		if (store) return store;
		throw new SweetspotError("store/no-such-study", `${id}: there is no store at ${this.folder}`, "run `sweetspot tune` first");
	}

	#store(): Store | null {
		const store = this.#followed.now();
		if (this.#followed.generation !== this.#generation) {
			this.#generation = this.#followed.generation;
			this.#findings.forget();
			this.#trials.forget();
			this.#experiments.forget();
			this.#charts.forget();
		}
		return store;
	}
}
