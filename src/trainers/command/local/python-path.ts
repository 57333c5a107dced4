import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

/** The Python client that came with this package. */
const client = fileURLToPath(new URL("../../../../python/src", import.meta.url));

/** What hears a script's trackers: Python imports its `sitecustomize`, which imports the user's own. */
const hook = fileURLToPath(new URL("../../../../python/hook", import.meta.url));

/**
 * PYTHONPATH with the client behind what was there, so that `import sweetspot` needs no installation. `hears`:
 * and with the hook ahead of all. Undefined where there is none of them.
 */
export const pythonPath = (before: string | undefined, hears: boolean): string | undefined =>
	[hears && existsSync(hook) ? hook : undefined, before, existsSync(client) ? client : undefined].filter(Boolean).join(delimiter) ||
	undefined;
