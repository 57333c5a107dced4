import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256Hex } from "../../core/canonical.js";
import { internal } from "../../core/errors.js";

/** What jobs run, in one file without native modules: made by scripts/build-work.ts. */
const bundle = fileURLToPath(new URL("./sweetspot-work.mjs", import.meta.url));

/** The folder of the installed package, and the parts of it that the program expects at the same relative paths. */
const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));
const besides = ["data", "python/src"] as const;

export interface Program {
	/** Absolute. */
	readonly file: string;
	readonly sha256: string;
}

/** The program where this package has it. */
export const ownProgram = (): string => bundle;

/** Puts the program into a folder that the nodes see, in a subfolder named by its content, unless it is there. */
export function placeProgram(folder: string): Program {
	if (!existsSync(bundle)) throw internal(`${bundle} is missing: npm run build`);
	const sha256 = sha256Hex(readFileSync(bundle));
	const place = join(folder, `program-${sha256.slice(0, 16)}`);
	const file = join(place, "dist", "executors", "cluster", "sweetspot-work.mjs");
	if (existsSync(file)) return { file, sha256 };
	const draft = `${place}.${process.pid}`;
	mkdirSync(join(draft, "dist", "executors", "cluster"), { recursive: true, mode: 0o700 });
	cpSync(bundle, join(draft, "dist", "executors", "cluster", "sweetspot-work.mjs"));
	for (const name of besides)
		cpSync(join(packageFolder, name), join(draft, name), { recursive: true, filter: (path) => !path.includes("__pycache__") });
	try {
		renameSync(draft, place);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		if (!existsSync(file)) throw error; // otherwise another process made it first
	}
	return { file, sha256 };
}
