import { register } from "node:module";
import { pathToFileURL } from "node:url";

let hooked = false;

/**
 * What a module of the user's exports. JavaScript runs as it is; TypeScript (`.ts`, `.mts`) loses its types first, so that it may use
 * everything that can be erased (no `enum`, no `namespace`). In either, `import … from "sweetspot"` finds this very package where no other
 * is installed. Throws what the module throws.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
	if (!hooked) register(new URL("./hooks.js", import.meta.url));
	hooked = true;
	return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
}
