import { Document, isCollection, isMap, type Node, type Scalar } from "yaml";
import { windowOf } from "../core/goal.js";
import { withoutNulls } from "../data/written.js";
import { isLadder } from "../study/ladder/is-ladder.js";
import { isTrainable, type Study, type TrainableStudy } from "../study/study.js";
import { traitsOf, workloadAsWritten } from "../study/workloads/table.js";

/**
 * The study as a file that resolves to the same study again: every default written out, nulls left out, what is known of the data as a
 * comment. Of imported runs, what is known of them; no such file can be run.
 */
export const studyYaml = (study: Study): string => (isTrainable(study) ? studyFile(study) : importedSettings(study));

function studyFile(study: TrainableStudy): string {
	const { version, name, seed, data: facts, workload, goal, limits, budget, comparisons, ...rest } = study;
	const document = new Document({
		version,
		name,
		seed,
		workload: workloadAsWritten(workload),
		...rest,
		goal: goal.best === undefined ? { ...goal, window: windowOf(goal) } : goal,
		// Where N is not known there are no epochs to limit.
		limits: withoutNulls(facts.train === 0 ? { ...limits, epochs: null } : limits),
		budget: withoutNulls(budget),
		...(comparisons && { comparisons: withoutNulls(comparisons) }),
	});
	const truth = facts.targets === undefined ? `${facts.classes} classes` : `${facts.targets} ${facts.targets === 1 ? "target" : "targets"}`;
	const digest = `SHA-256 ${facts.sha256.slice(0, 16)}…`;
	document.commentBefore = traitsOf(workload).runsUserCode
		? ` the trainer's files: ${digest}`
		: [
				` data: ${facts.train} training, ${facts.validation} validation, ${facts.test} test examples;`,
				` ${facts.features} features, ${truth}; ${digest}`,
			].join("\n");
	if (isLadder(study)) commentOn(document, "seeds", " Under this budget every setting has one run, and the best ones have more.");
	return asText(document, "workload");
}

function commentOn(document: Document, name: string, comment: string): void {
	if (!isMap<Scalar, Node>(document.contents)) return;
	const key = document.contents.items.find((pair) => pair.key.value === name)?.key;
	if (key) key.commentBefore = comment;
}

function importedSettings({ name, data, goal, batchSizes, objective, tolerance }: Study): string {
	const document = new Document({ name, examples: data.train, goal, batchSizes, objective, tolerance });
	document.commentBefore = ` Runs made elsewhere, imported. SHA-256 of their file: ${data.sha256.slice(0, 16)}…`;
	return asText(document, null);
}

function asText(document: Document, block: string | null): string {
	if (isMap<unknown, Node>(document.contents)) for (const { key, value } of document.contents.items) oneLine(value, String(key) === block);
	return document.toString({ flowCollectionPadding: true, lineWidth: 88 });
}

/** Short lists and maps read better on a line; the workload is a block of such lines. */
function oneLine(node: Node | null, block: boolean): void {
	if (!isCollection(node)) return;
	if (!block) node.flow = true;
	else if (isMap<unknown, Node>(node)) for (const { value } of node.items) oneLine(value, false);
}
