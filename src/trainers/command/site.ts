import type { Study } from "../../study/study.js";
import type { CommandWorkload } from "../../study/workloads/command/workload.js";
import type { StudyFiles } from "./files.js";
import type { ScriptHost } from "./host.js";
import type { Poll } from "./poll.js";
import type { Owners } from "./written/owners.js";

export type ScriptStudy = Study & { readonly workload: CommandWorkload };

/** What a script may do before its trial is over. */
export interface ScriptBounds {
	/** How long it may be silent at least where no limit of seconds is set. */
	readonly leastSilenceMilliseconds: number;
	/** What it prints is kept until its trial is stored, so that all of it counts after a crash: no more than this. */
	readonly mostPrintedBytes: number;
}

/** What of a script's figures is taken. */
export interface ScriptFigures {
	/** All that has a name, besides what means something here: a try shows what a goal could be on. */
	readonly allMetrics: boolean;
}

/** Where and how a study's scripts run. */
export interface ScriptSite extends ScriptBounds, ScriptFigures {
	readonly files: StudyFiles;
	readonly host: ScriptHost;
	readonly poll: Poll;
	readonly owners: Owners;
	/** Variables for scripts in this slot, such as the GPU that is theirs. */
	readonly variables: Readonly<Record<string, string>>;
}
