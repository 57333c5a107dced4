import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may look. 127.0.0.1 is shared by all users of a machine, so every start of the server makes a token. The printed link carries it
 * once; from then on the browser sends a cookie, which is a different secret. Programs send the token as Bearer.
 */
export class Access {
	readonly token = randomBytes(32).toString("base64url");
	readonly #session = randomBytes(32).toString("base64url");

	/** Whether a text is the token. */
	isToken(text: string | undefined): boolean {
		return isSame(text, this.token);
	}

	/** Whether a request with these headers may look. */
	mayLook(cookies: string | undefined, authorization: string | undefined, port: number): boolean {
		const [, bearer] = /^Bearer ([\w-]{1,200})$/i.exec(authorization ?? "") ?? [];
		return this.isToken(bearer) || cookiesNamed(cookieName(port), cookies).some((value) => isSame(value, this.#session));
	}

	/** The cookie that the link is exchanged for. No request of another site carries it, and no script can read it. */
	cookie(port: number): string {
		return `${cookieName(port)}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
	}
}

/** Cookies are shared by all ports of a machine: each server has one of its own. */
const cookieName = (port: number): string => `sweetspot-${port}`;

const cookiesNamed = (name: string, cookies = ""): readonly string[] =>
	cookies.split(";").flatMap((one) => (one.trim().startsWith(`${name}=`) ? [one.trim().slice(name.length + 1)] : []));

/** Takes the same time wherever the texts differ, so that timing gives nothing away. */
function isSame(text: string | undefined, secret: string): boolean {
	if (text === undefined) return false;
	const [a, b] = [text, secret].map((one) => createHash("sha256").update(one).digest());
	return timingSafeEqual(a, b);
}
