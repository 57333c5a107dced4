import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { sha256Hex } from "../../../core/canonical.js";
import { SweetspotError } from "../../../core/errors.js";
import type { TrainableStudy } from "../../../study/study.js";
import { isCommand } from "../../../study/workloads/table.js";
import { formatCount } from "../../../words/numbers.js";
import { type JobSession, jobVersion } from "../job-files.js";
import { dataFiles } from "./data-files.js";
import { mostUploadedBytes } from "./folder-files.js";
import { inPackage } from "./layout.js";
import { relocated } from "./relocated.js";
import { scriptFiles } from "./script-files.js";
import { type ZipEntry, zipped } from "./zip.js";

/** All that the jobs of a session need, as one archive. */
export interface SessionPackage {
	/** As Ray names packages: by their content. */
	readonly name: string;
	readonly bytes: Buffer;
	/** The user's files in it, as the user knows them. */
	readonly uploaded: readonly string[];
	/** Their size. */
	readonly uploadedBytes: number;
}

interface Packing {
	readonly study: TrainableStudy;
	readonly id: string;
	/** The store's folder, which is never uploaded; null: in memory. */
	readonly store: string | null;
	/** Absolute path of the program, as `placeProgram` put it there. */
	readonly program: string;
}

/** Throws `cluster/unusable` and `data/…` where something that jobs need can't be uploaded. */
export async function sessionPackage({ study, id, store, program }: Packing): Promise<SessionPackage> {
	const user: ZipEntry[] = [];
	let moved = study;
	if (isCommand(study.workload)) {
		const { directory } = study.workload;
		for (const { name, isExecutable } of scriptFiles(study.workload, store === null ? null : resolve(store)))
			user.push({ name: `${inPackage.script}/${name}`, bytes: contentOf(join(directory, name)), isExecutable });
		moved = relocated(study, () => inPackage.script);
	} else {
		const data = await dataFiles(study);
		moved = data.study;
		for (const file of data.files) user.push({ ...file, isExecutable: false });
	}
	const uploadedBytes = user.reduce((sum, { bytes }) => sum + bytes.length, 0);
	if (uploadedBytes > mostUploadedBytes)
		throw new SweetspotError(
			"cluster/unusable",
			`the files to upload have ${formatCount(uploadedBytes)} bytes, more than ${mostUploadedBytes / 2 ** 20} MiB`,
			"use a folder that the nodes see: `cluster.folder` without `ray.upload`",
		);
	// Where the cluster's jobs run is nothing that they need to know.
	const { cluster: _, ...known } = moved;
	const session: JobSession = { version: jobVersion, study: known, id, program: sha256Hex(readFileSync(program)), scripts: "" };
	const bytes = zipped([
		...programFiles(program),
		{ name: inPackage.session, bytes: Buffer.from(JSON.stringify(session)), isExecutable: false },
		...user,
	]);
	return {
		name: `_ray_pkg_${sha256Hex(bytes).slice(0, 32)}.zip`,
		bytes,
		uploaded: user.map(({ name }) => name),
		uploadedBytes,
	};
}

/** The program and what it expects next to it. */
function programFiles(program: string): readonly ZipEntry[] {
	const folder = resolve(dirname(program), "../../..");
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort()
		.map((path) => ({
			name: `${inPackage.program}/${relative(folder, path).replaceAll(sep, "/")}`,
			bytes: readFileSync(path),
			isExecutable: false,
		}));
}

/** A file that has become a link or a pipe since it was listed is not read. */
function contentOf(path: string): Buffer {
	try {
		const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		try {
			if (!fstatSync(file).isFile()) throw new Error("it is no file any more");
			return readFileSync(file);
		} finally {
			closeSync(file);
		}
	} catch (cause) {
		throw new SweetspotError(
			"cluster/unusable",
			`${path} can't be uploaded: ${cause instanceof Error ? cause.message : String(cause)}`,
			"list it in .gitignore if trials don't need it",
			{ cause },
		);
	}
}
