import { SweetspotError } from "../../core/errors.js";
import { type OwnTable, readOwnTable } from "../state/own-table.js";
import { element } from "./dom.js";

/**
 * A button that opens a table of the user's own, and the whole page as a place to drop one. The file is read here and goes nowhere else.
 * `opened`: it is sound; `refused`: why it can't be used, in words that say what to do.
 */
export function ownFile(opened: (table: OwnTable) => void, refused: (why: string) => void) {
	const read = async (name: string, bytes: Uint8Array, label?: string) => {
		refused("");
		try {
			opened(await readOwnTable(name, bytes, label));
		} catch (cause) {
			if (!(cause instanceof SweetspotError)) throw cause;
			refused(`${cause.detail}: ${cause.fix}.`);
		}
	};
	const take = async (files: FileList | null | undefined) => {
		const [file] = files ?? [];
		if (file) await read(file.name, new Uint8Array(await file.arrayBuffer()));
	};
	const input = element("input", {
		type: "file",
		accept: ".csv,.tsv,.txt,.gz,text/csv",
		class: "own-file",
		"aria-label": "Open your table (CSV)",
	});
	input.addEventListener("change", async () => {
		await take(input.files);
		input.value = ""; // the same file may be chosen again
	});
	addEventListener("dragover", (event) => {
		if (!event.dataTransfer?.types.includes("Files")) return;
		event.preventDefault();
		document.body.classList.add("dropping");
	});
	addEventListener("dragleave", ({ relatedTarget }) => {
		if (relatedTarget === null) document.body.classList.remove("dropping");
	});
	addEventListener("drop", (event) => {
		document.body.classList.remove("dropping");
		if (!event.dataTransfer?.types.includes("Files")) return;
		event.preventDefault();
		void take(event.dataTransfer.files);
	});
	return {
		root: element("label", { class: "file-button" }, "Your table (CSV) …", input),
		/** The same table with another column of classes. */
		withLabel: ({ file, bytes }: OwnTable, label: string) => read(file, bytes, label),
	};
}
