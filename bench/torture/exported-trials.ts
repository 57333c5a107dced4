/** Whether an export as JSON has only trials that another one has. There, each is a line. */
export function isPartOf(exported: string, whole: string): boolean {
	const known = new Set(trialLines(whole));
	return trialLines(exported).every((line) => known.has(line));
}

const trialLines = (exported: string): readonly string[] =>
	exported
		.slice(exported.indexOf('"trials": ['))
		.split("\n")
		.filter((line) => line.startsWith("{"))
		.map((line) => line.replace(/,$/, ""));

/** What differs between equal trials: how long they took, and where. */
const ofThisRun: ReadonlySet<string> = new Set(["seconds", "clock", "machine"]);

/** The first trials that one of two exports has and the other hasn't, for people. */
export function otherTrials(undisturbed: string, found: string): string {
	const [before, after] = [undisturbed, found].map(lastingTrials);
	const lacking = (one: readonly string[], other: readonly string[]) =>
		one
			.filter((line) => !other.includes(line))
			.slice(0, 3)
			.map((line) => `\n  ${line.slice(0, 1500)}`)
			.join("");
	return `\n  trials of the undisturbed run alone:${lacking(before, after)}\n  trials of this one alone:${lacking(after, before)}`;
}

const lastingTrials = (exported: string): readonly string[] =>
	trialLines(exported).map((line) => JSON.stringify(JSON.parse(line), (key, value: unknown) => (ofThisRun.has(key) ? undefined : value)));
