import { type BestSeen, bestOfMissed } from "../analysis/best-seen.js";
import type { Findings } from "../analysis/findings.js";
import type { FinishedTrial } from "../core/trial.js";
import { renderReport } from "../report/html.js";
import { renderMarkdown } from "../report/markdown.js";
import { findingsOf } from "../runner/findings.js";
import type { RunEnd } from "../runner/run-study.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/designs.js";
import type { ReportInput } from "../words/input.js";
import { type AnswerDocument, answerDocument } from "./answer-document.js";
import { repeatCommand } from "./repeat-command.js";
import { writeReportFile } from "./write-report-file.js";

export type ReportFormat = "html" | "md" | "json";

/** What a study came to, or has come to so far. */
export class Answer {
	/** As it is in the store: its id, its hash, its resolved settings. */
	readonly study: StoredStudy;
	/** "interrupted" and "out of time": the best answer so far; the same call again goes on from there. */
	readonly end: RunEnd;
	readonly findings: Findings;
	/** Every finished trial, with its looks. */
	readonly trials: readonly FinishedTrial[];
	readonly #calibrationMachine: string | null;

	constructor(known: Pick<Answer, "study" | "end" | "findings" | "trials">, calibrationMachine: string | null) {
		this.study = known.study;
		this.end = known.end;
		this.findings = known.findings;
		this.trials = known.trials;
		this.#calibrationMachine = calibrationMachine;
	}

	/** The same without its store, which may be closed then: every look is read into memory. */
	detached(): Answer {
		const trials = this.trials.map(({ spec, result }) => ({ spec, result: { ...result } }));
		return new Answer({ study: this.study, end: this.end, findings: this.findings, trials }, this.#calibrationMachine);
	}

	/** How close a study came whose goal no batch size has reached; null for any other, whose answer doesn't tell: it takes reading every look. */
	get bestSeen(): BestSeen | null {
		return bestOfMissed(this.study.study.goal, this.findings, this.trials);
	}

	/** The document that `sweetspot tune --json` prints. */
	get document(): AnswerDocument {
		return answerDocument(this.study, this.findings, this.trials, this.end === "out of time");
	}

	/** The report as a text: one HTML file that needs nothing else, Markdown, or the JSON document. */
	report(format: ReportFormat): string {
		if (format === "json") return `${JSON.stringify(this.document, null, 2)}\n`;
		const input: ReportInput = {
			stored: this.study,
			findings: this.findings,
			trials: this.trials,
			calibrationMachine: this.#calibrationMachine,
			command: repeatCommand(this.study.study),
			generated: new Date().toISOString(),
		};
		return format === "html" ? renderReport(input) : renderMarkdown(input);
	}

	/** Writes the report, and the folders above it; the format is what the file's name ends in, else HTML. Throws `report/unwritable`. */
	writeReport(file: string, format: ReportFormat = formatOf(file)): void {
		writeReportFile(file, this.report(format));
	}
}

/** What the store has of a study. `ran`: how a run just ended, and what it found, where there was one. */
export function answerFrom(store: Store, study: StoredStudy, ran?: Pick<Answer, "end" | "findings">): Answer {
	const trials = store.trials(study.id);
	const end = ran?.end ?? (study.state === "complete" ? "complete" : "interrupted");
	const findings = ran?.findings ?? findingsOf(study, store, designOf(study.study), trials);
	return new Answer({ study, end, findings, trials }, store.calibration(study.id)?.machine ?? null);
}

const formatOf = (file: string): ReportFormat => (file.endsWith(".md") ? "md" : file.endsWith(".json") ? "json" : "html");
