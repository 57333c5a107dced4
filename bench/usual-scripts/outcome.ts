import type { Findings } from "../../src/analysis/findings.js";
import type { Study } from "../../src/study/study.js";
import type { Fresh, Setting } from "./judge.js";

/** What came of one script. */
export interface Outcome {
	readonly script: string;
	readonly manner: string;
	/** What init wrote about the metric and the length, and why nothing more came where nothing did. */
	readonly found: string;
	readonly problem: string | null;
	readonly study: Pick<Study, "goal"> | null;
	readonly findings: Findings | null;
	/** The recommended setting, the largest batch that loses nothing where there is one, and the script's own. */
	readonly fresh: readonly Fresh[];
	readonly own: Setting;
	readonly seconds: number;
}
