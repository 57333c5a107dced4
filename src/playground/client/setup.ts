import type { Action } from "../state/actions.js";
import { dataNames, most, type PlayState, usualNoise } from "../state/state.js";
import { button, chooser, element, write } from "./dom.js";

/** The data and the network that all lanes share. Whatever changes here starts every lane anew. */
export function setup(act: (action: Action) => void, state: () => PlayState) {
	const set = (members: Partial<PlayState>) => act({ kind: "set", members });
	const ofData = (part: Partial<PlayState["data"]>) => set({ data: { ...state().data, ...part } });
	const data = chooser(
		"Data",
		dataNames.map((value) => ({ value, text: value })),
		(name) => ofData({ name, noise: usualNoise[name] }),
	);
	const examples = chooser(
		"Examples",
		[100, 200, 500, 1000, 2000, 4000].map((value) => ({ value, text: String(value) })),
		(count) => ofData({ examples: count }),
	);
	const noise = chooser(
		"Noise",
		[0, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2, 3].map((value) => ({ value, text: String(value) })),
		(value) => ofData({ noise: value }),
	);
	const activation = chooser(
		"Activation",
		[
			{ value: "tanh" as const, text: "tanh" },
			{ value: "relu" as const, text: "ReLU" },
		],
		(value) => set({ activation: value }),
	);
	const layers = element("div", { class: "layers", role: "group", "aria-label": "Hidden layers" });
	const fewer = button("− layer", () => set({ hidden: state().hidden.slice(0, -1) }), { "aria-label": "Remove the last hidden layer" });
	const more = button("+ layer", () => set({ hidden: [...state().hidden, 8] }), { "aria-label": "Add a hidden layer" });
	const note = element("p", { class: "note" });
	let shown = "";
	return {
		root: element(
			"div",
			{ class: "setup" },
			element("div", { class: "row" }, data.label, examples.label, noise.label, activation.label, layers, fewer, more),
			note,
		),
		show(now: PlayState): void {
			data.show(now.data.name);
			examples.show(now.data.examples);
			noise.show(now.data.noise);
			activation.show(now.activation);
			examples.select.disabled = now.data.name === "digits";
			noise.select.disabled = now.data.name === "digits";
			fewer.disabled = now.hidden.length === 0;
			more.disabled = now.hidden.length >= most.layers;
			if (shown === now.hidden.join()) return;
			shown = now.hidden.join();
			layers.replaceChildren(
				...now.hidden.map((width, i) => {
					const widths = chooser(
						`Layer ${i + 1}`,
						[1, 2, 4, 8, 12, 16, 32, 64].map((value) => ({ value, text: String(value) })),
						(value) => set({ hidden: state().hidden.map((old, j) => (j === i ? value : old)) }),
					);
					widths.show(width);
					return widths.label;
				}),
			);
		},
		/** `parameters`: of the network; `population`: training examples. */
		facts(parameters: number, population: number, heldOut: number): void {
			write(
				note,
				`${population} training examples, ${heldOut} held out; a network of ${parameters} weights. All lanes start from the same weights.`,
			);
		},
	};
}
