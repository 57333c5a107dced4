import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Ending, type Started, startProgram } from "./program.js";

/** Nothing that is done here takes as much of the processor's time. */
const longestMilliseconds = 120_000;

/** The real program in a temporary folder of its own, whose processes can be found by its name. */
export class Place {
	readonly folder = mkdtempSync(join(tmpdir(), "sweetspot-torture-"));
	readonly mark = basename(this.folder);

	constructor(files: Readonly<Record<string, string>> = {}) {
		for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
	}

	start(args: readonly string[], patience = longestMilliseconds, environment: Readonly<Record<string, string>> = {}): Started {
		return startProgram(args, { folder: this.folder, mark: this.mark, patience, environment });
	}

	/** Runs it undisturbed. */
	run(args: readonly string[], patience = longestMilliseconds, environment: Readonly<Record<string, string>> = {}): Promise<Ending> {
		return this.start(args, patience, environment).ended;
	}

	path(name: string): string {
		return join(this.folder, name);
	}

	get store(): string {
		return this.path(".sweetspot");
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
