import type { Calibration } from "../../core/calibration.js";
import type { FinishedTrial } from "../../core/trial.js";
import type { StoredStudy, TestResult } from "../../study/contracts.js";
import type { Extension } from "../../study/extension.js";

/** All that a store keeps of one study. */
export interface StoredContents {
	readonly stored: StoredStudy;
	readonly calibration: Calibration | null;
	readonly extensions: readonly Extension[];
	readonly testResults: readonly TestResult[];
	readonly trials: readonly FinishedTrial[];
}

/** Of the exported document; goes up whenever a reader must change. */
const schemaVersion = 1;

/**
 * All that the store keeps of a study as one JSON document, a trial at a time (the whole may be larger than a string can be). Nothing is
 * rounded or left out. What JSON has no number for is a word: "NaN", "Infinity", "-Infinity", as a noise probe may hold where a run
 * diverges.
 */
export function* jsonParts({ stored, calibration, extensions, testResults, trials }: StoredContents): Generator<string> {
	const { study: settings, trials: _, ...columns } = stored;
	yield `{\n"schemaVersion": ${schemaVersion},\n"study": ${jsonText({ ...columns, settings })},\n`;
	yield `"calibration": ${jsonText(calibration)},\n"extensions": ${jsonText(extensions)},\n"testResults": ${jsonText(testResults)},\n"trials": [`;
	for (const [i, trial] of trials.entries()) yield `${i > 0 ? "," : ""}\n${jsonText(trial)}`;
	yield "\n]\n}\n";
}

/** As `JSON.stringify`, but for the numbers that it loses: −0 keeps its sign, what is not finite becomes a word. */
function jsonText(value: unknown): string {
	if (typeof value === "number") return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? String(value) : `"${value}"`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${jsonText(member)}`).join(",")}}`;
}
