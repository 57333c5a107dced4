import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

/** The Python client that came with this package. */
const client = fileURLToPath(new URL("../../../python/src", import.meta.url));

/** Where Python looks for modules, before its own folders: where it did, and then at the client, so that `import sweetspot` needs no installation. */
export const pythonPath = (before: string | undefined): string | undefined =>
	[before, existsSync(client) ? client : undefined].filter(Boolean).join(delimiter) || undefined;
