import { extname } from "node:path";

/** What runs files of these endings. */
const interpreters: Readonly<Record<string, string>> = {
	".py": "python3",
	".js": "node",
	".mjs": "node",
	".cjs": "node",
	".sh": "sh",
	".jl": "julia",
	".R": "Rscript",
	".lua": "lua",
};

/** The program that runs a script, by the script's ending; undefined where the ending is unknown. */
export const interpreterOf = (file: string): string | undefined => interpreters[extname(file)];
