import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const fixtures = fileURLToPath(new URL("../../test/fixtures/trackers/", import.meta.url));

/** A file that a tracker wrote, unpacked: the fixture of this name, or the first file below its folder, by name. */
export function fixture(name: string): Uint8Array {
	const path = firstFile(join(fixtures, name));
	const bytes = readFileSync(path);
	return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

function firstFile(path: string): string {
	if (!statSync(path).isDirectory()) return path;
	const [first] = readdirSync(path).sort();
	return firstFile(join(path, first));
}
