import type { LaneSettings } from "../lane/settings.js";
import { type LaneState, most, type PlayState } from "./state.js";

/** What a user can do to the state. `step`: how many steps the lane has taken. */
export type Action =
	| { readonly kind: "set"; readonly members: Partial<Omit<PlayState, "lanes">> }
	| { readonly kind: "change-lane"; readonly lane: number; readonly settings: LaneSettings; readonly step: number }
	| { readonly kind: "branch"; readonly lane: number }
	| { readonly kind: "add-lane" }
	| { readonly kind: "remove-lane"; readonly lane: number }
	| { readonly kind: "rewind" };

/** The state after an action; the same object where the action can't be taken. */
export function reduce(state: PlayState, action: Action): PlayState {
	const { lanes } = state;
	switch (action.kind) {
		case "set":
			return { ...state, ...action.members };
		case "change-lane":
			return canChange(lanes[action.lane]) || action.step === 0
				? { ...state, lanes: lanes.map((lane, i) => (i === action.lane ? changed(lane, action.settings, action.step) : lane)) }
				: state;
		case "branch":
			return lanes.length < most.lanes ? { ...state, lanes: [...lanes, lanes[action.lane]] } : state;
		case "add-lane": {
			const last = settingsNow(lanes[lanes.length - 1]);
			const settings = { ...last, batchSize: last.batchSize >= 256 ? 8 : last.batchSize * 4 };
			return lanes.length < most.lanes ? { ...state, lanes: [...lanes, { settings, changes: [] }] } : state;
		}
		case "remove-lane":
			return lanes.length > 1 ? { ...state, lanes: lanes.filter((_, i) => i !== action.lane) } : state;
		case "rewind":
			return { ...state, lanes: lanes.map((lane) => ({ settings: settingsNow(lane), changes: [] })) };
	}
}

/** What the lane trains with in the end. */
export const settingsNow = ({ settings, changes }: LaneState): LaneSettings => changes.at(-1)?.settings ?? settings;

/** An address has room for so many changes; to rewind makes room. */
export const canChange = ({ changes }: LaneState): boolean => changes.length < most.changes;

/** At step 0 it is no change, but how the lane begins; a second change at a step replaces the first. */
function changed({ settings, changes }: LaneState, after: LaneSettings, step: number): LaneState {
	if (step === 0) return { settings: after, changes: [] };
	return { settings, changes: [...changes.filter((change) => change.step < step), { step, settings: after }] };
}
