import type { Rng } from "../../core/rng.js";
import { type Rule, type Stop, stopOf } from "./rules.js";

/** A case whose stop is known, since the curves were made to have it. */
export interface Constructed {
	readonly rule: Rule;
	readonly validationLoss: readonly number[];
	readonly validationAccuracy: readonly number[];
	readonly stepsPerEpoch: number;
	readonly stop: Stop;
}

/** The kinds of cases. */
export const kinds = ["turn", "late turn", "stall", "short stall", "no turn", "target", "no target", "epochs", "steps"] as const;
export type Kind = (typeof kinds)[number];

/**
 * One case of a kind, drawn by `rng`: a run of 20 to 120 epochs, whose loss falls by something in every epoch, but where its kind says
 * otherwise.
 */
export function construct(kind: Kind, rng: Rng): Constructed {
	const last = 20 + rng.below(101);
	const patience = 1 + rng.below(8);
	/** An epoch from which on there are at least `room` more. */
	const epoch = (room: number) => 1 + rng.below(last - room);
	const step = () => 0.001 + rng.uniform() / last;
	const losses = (from: number, to: number, risesAfter: number): number[] => {
		const values = [10];
		for (let i = 1; i <= last; i++) values.push(values[i - 1] + (i > risesAfter ? step() : i > from && i <= to ? 0 : -step()));
		return values;
	};
	const falling = losses(last, last, last);
	const done = { at: last, kept: last, fired: false };
	const reached = (place: number) =>
		Array.from({ length: last + 1 }, (_, i) => (i < place ? 0.5 * rng.uniform() : i === place ? 0.75 : rng.uniform()));
	const base = { validationLoss: falling, validationAccuracy: reached(last + 1), stepsPerEpoch: 1 + rng.below(50) };
	const waits: Rule = { kind: "patience", epochs: patience };
	switch (kind) {
		case "turn": {
			const turn = epoch(patience);
			return { ...base, rule: waits, validationLoss: losses(last, last, turn), stop: { at: turn + patience, kept: turn, fired: true } };
		}
		case "late turn": {
			const turn = last - 1 - rng.below(patience);
			return {
				...base,
				rule: { kind: "patience", epochs: patience + 1 },
				validationLoss: losses(last, last, turn),
				stop: { at: last, kept: turn, fired: false },
			};
		}
		case "stall": {
			const from = epoch(patience);
			return {
				...base,
				rule: waits,
				validationLoss: losses(from, from + patience, last),
				stop: { at: from + patience, kept: from, fired: true },
			};
		}
		case "short stall": {
			const from = epoch(patience);
			return { ...base, rule: waits, validationLoss: losses(from, from + patience - 1, last), stop: done };
		}
		case "no turn":
			return { ...base, rule: waits, stop: done };
		case "target": {
			const place = epoch(0);
			return {
				...base,
				rule: { kind: "target", accuracy: 0.75 },
				validationAccuracy: reached(place),
				stop: { at: place, kept: place, fired: true },
			};
		}
		case "no target":
			return { ...base, rule: { kind: "target", accuracy: 0.75 }, stop: done };
		case "epochs": {
			const epochs = epoch(0);
			return { ...base, rule: { kind: "epochs", epochs }, stop: { at: epochs, kept: epochs, fired: true } };
		}
		case "steps": {
			const epochs = epoch(0);
			const steps = epochs * base.stepsPerEpoch + rng.below(base.stepsPerEpoch);
			return { ...base, rule: { kind: "steps", steps }, stop: { at: epochs, kept: epochs, fired: true } };
		}
	}
}

/** Of so many cases of a kind, those in which the rule stops where it must, and keeps what it must. */
export function rightStops(kind: Kind, cases: number, rng: Rng): number {
	let right = 0;
	for (let i = 0; i < cases; i++) {
		const { rule, stop, stepsPerEpoch, ...curves } = construct(kind, rng.split(i));
		const found = stopOf(rule, curves, stepsPerEpoch);
		if (found.at === stop.at && found.kept === stop.kept && found.fired === stop.fired) right++;
	}
	return right;
}
