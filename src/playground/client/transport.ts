import type { Action } from "../state/actions.js";
import type { PlayState } from "../state/state.js";
import { button, chooser, element, write } from "./dom.js";

export interface TransportActs {
	togglePlay(): void;
	steps(count: number): void;
	epoch(): void;
	rewind(): void;
	newSeed(): void;
	saveStudy(): void;
	/** Whether a link holds the data, or how they are drawn. */
	isWithData(): boolean;
}

/** Play, pause, steps, speed: what moves the lanes. */
export function transport(act: (action: Action) => void, acts: TransportActs) {
	const play = button("Play", acts.togglePlay, { class: "play", "aria-keyshortcuts": "Space" });
	const said = element("span", { class: "said", role: "status" });
	const copyLink = async () => {
		try {
			await navigator.clipboard.writeText(location.href);
			write(said, acts.isWithData() ? "Copied." : "Copied. The link holds no data: who opens it needs your file too.");
		} catch {
			write(said, "The browser didn’t allow it: copy the address above.");
		}
	};
	const speed = chooser(
		"Speed",
		[
			{ value: "slow" as const, text: "slow" },
			{ value: "medium" as const, text: "medium" },
			{ value: "fast" as const, text: "fast" },
			{ value: "most" as const, text: "as fast as it goes" },
		],
		(value) => act({ kind: "set", members: { speed: value } }),
	);
	const by = chooser(
		"Lanes take the same number of",
		[
			{ value: "steps" as const, text: "steps" },
			{ value: "examples" as const, text: "examples" },
		],
		(value) => act({ kind: "set", members: { by: value } }),
	);
	return {
		root: element(
			"div",
			{ class: "transport", role: "toolbar", "aria-label": "Training" },
			play,
			button("1 step", () => acts.steps(1)),
			button("100 steps", () => acts.steps(100)),
			button("1 epoch", acts.epoch),
			button("Rewind", acts.rewind, { title: "Back to the same starting weights, with the settings as they are now" }),
			button("New seed", acts.newSeed, { title: "Other starting weights and shuffles, the same in every lane" }),
			speed.label,
			by.label,
			element("span", { class: "spread" }),
			button("Copy link", copyLink),
			button("Save as study file", acts.saveStudy),
			said,
		),
		show(state: PlayState, isPlaying: boolean): void {
			write(play, isPlaying ? "Pause" : "Play");
			speed.show(state.speed);
			by.show(state.by);
		},
	};
}
