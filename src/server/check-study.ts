import { resolveInput } from "../api/resolve-input.js";
import { SweetspotError } from "../core/errors.js";
import { arithmeticOf } from "../page/maker/arithmetic.js";
import type { Checked } from "../page/maker/maker-page.js";
import { requireAllowedInput, whyNotAllowed } from "./allowed.js";

/** Checks a study file that was made on the page. It runs in its own thread, since making or reading the data may take seconds. */
export default async function checkStudy({ input, folder }: { readonly input: unknown; readonly folder: string }): Promise<Checked> {
	try {
		requireAllowedInput(input); // before anything is read for it
		const study = await resolveInput(input, folder);
		return { arithmetic: arithmeticOf(study), refusal: whyNotAllowed({ study, backend: "wasm" }) };
	} catch (error) {
		if (error instanceof SweetspotError) return { problems: error.message, fix: error.fix };
		throw error;
	}
}
