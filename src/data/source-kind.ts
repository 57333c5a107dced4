import type { z } from "zod";
import type { Goal } from "../core/goal.js";
import type { Dataset } from "./dataset.js";
import type { DataFacts, ReadBytes } from "./source.js";

/** A data source as `sweetspot data` lists it. */
export interface Listed {
	/** As it stands after `data:` in a study file; words in capitals are for the author to fill in. */
	readonly data: string;
	/**
	 * "shipped" with the package; "installed" by the system's packages; "kept" by the user where such are looked for; "made" by a generator;
	 * "oracle", made as well, with a known answer; "yours", a file of the user's.
	 */
	readonly kind: "shipped" | "installed" | "kept" | "made" | "oracle" | "yours";
	/** At most 39 characters: a line of the list has 80. */
	readonly what: string;
}

/** Makes a path as it stands in the study file absolute, so that every thread and every later command finds the same file. */
export type Locate = (path: string) => string;

/** All that is to be known of a kind of data source; each has a file in `sources/`, and a line in its table. */
interface SourceKind<Source extends { readonly name: string }> {
	readonly name: Source["name"];
	/** The ways to write it, as `sweetspot data` lists them. */
	readonly listed: readonly Listed[];
	/** What may stand after `data:` where its name alone doesn't do; absent where it has nothing to set. */
	readonly schema?: z.ZodType;
	/** The source that was written, every default filled in; null where it is another one, or not sound. */
	read(written: unknown, locate: Locate): Source | null;
	/** As its author could have written it. */
	written(source: Source): string | object;
	/** Members that say where it lies: the content counts, so they are no part of a study's hash. */
	readonly places?: readonly string[];
}

/** Examples to train a network on. */
export interface NetworkSourceKind<Source extends { readonly name: string }> extends SourceKind<Source> {
	/** The keys that name the column or array of the classes, and that of the numbers to predict; absent where it has none to name. */
	readonly truth?: { readonly classes: string; readonly numbers: "target" };
	/** Of data that are made: what making them takes, in bytes, by arithmetic. */
	bytes?(source: Source): number;
	/** Throws `data/…` errors. */
	load(source: Source, read: ReadBytes): Dataset | Promise<Dataset>;
}

/**
 * A problem whose answer is known in closed form, or by an independent solver: what a measurement must get right before anyone believes it.
 */
export interface OracleSourceKind<Source extends { readonly name: string }> extends SourceKind<Source> {
	/** Whether every example is drawn anew, so that there is no set to sample from, to hold out or to look at in part. */
	readonly isStream: boolean;
	readonly metrics: readonly Goal["metric"][];
	facts(source: Source): DataFacts;
}
