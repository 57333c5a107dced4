import { formatCount } from "../../words/numbers.js";
import type { Verdict } from "../claims/claim.js";

/** The words for a verdict. */
export const say = (verdict: Verdict, supported: string, refuted: string, undecided: string): string =>
	({ supported, refuted, undecided })[verdict];

/** The words for an undecided verdict on whether something is so. */
export const unclear = (claim: string): string => `these runs cannot tell whether ${claim}`;

/** `B = 1: 27 [25–29]; B = 32: …`: what is to be said of each batch size. */
export const eachSize = <Row extends { readonly batchSize: number }>(rows: readonly Row[], of: (row: Row) => string): string =>
	rows.map((row) => `B = ${formatCount(row.batchSize)}: ${of(row)}`).join("; ");

/** A text, or none where there is nothing to say. */
export const when = (isSo: boolean, text: string): string => (isSo ? text : "");

/** The sentences that say something. */
export const saying = (...sentences: readonly string[]): readonly string[] => sentences.filter((sentence) => sentence !== "");
