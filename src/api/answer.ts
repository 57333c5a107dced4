import type { Findings } from "../analysis/findings.js";
import type { FinishedTrial } from "../core/trial.js";
import { renderReport } from "../report/html.js";
import { renderMarkdown } from "../report/markdown.js";
import { findingsOf } from "../runner/findings.js";
import type { RunEnd } from "../runner/run-study.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { designOf } from "../study/designs.js";
import { progressOf } from "../study/progress.js";
import type { StudyView } from "../words/view.js";
import { viewOf } from "../words/view-of.js";
import { type AnswerDocument, answerDocument } from "./answer-document.js";
import { reportFile, writeReportFile } from "./write-report-file.js";

export type ReportFormat = "html" | "md" | "json";

/** What a study found, or has found so far. */
export class Answer {
	/** As it is in the store: its id, its hash, its resolved settings. */
	readonly study: StoredStudy;
	/** "interrupted" and "out of time": the best answer so far; the same call again continues from there. */
	readonly end: RunEnd;
	/** Every finished trial, with its looks. */
	readonly trials: readonly FinishedTrial[];
	/** All that can be shown of it, as one document. */
	readonly view: StudyView;

	constructor({ study, end, trials, view }: Pick<Answer, "study" | "end" | "trials" | "view">) {
		this.study = study;
		this.end = end;
		this.trials = trials;
		this.view = view;
	}

	get findings(): Findings {
		return this.view.findings;
	}

	/** The same without its store, which may be closed then: every look is read into memory. */
	detached(): Answer {
		const trials = this.trials.map(({ spec, result }) => ({ spec, result: { ...result } }));
		return new Answer({ study: this.study, end: this.end, trials, view: this.view });
	}

	/** The document that `sweetspot tune --json` prints: the figures of the answer, without what only the report shows. */
	get document(): AnswerDocument {
		return answerDocument(this.view);
	}

	/** The report as a text: one HTML file that needs nothing else, Markdown, or the whole `StudyView` as JSON. */
	report(format: ReportFormat): string {
		if (format === "json") return `${JSON.stringify(this.view, null, 2)}\n`;
		return format === "html" ? renderReport(this.view) : renderMarkdown(this.view);
	}

	/**
	 * Writes the report, and the folders above it; the format is what the file's name ends in, else HTML. A report that is there is written
	 * anew, another file only with `force`. Throws `report/unwritable`, `output/refused`.
	 */
	writeReport(file: string, format: ReportFormat = formatOf(file), { force = false } = {}): void {
		writeReportFile(reportFile(file, { force }), this.report(format));
	}
}

/** What the store has of a study. `ran`: how a run just ended, and what it found, where there was one. */
export function answerFrom(store: Store, study: StoredStudy, ran?: { readonly end: RunEnd; readonly findings: Findings }): Answer {
	const trials = store.trials(study.id);
	const end = ran?.end ?? (study.state === "complete" ? "complete" : "interrupted");
	const design = designOf(study.study);
	const given = { extensions: store.extensions(study.id), calibration: store.calibration(study.id) };
	const view = viewOf({
		stored: study,
		findings: ran?.findings ?? findingsOf(study, store, design, trials),
		trials,
		outOfTime: end === "out of time",
		calibrationMachine: given.calibration?.machine ?? null,
		generated: new Date().toISOString(),
		progress: progressOf(study.study, trials, design.answers(study.study, trials, given), given.extensions, 1),
		asked: design.next(study.study, trials, given),
	});
	return new Answer({ study, end, trials, view });
}

const formatOf = (file: string): ReportFormat => (file.endsWith(".md") ? "md" : file.endsWith(".json") ? "json" : "html");
