import { SweetspotError } from "../core/errors.js";

/** A tracker's file that breaks the rules of its format. */
export const damaged = (file: string, what: string): SweetspotError =>
	new SweetspotError("data/damaged", `${file}: ${what}`, "copy the file again; or move it away, and the other runs can be imported");
