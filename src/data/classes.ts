import { SweetspotError } from "../core/errors.js";

/** Which class each label is: 0, 1, 2, … in the order of the labels, numbers by size, texts by their letters' codes. */
export type ClassTable<Label> = ReadonlyMap<Label, number>;

/**
 * The classes of the training labels. `where` names the data in the error. Throws `data/unusable` where there are fewer than two classes,
 * or one has a single example: it could be trained on or be looked at, not both.
 */
export function classTable<Label extends string | number>(labels: Iterable<Label>, where: string): ClassTable<Label> {
	const counts = new Map<Label, number>();
	for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
	const classes = [...counts.keys()].sort((a, b) => (a < b ? -1 : 1));
	if (classes.length < 2) {
		const found = classes.length === 0 ? "no training examples" : `${counts.get(classes[0])} training examples of one class, ${classes[0]}`;
		throw new SweetspotError("data/unusable", `${where} has ${found}`, "a network learns to tell classes apart: it takes two or more");
	}
	const lonely = classes.filter((label) => counts.get(label) === 1);
	if (lonely.length > 0) {
		const shown = `${lonely.slice(0, 5).join(", ")}${lonely.length > 5 ? ", …" : ""}`;
		const which = lonely.length === 1 ? `the class ${shown} has` : `${lonely.length} of ${classes.length} classes have (${shown})`;
		throw new SweetspotError(
			"data/unusable",
			`${where}: ${which} a single training example`,
			"each class needs two or more. Is the label really a class, not a name? A quantity is named by `target` in place of `label`",
		);
	}
	return new Map(classes.map((label, i) => [label, i]));
}

/** The class of a label of any set. Throws `data/unusable` where the training set has none such. */
export function classOf<Label extends string | number>(table: ClassTable<Label>, label: Label, where: string): number {
	const found = table.get(label);
	if (found !== undefined) return found;
	const known = [...table.keys()];
	throw new SweetspotError(
		"data/unusable",
		`${where}: the label ${label} does not occur in the training set (${known.slice(0, 5).join(", ")}${known.length > 5 ? ", …" : ""})`,
		"every class needs training examples; fix the label, or how the data is split",
	);
}
