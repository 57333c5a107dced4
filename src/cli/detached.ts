/** Set for a process that `--detach` started, and that is waited for. */
const awaited = "SWEETSPOT_AWAITED";

/** The environment of such a process. */
export const awaitedIn = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...environment, [awaited]: "1" });

/** The study that such a process runs, in the message that says so. */
export interface Begun {
	readonly id: string;
}

/** To the process that waits, if one does: this study's first trial was handed out. Heard once. */
export function reportBegun(id: string): void {
	if (process.env[awaited] === undefined || !process.send) return;
	delete process.env[awaited]; // for scripts that this process starts
	process.send({ id } satisfies Begun, () => process.disconnect());
}
