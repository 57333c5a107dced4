import type { StoredStudy } from "../study/contracts.js";

/** What identifies a study, apart from what is stored of it. */
export interface Provenance {
	/** Where the seconds were measured; null where they have not been yet. */
	readonly calibrationMachine: string | null;
	/** The libraries that computed large matrix products, with their versions. */
	readonly libraries: readonly string[];
	/** ISO 8601, UTC. */
	readonly generated: string;
}

/** What identifies the study and lets it be repeated, as pairs of name and value. */
export const identity = (
	stored: StoredStudy,
	{ calibrationMachine, libraries, generated }: Provenance,
): readonly (readonly [name: string, value: string])[] => [
	["study", `${stored.study.name} (${stored.id})`],
	["state", stored.state],
	["seed", String(stored.study.seed)],
	["settings, SHA-256", stored.hash],
	["results, SHA-256", stored.digest ?? "none until the study is complete"],
	["Sweetspot", stored.version],
	// Where a library took part, equal studies agree to the last bit on this machine only.
	...(stored.backend === "blas" ? ([["large matrix products by", libraries.join(", ") || "no library yet"]] as const) : []),
	["timed on", calibrationMachine ?? "not measured yet"],
	["study created", minute(stored.created)],
	["report written", minute(generated)],
];

/** `2026-11-22 18:03 UTC`. */
const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
