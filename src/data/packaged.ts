import { sha256Hex } from "../core/canonical.js";
import { SweetspotError } from "../core/errors.js";
import { unpacked } from "./bytes.js";
import type { ReadBytes } from "./source.js";

/** A file that ships with the package, in data/: `sha256` of it as it lies there; data/README.md has the same. */
export interface Packaged {
	readonly file: string;
	readonly sha256: string;
}

/** Its rows of comma-separated fields, gzipped or not. Throws `data/not-found` and `data/damaged`. */
export async function packagedRows({ file, sha256 }: Packaged, read: ReadBytes): Promise<readonly (readonly string[])[]> {
	const bytes = await read({ packaged: file });
	if (!bytes) throw new SweetspotError("data/not-found", `${file} should have come with the package`, "install Sweetspot again");
	if (sha256Hex(bytes) !== sha256) {
		throw new SweetspotError(
			"data/damaged",
			`${file} has ${bytes.length} bytes with another checksum than the one shipped`,
			"install Sweetspot again",
		);
	}
	const text = new TextDecoder().decode(await unpacked(bytes, file));
	return text
		.trimEnd()
		.split("\n")
		.map((row) => row.split(","));
}
