import { z } from "zod";
import { internal } from "../../core/errors.js";
import { type DataSource, isOracle, oracleKindOf } from "../../data/sources/table.js";
import { command, commandReader } from "./command/command.js";
import { commandWorkload } from "./command/schema.js";
import type { CommandWorkload } from "./command/workload.js";
import { functionKind, functionReader, functionSchema } from "./function.js";
import type { Held } from "./held.js";
import { type ImportedWorkload, imported } from "./imported.js";
import type { WorkloadKind, WorkloadReader, WorkloadTraits } from "./kind.js";
import { type NetworkWorkload, network } from "./network/network.js";
import { type OracleWorkload, oracle } from "./oracle/oracle.js";
import type { Descent } from "./trained/descent.js";
import { trainedReader } from "./trained/reader.js";
import { trainedWorkload } from "./trained/schema.js";

/**
 * Every kind of workload, by a key that none of those below it has. A new one has a file in this folder, its lines in the three tables
 * here, and its trainer in `trainers/`.
 */
const kinds = { model: network, data: oracle, trainer: functionKind, command, imported };

type WorkloadOf<Kind> = Kind extends { nameOf(workload: infer One): string } ? One : never;

/** Every kind of workload that a study can have. */
export type AnyWorkload = WorkloadOf<(typeof kinds)[keyof typeof kinds]>;

/** What can be trained here. */
export type Workload = Exclude<AnyWorkload, ImportedWorkload>;

/** What our own loop trains. */
export type DescentWorkload = NetworkWorkload | OracleWorkload;

/** What may stand after `workload:` in a study file. */
export const workloadSchema = z.union([trainedWorkload, functionSchema, commandWorkload]);

const readers: readonly WorkloadReader<Workload>[] = [functionReader, commandReader, trainedReader];

/** Reads the workload that was meant. */
export function readerOf(written: Readonly<Record<string, unknown>>): WorkloadReader<Workload> {
	const reader = readers.find((one) => one.isMeant(written));
	if (!reader) throw internal("no kind of workload reads this one");
	return reader;
}

function kindOf(workload: AnyWorkload): WorkloadKind<AnyWorkload> {
	for (const [key, kind] of Object.entries(kinds)) if (key in workload) return kind;
	throw internal("a workload of no known kind");
}

/** Names of the kinds that can be trained here. */
export type WorkloadName = Exclude<WorkloadKind<AnyWorkload>["name"], "imported">;

export function kindName(workload: Workload): WorkloadName {
	const { name } = kindOf(workload);
	if (name === "imported") throw internal("runs made elsewhere have no trainer");
	return name;
}

export const traitsOf = (workload: AnyWorkload): WorkloadTraits => kindOf(workload).traits;
export const workloadName = (workload: AnyWorkload): string => kindOf(workload).nameOf(workload);
export const hashedWorkload = (workload: AnyWorkload): object => kindOf(workload).hashed(workload);
export const workloadAsWritten = (workload: AnyWorkload): object => kindOf(workload).written(workload);

/** Where its examples come from; null if that is not known. */
export const sourceOf = (workload: AnyWorkload): DataSource | null => kindOf(workload).sourceOf?.(workload) ?? null;

/** Whether it reports at the ends of whole epochs alone. */
export const reportsWholeEpochs = (workload: AnyWorkload): boolean => kindOf(workload).reportsWholeEpochs?.(workload) ?? false;

/** Whether its learning rate follows the length that is planned for a trial, so that only the end of a trial counts. */
export const isTied = (workload: AnyWorkload): boolean => kindOf(workload).isTied?.(workload) ?? false;

/** Its settings that move with the batch size, by name. */
export const heldBy = (workload: AnyWorkload): Readonly<Record<string, Held>> => kindOf(workload).heldBy?.(workload) ?? {};

/** Whether every example is drawn anew, so that there is no set of them. */
export function isStream(workload: AnyWorkload): boolean {
	const source = sourceOf(workload);
	return source !== null && isOracle(source) && oracleKindOf(source).isStream;
}

/** The schedule of its learning rate and batch size; undefined if both are constant or not known. */
export const scheduleOf = (workload: AnyWorkload): Descent["schedule"] => (isDescent(workload) ? workload.schedule : undefined);

export const isNetwork = (workload: AnyWorkload): workload is NetworkWorkload => "model" in workload;
export const isDescent = (workload: AnyWorkload): workload is DescentWorkload => "data" in workload;
export const isCommand = (workload: AnyWorkload): workload is CommandWorkload => "command" in workload;
