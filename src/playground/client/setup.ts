import type { Action } from "../state/actions.js";
import type { OwnTable } from "../state/own-table.js";
import { type DrawnData, dataNames, initialState, most, type PlayState, usualNoise } from "../state/state.js";
import { button, chooser, element, write } from "./dom.js";
import type { OwnData } from "./own-data.js";

interface SetupActs {
	act(action: Action): void;
	state(): PlayState;
	readonly own: OwnData;
}

/** The data and the network that all lanes share. Every change here starts every lane anew. */
export function setup({ act, state, own }: SetupActs) {
	const set = (members: Partial<PlayState>) => act({ kind: "set", members });
	const drawn = (): DrawnData => {
		const { data } = state();
		return data.name === "csv" ? (initialState.data as DrawnData) : data;
	};
	const ofData = (part: Partial<DrawnData>) => set({ data: { ...drawn(), ...part } });
	const data = chooser<DrawnData["name"] | "csv">(
		"Data",
		dataNames.map((value) => ({ value, text: value })),
		(name) => (name === "csv" ? own.use() : ofData({ name, noise: usualNoise[name] })),
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
	const column = element("select", { "aria-label": "Column of the classes" });
	column.addEventListener("change", () => own.label(column.value));
	const columnLabel = element("label", {}, "Column of the classes", column);
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
	const ofTable = element("p", { class: "note" });
	const note = element("p", { class: "note" });
	let shown = "";
	return {
		root: element(
			"div",
			{ class: "setup" },
			element(
				"div",
				{ class: "row" },
				data.label,
				examples.label,
				noise.label,
				columnLabel,
				own.root,
				activation.label,
				layers,
				fewer,
				more,
			),
			ofTable,
			note,
		),
		show(now: PlayState): void {
			const { table } = own;
			data.show(now.data.name, table?.file);
			const isOwn = now.data.name === "csv";
			for (const { label: its } of [examples, noise]) its.hidden = isOwn || now.data.name === "digits";
			columnLabel.hidden = !isOwn;
			if (now.data.name !== "csv") {
				examples.show(now.data.examples);
				noise.show(now.data.noise);
				write(ofTable, "");
			} else if (table) {
				column.replaceChildren(...table.labels.map((name) => element("option", { value: name, selected: name === table.label }, name)));
				write(ofTable, aboutTable(table));
			}
			activation.show(now.activation);
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

function aboutTable({ file, label, classes, features }: OwnTable): string {
	const few = classes.slice(0, 5).join(", ") + (classes.length > 5 ? ", …" : "");
	const columns = features === 1 ? "1 feature" : `${features} features`;
	return `${file}: the column ${label} has ${classes.length} classes (${few}); ${columns}, each brought to mean 0 and deviation 1. The file stays in this page. A link can’t hold it.`;
}
