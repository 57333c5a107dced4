import { SweetspotError } from "../../../core/errors.js";
import { ask, type Reply } from "./ask.js";
import type { Dashboard } from "./dashboard.js";

/** What Ray answers to GET. Throws `cluster/…` where it refuses, and another error where it doesn't answer or is at fault itself. */
export async function read(dashboard: Dashboard, path: string, milliseconds?: number): Promise<unknown> {
	const reply = await ask(dashboard, "GET", path, null, { ...(milliseconds !== undefined && { milliseconds }) });
	requireWelcome(dashboard, reply);
	if (reply.status === 404) throw notRay(dashboard);
	if (reply.status !== 200) throw new Error(`it answers ${reply.status}: ${lastLine(reply.text)}`);
	try {
		return JSON.parse(reply.text);
	} catch {
		throw notRay(dashboard);
	}
}

/** Throws where the dashboard doesn't let us in, or sends us elsewhere. */
export function requireWelcome({ address, token, withholds }: Dashboard, { status, redirect }: Reply): void {
	if (status === 401 || status === 403) {
		if (withholds)
			throw new SweetspotError(
				"cluster/unusable",
				`Ray at ${address} asks for a token, which is not sent to another machine over http, where anyone on the way can read it`,
				"name an https address, or go through the head node, `ssh -L 8265:localhost:8265 HOST`, with RAY_ADDRESS=http://127.0.0.1:8265",
			);
		throw new SweetspotError(
			"cluster/unusable",
			token === null ? `Ray at ${address} asks for a token, and none is set` : `Ray at ${address} refuses the token (${status})`,
			"set RAY_AUTH_TOKEN in the environment, or RAY_AUTH_TOKEN_PATH to the file that holds it: `ray get-auth-token` on the head node",
		);
	}
	if (status >= 300 && status < 400)
		throw new SweetspotError(
			"cluster/unusable",
			`${address} redirects${redirect === null ? "" : ` to ${withoutSecrets(redirect, address)}`}, and redirects aren't followed`,
			"name the address of Ray's dashboard itself: RAY_ADDRESS, or `cluster: { ray: { address: … } }`",
		);
}

const notRay = ({ address }: Dashboard): SweetspotError =>
	new SweetspotError(
		"cluster/unusable",
		`what answers at ${address} is not Ray's dashboard`,
		"name the dashboard's address, which is usually http://HOST:8265 (not the port of `ray start --port`)",
	);

/** Ray's errors are tracebacks: what is wrong stands last. */
export const lastLine = (text: string): string =>
	text
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line.length > 1)
		.at(-1)
		?.slice(0, 500) ?? "nothing";

function withoutSecrets(redirect: string, address: string): string {
	if (!URL.canParse(redirect, address)) return "elsewhere";
	const { origin, pathname } = new URL(redirect, address);
	return `${origin}${pathname}`;
}
