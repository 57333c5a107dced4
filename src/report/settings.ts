import { Document, isCollection, isMap, type Node } from "yaml";
import type { Study } from "../study/study.js";

/** The study as a file that resolves to the same study again: every default written out, nulls left out, what the data told as a comment. */
export function studyYaml(study: Study): string {
	const { version, name, seed, data: facts, workload, limits, budget, budgets, ...rest } = study;
	const { name: source, ...details } = workload.data;
	const network = "model" in workload && {
		model: workload.model.map((layer) =>
			layer.kind === "dense" ? { dense: layer.units, ...(layer.init && { init: layer.init }) } : layer.kind,
		),
	};
	const document = new Document({
		version,
		name,
		seed,
		workload: { ...workload, data: source === "digits" ? source : { [source]: details }, ...network },
		...rest,
		limits: withoutNulls(limits),
		budget: withoutNulls(budget),
		...(budgets && { budgets: withoutNulls(budgets) }),
	});
	document.commentBefore = [
		` data: ${facts.train} training, ${facts.validation} validation, ${facts.test} test examples;`,
		` ${facts.features} features, ${facts.classes} classes; SHA-256 ${facts.sha256.slice(0, 16)}…`,
	].join("\n");
	if (isMap<unknown, Node>(document.contents))
		for (const { key, value } of document.contents.items) oneLine(value, String(key) === "workload");
	return document.toString({ flowCollectionPadding: true, lineWidth: 88 });
}

/** Short lists and maps read better on a line; the workload is a block of such lines. */
function oneLine(node: Node | null, block: boolean): void {
	if (!isCollection(node)) return;
	if (!block) node.flow = true;
	else if (isMap<unknown, Node>(node)) for (const { value } of node.items) oneLine(value, false);
}

const withoutNulls = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
