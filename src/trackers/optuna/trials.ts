import { isRecord } from "../config.js";
import { Curves, keepAll } from "../curves.js";
import type { ConfigValue, RunState, TrackedRun } from "../run.js";
import { unnamedCurve } from "../run.js";

/** A trial while it is read: in a database and in a journal it has the same parts. */
export class Trial {
	readonly config = new Map<string, ConfigValue>();
	readonly #curves = new Curves(keepAll);
	state: RunState = "unknown";

	constructor(
		readonly name: string,
		readonly group: string,
	) {}

	/** A parameter as Optuna keeps it: a categorical one is the index of its choice. */
	setParameter(name: string, kept: unknown, distribution: unknown): void {
		if (typeof kept !== "number") return;
		const choices = isRecord(distribution) && isRecord(distribution.attributes) ? distribution.attributes.choices : undefined;
		const value: unknown = Array.isArray(choices) ? choices[kept] : kept;
		if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
			this.config.set(name, value);
	}

	report(step: number, value: number, seconds = Number.NaN): void {
		this.#curves.add(unnamedCurve, "unknown", step, value, seconds);
	}

	done(): TrackedRun {
		const { name, group, config, state } = this;
		return { name, group, config, curves: this.#curves.done(), state };
	}
}
