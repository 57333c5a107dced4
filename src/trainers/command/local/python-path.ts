import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

/** The Python client that came with this package. */
const client = fileURLToPath(new URL("../../../../python/src", import.meta.url));

/** PYTHONPATH with the client behind what was there, so that `import sweetspot` needs no installation. Undefined where there is neither. */
export const pythonPath = (before: string | undefined): string | undefined =>
	[before, existsSync(client) ? client : undefined].filter(Boolean).join(delimiter) || undefined;
