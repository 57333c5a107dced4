import { SweetspotError } from "../../../core/errors.js";
import { read } from "./answers.js";
import { findDashboard } from "./dashboard.js";
import { nodesIn } from "./states.js";
import { version } from "./system.js";

/** Someone waits for it. */
const longestMilliseconds = 5000;

/** What Ray answers, as seen from this machine. `fix`: what it lacks; null where jobs can be submitted. */
export async function rayHere(environment: NodeJS.ProcessEnv): Promise<{ readonly found: string; readonly fix: string | null }> {
	try {
		const dashboard = findDashboard(undefined, environment);
		const found = `Ray ${await version(dashboard, longestMilliseconds)} at ${dashboard.address}`;
		const nodes = nodesIn(await read(dashboard, "/api/v0/nodes", longestMilliseconds).catch(() => null));
		if (nodes === null) return { found, fix: null };
		const sum = (name: string) => nodes.reduce((all, node) => all + (node[name] ?? 0), 0);
		const gpus = sum("GPU");
		const count = nodes.length === 1 ? "1 node" : `${nodes.length} nodes`;
		return { found: `${found}, with ${count}, ${sum("CPU")} CPUs${gpus > 0 ? ` and ${gpus} GPUs` : ""}`, fix: null };
	} catch (error) {
		if (!(error instanceof SweetspotError)) throw error;
		return { found: error.detail, fix: error.fix };
	}
}
