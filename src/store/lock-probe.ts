import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lockForWriting } from "./writer-lock.js";

/** Exit code of the other process if it gets a lock that this one holds. */
const gotIt = 42;

/** Whether a lock in this folder really keeps another process out. Some network file systems only claim that it does. */
export function locksHold(dir: string): boolean {
	const place = mkdtempSync(join(dir, ".lock-probe-"));
	try {
		const unlock = lockForWriting(place);
		const module = new URL("./writer-lock.js", import.meta.url).href;
		const code = `import { lockForWriting } from ${JSON.stringify(module)};
try { lockForWriting(process.argv[1]); } catch { process.exit(0); }
process.exit(${gotIt});`;
		const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", code, place]);
		unlock();
		return status === 0;
	} finally {
		rmSync(place, { recursive: true, force: true });
	}
}
