import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { SweetspotError } from "../../../core/errors.js";
import { dashboardProblem } from "../../../study/cluster-schema.js";

/** Where Ray's own programs look where no address is named. */
const usualAddress = "http://127.0.0.1:8265";

/** Ray's dashboard, and what opens it. */
export interface Dashboard {
	/** Without a slash at its end; holds no secret. */
	readonly address: string;
	/** Sent with each request; null: none is known, or the connection would not keep it secret. */
	readonly token: string | null;
	/** Whether there is a token that is not sent: the address is another machine's and not encrypted. */
	readonly withholds: boolean;
}

/**
 * The dashboard that the study names, else RAY_ADDRESS, else this machine's. Throws `cluster/unusable` where the address or the token can't
 * be one.
 */
export function findDashboard(named: string | undefined, environment: NodeJS.ProcessEnv): Dashboard {
	const written = named ?? (environment.RAY_ADDRESS || usualAddress);
	const problem = dashboardProblem(written);
	if (problem !== null)
		throw new SweetspotError(
			"cluster/unusable",
			named === undefined ? `RAY_ADDRESS ${problem}` : `cluster.ray.address ${problem}`,
			"name the dashboard's address alone: `RAY_ADDRESS=http://HOST:8265`; to reach it through its head node, `ssh -L 8265:localhost:8265 HOST`",
		);
	const url = new URL(written);
	const token = findToken(environment);
	const isPrivate = url.protocol === "https:" || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
	return {
		address: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
		token: isPrivate ? token : null,
		withholds: token !== null && !isPrivate,
	};
}

/** As Ray finds it: RAY_AUTH_TOKEN, the file of RAY_AUTH_TOKEN_PATH, `~/.ray/auth_token`. Null where there is none. */
function findToken({ RAY_AUTH_TOKEN: token, RAY_AUTH_TOKEN_PATH: path, HOME: home }: NodeJS.ProcessEnv): string | null {
	if (token) return plain(token, "RAY_AUTH_TOKEN");
	if (path) {
		const text = textOf(path);
		if (text !== null && text.trim() !== "") return plain(text, "the file of RAY_AUTH_TOKEN_PATH");
		throw new SweetspotError(
			"cluster/unusable",
			`RAY_AUTH_TOKEN_PATH names ${path}, which ${text === null ? "can't be read" : "is empty"}`,
			"name the file that holds the token, or unset RAY_AUTH_TOKEN_PATH",
		);
	}
	const usual = textOf(join(home || homedir(), ".ray", "auth_token"));
	return usual === null || usual.trim() === "" ? null : plain(usual, "~/.ray/auth_token");
}

function plain(text: string, where: string): string {
	const token = text.trim();
	if (/^[\x21-\x7e]+$/.test(token)) return token;
	throw new SweetspotError(
		"cluster/unusable",
		`${where} holds characters that no token has`,
		"copy the token again: it is one line without spaces",
	);
}

function textOf(path: string): string | null {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
}
