import type { OwnTable } from "../state/own-table.js";
import { initialState, type PlayData, type PlayState } from "../state/state.js";
import { element } from "./dom.js";
import { ownFile } from "./own-file.js";

const withoutTable =
	"This link was made with a table of its owner’s, and links hold no data. Open the table here, and the lanes train on it; until then they have the usual examples.";

/** The user's own table, since one was opened, and why something that was opened can't be used. */
export class OwnData {
	readonly refused = element("p", { class: "refused", role: "alert" });
	table: OwnTable | null = null;
	readonly #file = ownFile(
		(table) => {
			this.table = table;
			this.use();
		},
		(why) => this.refuse(why),
	);

	/** `used`: the lanes are to train on the table. */
	constructor(private readonly used: (data: PlayData) => void) {}

	/** The button that opens a table. */
	get root(): HTMLElement {
		return this.#file.root;
	}

	/** Says why something can't be used; empty: nothing was wrong. */
	refuse(why: string): void {
		this.refused.textContent = why;
	}

	/** Back to the table from other data. */
	use(): void {
		if (this.table) this.used(dataOf(this.table));
	}

	/** Another column has the classes. */
	async label(column: string): Promise<void> {
		if (this.table) await this.#file.withLabel(this.table, column);
	}

	/** The state with the table that is open here; with the usual data where it has a table and none is open. */
	within(state: PlayState): PlayState {
		if (state.data.name !== "csv") return state;
		if (this.table) return { ...state, data: dataOf(this.table) };
		this.refuse(withoutTable);
		return { ...state, data: initialState.data };
	}

	/** Of the table, where the state has it; else null. */
	of(state: PlayState): OwnTable | null {
		return state.data.name === "csv" ? this.table : null;
	}
}

const dataOf = ({ file, label, classes }: OwnTable): PlayData => ({ name: "csv", file, label, classes: classes.length });
