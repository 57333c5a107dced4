import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { SweetspotError } from "../../../core/errors.js";

/** Ray takes no package above 500 MiB, and each of its nodes keeps a copy. */
export const mostUploadedBytes = 100 * 2 ** 20;
const mostUploadedFiles = 5000;

/** Never uploaded, whatever .gitignore says: histories, settings with secrets, keys, and what programs make again. */
const never =
	/^(?:\.git|\.hg|\.svn|\.sweetspot.*|\.env.*|\.netrc|\.npmrc|\.pypirc|\.htpasswd|\.ssh|\.gnupg|\.aws|\.azure|\.gcloud|\.kube|\.docker|\.ray|\.git-credentials|auth_token|credentials(?:\.json)?|secrets?\.(?:json|ya?ml|toml|env)|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|.*\.(?:pem|key|p12|pfx|jks|keystore|keytab|ppk|kdbx|gpg|asc)|__pycache__|node_modules)$/i;

/** A file of a folder. */
export interface FolderFile {
	/** Relative to the folder, with slashes. */
	readonly name: string;
	readonly size: number;
	readonly isExecutable: boolean;
}

/** A .gitignore, and the folder that it is about. */
interface Rules {
	readonly folder: string;
	readonly rules: Ignore;
}

/**
 * The files of a folder that may be uploaded, by name. It leaves out what .gitignore files name, in the folder and above it up to the
 * root of a repository; what must stay on this machine; Python's virtual environments; and links, which it doesn't follow. `apart`: an
 * absolute path in it that is left out as well. Throws `cluster/unusable` where there is too much.
 */
export function folderFiles(folder: string, apart: string | null = null): readonly FolderFile[] {
	const files: FolderFile[] = [];
	let bytes = 0;
	const look = (place: string, above: readonly Rules[]): void => {
		const rules = [...above, ...rulesIn(place)];
		for (const entry of entriesOf(place)) {
			const path = join(place, entry.name);
			if (never.test(entry.name) || path === apart) continue;
			if (entry.isDirectory()) {
				if (isIgnored(`${path}${sep}`, rules) || existsSync(join(path, "pyvenv.cfg"))) continue;
				look(path, rules);
			} else if (entry.isFile() && !isIgnored(path, rules)) {
				const { size, mode } = statSync(path);
				files.push({ name: relative(folder, path).replaceAll(sep, "/"), size, isExecutable: (mode & 0o100) !== 0 });
				bytes += size;
				if (bytes > mostUploadedBytes || files.length > mostUploadedFiles) throw tooMuch(folder, files);
			}
		}
	};
	look(folder, rulesAbove(folder));
	return files.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function entriesOf(folder: string): readonly Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch (cause) {
		throw new SweetspotError(
			"cluster/unusable",
			`${folder} can't be read (${(cause as NodeJS.ErrnoException).code})`,
			"list it in .gitignore, so that it isn't uploaded",
			{ cause },
		);
	}
}

function rulesIn(folder: string): readonly Rules[] {
	try {
		return [{ folder, rules: ignore().add(readFileSync(join(folder, ".gitignore"), "utf8")) }];
	} catch {
		return []; // there is none
	}
}

/** Those of the repository that the folder is in, from its root downwards; none where it is in none. */
function rulesAbove(folder: string): readonly Rules[] {
	const above: Rules[] = [];
	for (let place = folder; ; place = dirname(place)) {
		if (place !== folder) above.unshift(...rulesIn(place));
		if (existsSync(join(place, ".git"))) return above;
		if (place === dirname(place)) return [];
	}
}

/** The deepest file that says anything about a path decides. A folder's path ends in a slash. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
	for (const { folder, rules: own } of [...rules].reverse()) {
		const { ignored, unignored } = own.test(path.slice(folder === sep ? 1 : folder.length + 1).replaceAll(sep, "/"));
		if (ignored || unignored) return ignored;
	}
	return false;
}

function tooMuch(folder: string, files: readonly FolderFile[]): SweetspotError {
	const [largest] = [...files].sort((one, other) => other.size - one.size);
	return new SweetspotError(
		"cluster/unusable",
		`${folder} has more to upload than ${mostUploadedBytes / 2 ** 20} MiB or ${mostUploadedFiles} files; the largest seen is ${largest.name}`,
		"list what trials don't need in .gitignore, or use a folder that the nodes see: `cluster.folder` without `ray.upload`",
	);
}
