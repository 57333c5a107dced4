import { type ImportedStudy, isImported, type Study } from "../study/study.js";

/** The command that repeats a study: once its settings are saved as a file; or that imports the same runs to the same study. */
export const repeatCommand = (study: Study): string =>
	isImported(study)
		? importCommand(study)
		: `sweetspot tune ${study.name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^-+|-+$/g, "") || "study"}.yaml`;

function importCommand({ name, workload, data, goal, objective }: ImportedStudy): string {
	const bound = goal.atLeast === undefined ? `<=${goal.atMost}` : `>=${goal.atLeast}`;
	const words = ["sweetspot", "import", workload.imported.file, "--goal", `${goal.metric}${bound}`, "--examples", String(data.train)];
	return [...words, ...(workload.imported.flags ?? []), "--objective", objective, "--name", name]
		.map((word) => (/^[\w./=:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
		.join(" ");
}
