import { Document, isCollection, isMap, type Node } from "yaml";
import { type DescentWorkload, isForeign, type Study } from "../study/study.js";

/** The study as a file that resolves to the same study again: every default written out, nulls left out, what the data told as a comment. */
export function studyYaml(study: Study): string {
	const { version, name, seed, data: facts, workload, limits, budget, budgets, ...rest } = study;
	const document = new Document({
		version,
		name,
		seed,
		workload: isForeign(workload) ? workload : trainedSettings(workload),
		...rest,
		limits: withoutNulls(limits),
		budget: withoutNulls(budget),
		...(budgets && { budgets: withoutNulls(budgets) }),
	});
	const digest = `SHA-256 ${facts.sha256.slice(0, 16)}…`;
	document.commentBefore = isForeign(workload)
		? ` the trainer module: ${digest}`
		: [
				` data: ${facts.train} training, ${facts.validation} validation, ${facts.test} test examples;`,
				` ${facts.features} features, ${facts.classes} classes; ${digest}`,
			].join("\n");
	if (isMap<unknown, Node>(document.contents))
		for (const { key, value } of document.contents.items) oneLine(value, String(key) === "workload");
	return document.toString({ flowCollectionPadding: true, lineWidth: 88 });
}

function trainedSettings(workload: DescentWorkload): object {
	const { name: source, ...details } = workload.data;
	const network = "model" in workload && {
		model: workload.model.map((layer) =>
			layer.kind === "dense" ? { dense: layer.units, ...(layer.init && { init: layer.init }) } : layer.kind,
		),
	};
	return { ...workload, data: source === "digits" ? source : { [source]: details }, ...network };
}

/** Short lists and maps read better on a line; the workload is a block of such lines. */
function oneLine(node: Node | null, block: boolean): void {
	if (!isCollection(node)) return;
	if (!block) node.flow = true;
	else if (isMap<unknown, Node>(node)) for (const { value } of node.items) oneLine(value, false);
}

const withoutNulls = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
