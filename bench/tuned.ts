import { join } from "node:path";
import { stringify } from "yaml";
import type { Findings } from "../src/analysis/findings.js";
import { answerFrom } from "../src/api/answer.js";
import { openStore } from "../src/store/open.js";
import { Workplace } from "../test/e2e/sweetspot.js";

/** What `sweetspot tune` finds out about a study, run as users do, in a folder of its own. */
export async function tuned(study: object, env: NodeJS.ProcessEnv): Promise<Findings> {
	const place = new Workplace();
	try {
		place.write("study.yaml", stringify(study));
		const { code, stderr } = await place.start(["tune", "study.yaml"], undefined, env);
		if (code !== 0 && code !== 3) throw new Error(stderr);
		const store = openStore(join(place.folder, ".sweetspot"), { mode: "read" });
		if (!store) throw new Error("internal: tune left no store");
		const { findings } = answerFrom(store, store.list()[0]);
		store.close();
		return findings;
	} finally {
		place.remove();
	}
}
