import { mkdirSync, statfsSync, writeFileSync } from "node:fs";
import { moreRoom, SweetspotError } from "../../core/errors.js";

/** Makes a folder that only its owner may read, and the folders above it. Returns its path. Throws `store/full` and `cluster/unusable`. */
export function makePrivateFolder(folder: string): string {
	attempt(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
	return folder;
}

/** Writes a file that only its owner may read. Throws the same. */
export const writePrivateFile = (file: string, text: string): void => attempt(file, () => writeFileSync(file, text, { mode: 0o600 }));

function attempt(path: string, act: () => void): void {
	try {
		act();
	} catch (cause) {
		const { code = "", message } = cause as NodeJS.ErrnoException;
		if (code === "ENOSPC" || code === "EDQUOT") throw new SweetspotError("store/full", message, moreRoom, { cause });
		throw new SweetspotError("cluster/unusable", `${path} (${code})`, "name a folder that you may write to: `cluster.folder`", { cause });
	}
}

/** Job systems interpret patterns and quotes in some arguments, so paths that contain them are refused. */
export function requirePlainPath(folder: string): void {
	const [odd] = /[%"'\\`$\p{Cc}]/u.exec(folder) ?? [];
	if (odd === undefined) return;
	throw new SweetspotError(
		"cluster/unusable",
		`the path ${JSON.stringify(folder)} holds ${JSON.stringify(odd)}`,
		"name a folder without quotes, backslashes, $, % and line breaks in its path: `cluster.folder`",
	);
}

/** Network file systems by the numbers that Linux has for them: on those SQLite's locks can't be trusted. */
const networks: Readonly<Record<number, string>> = {
	26985: "NFS",
	198183888: "Lustre",
	1196443219: "GPFS",
	4283649346: "CIFS",
	4266872130: "SMB",
	428016422: "BeeGFS",
	12805120: "Ceph",
	1397113167: "AFS",
	537068840: "OrangeFS",
};

/** The store has one writer on one machine, and lies on a local disk. Throws `store/unlocked`. */
export function requireLocalDisk(store: string): void {
	const network = networks[statfsSync(store).type];
	if (network === undefined) return;
	throw new SweetspotError(
		"store/unlocked",
		`${store} is on a network file system (${network}), where the locks of a database can't be trusted`,
		"name a folder on a disk of this machine, such as `--store /var/tmp/$USER/sweetspot`; `cluster.folder` is what the nodes see",
	);
}

/** An error if the folder's disk is full; else null. */
export function shortageIn(folder: string): SweetspotError | null {
	const { bavail, ffree, files } = statfsSync(folder);
	if (bavail > 0 && (ffree > 0 || files === 0)) return null;
	return new SweetspotError("store/full", `there is no room left in ${folder}`, moreRoom);
}
