import { resolve } from "node:path";
import { checkDigest } from "../../api/check-digest.js";
import { structureProblems } from "../../store/backup.js";
import { locksHold } from "../../store/lock-probe.js";
import { openForReading, storeFolder } from "../open-store.js";
import type { RawOptions } from "../options.js";
import type { Shell } from "../shell.js";

/** One thing that was looked at. */
export interface Check {
	readonly name: string;
	/** "missing" is something Sweetspot can do without; "broken" is not. */
	readonly state: "ok" | "missing" | "broken";
	readonly found: string;
	/** The command that fixes it. */
	readonly fix: string | null;
}

/** Whether all that a store has is what was written, and its lock keeps others out. */
export function storeChecks(shell: Shell, options: RawOptions): readonly Check[] {
	const folder = resolve(storeFolder(shell, options));
	return [
		looked("store's rows", "bring back a copy of the store (`sweetspot backup` makes them)", () => {
			const store = openForReading(shell, options);
			if (!store) return "there is no store yet";
			try {
				const [problem] = structureProblems(folder);
				if (problem !== undefined) throw new Error(problem);
				let trials = 0;
				for (const study of store.list()) trials += store.trials(study.id).filter(({ result }) => result.evaluations.length >= 0).length;
				for (const { key } of store.experiments.list()) store.experiments.results(key);
				return `${trials} trials, all as they were stored`;
			} finally {
				store.close();
			}
		}),
		looked("store's digests", "bring back a copy of the store, or run that study again with --fresh", () => {
			const store = openForReading(shell, options);
			const complete = store?.list().filter(({ digest }) => digest !== null) ?? [];
			try {
				for (const study of complete) if (store) checkDigest(store, study, store.trials(study.id));
				return `${complete.length} complete studies, each with the trials that its digest was made of`;
			} finally {
				store?.close();
			}
		}),
		looked("store's lock", "keep the store on a local disk: --store DIR", () => {
			if (!locksHold(folder)) throw new Error(`${folder}: a second process got a lock that was held`);
			return "keeps a second writer out";
		}),
	];
}

function looked(name: string, fix: string, look: () => string): Check {
	try {
		return { name, state: "ok", found: look(), fix: null };
	} catch (error) {
		return { name, state: "broken", found: (error as Error).message, fix };
	}
}
