/** Every mistake that a user can fix, one line each; `docs/errors.md` lists the same codes, and a test compares the two. */
const table = {
	"study/invalid": "the study cannot be run as written",
	"study/not-found": "no such study file",
	"study/unreadable": "the study file cannot be read",
	"study/untimed": "a step of the script could not be timed",
	"study/goal-met": "untrained weights meet the goal",
	"study/imported": "imported runs cannot be trained further",
	"data/not-found": "no such data",
	"data/damaged": "the data cannot be read",
	"data/unusable": "the data cannot be trained on",
	"data/too-large": "the data are more than may be held in memory",
	"data/changed": "the data is not what the study began with",
	"model/misfit": "the model does not fit the data",
	"engine/memory": "the network and its data do not fit into the engine's memory",
	"checkpoint/unusable": "the checkpoint cannot be restored",
	"checkpoint/unwritable": "the checkpoint cannot be written",
	"backend/not-found": "no library for this backend",
	"backend/unusable": "the library for this backend cannot be used",
	"trainer/not-found": "no such trainer",
	"trainer/unusable": "the trainer cannot be used",
	"cluster/unusable": "trials cannot run on the cluster",
	"cluster/refused": "the cluster does not take the jobs",
	"init/exists": "the study file is there already",
	"init/unwritable": "the study file cannot be written",
	"init/no-script": "no such file",
	"init/no-flag": "the script's flag is not known",
	"init/missing-answer": "something is missing that only you know",
	"init/silent": "the script's metrics do not arrive",
	"trainer/changed": "the trainer is not the one the study began with",
	"trainer/failing": "the trainer fails in every trial",
	"executor/losing": "a trial is lost again and again",
	"store/in-use": "the store is held by another process",
	"store/unlocked": "the store cannot be locked",
	"store/read-only": "the store cannot be written",
	"store/full": "the store cannot grow",
	"store/damaged": "the store file cannot be read",
	"store/older": "the store was written by an older version",
	"store/newer": "the store was written by a newer version",
	"store/no-such-study": "no such study in the store",
	"store/not-running": "the study does not run here",
	"store/ambiguous": "the beginning of an id fits several studies",
	"claim/unknown": "no such claim",
	"experiment/unknown": "no such experiment",
	"experiment/data": "the experiment cannot be run on these data",
	"report/unwritable": "the report cannot be written",
	"export/unwritable": "the export cannot be written",
	"output/refused": "the file is not written",
	"import/unusable": "the runs cannot be imported",
	"server/not-allowed": "the page may not run this",
	"server/no-port": "no port is free for the page",
	"server/not-yet": "there are no findings yet",
	"server/no-findings": "the findings cannot be computed",
	"usage/bad-value": "bad value for a flag",
} as const;

export type ErrorCode = keyof typeof table;

/** The codes with their one-line meanings, for the document that lists them. */
export const errorTable: Readonly<Record<ErrorCode, string>> = table;

/**
 * An error that a user can fix. The message says what was found (with the number) and what was expected; `fix` names the flag, key or
 * command that fixes it.
 */
export class SweetspotError extends Error {
	override readonly name = "SweetspotError";
	constructor(
		readonly code: ErrorCode,
		readonly detail: string,
		readonly fix: string,
		options?: { readonly cause?: unknown },
	) {
		super(`${table[code]}: ${detail}`, options);
	}
}

/**
 * An error of another copy of this file is one of ours as well: a module of the user's may load the engine's files next to the bundled
 * command. Classes of such errors know only their own.
 */
Object.defineProperty(SweetspotError, Symbol.hasInstance, {
	value(this: unknown, value: unknown): boolean {
		if (this !== SweetspotError) return Function.prototype[Symbol.hasInstance].call(this as typeof SweetspotError, value);
		return value instanceof Error && value.name === "SweetspotError" && "code" in value;
	},
});

/** What helps a study whose disk is full. */
export const moreRoom =
	"free some space and run the study again: everything stored before is kept, and it goes on from there; or name another folder with --store DIR";

/** A broken invariant: a bug of ours, never the user's mistake. */
export const internal = (detail: string): Error => new Error(`internal: ${detail}`);
