import { copyFileSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { snapshotFile } from "../../executors/cluster/detached/order.js";
import { requireLocalDisk } from "../../executors/cluster/folder.js";
import { copyStore } from "../../store/backup.js";
import { openStore } from "../../store/open.js";

/** Runs `work` with a new folder on this machine's disk, which is gone afterwards. Throws `store/unlocked` where that is no local disk. */
export async function withScratch<Result>(work: (scratch: string) => Promise<Result> | Result): Promise<Result> {
	const scratch = mkdtempSync(join(tmpdir(), "sweetspot-control-"));
	try {
		requireLocalDisk(scratch);
		return await work(scratch);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

const fileIn = (store: string): string => join(store, "studies.sqlite");

/** Makes a store of a snapshot, in an empty folder. */
export const unpackSnapshot = (folder: string, generation: number, scratch: string): void =>
	copyFileSync(snapshotFile(folder, generation), fileIn(scratch));

/** Publishes a store that is closed: readers see the earlier snapshot until they see all of this one. */
export function publishSnapshot(store: string, folder: string, generation: number): void {
	const file = snapshotFile(folder, generation);
	const draft = `${file}.${process.pid}`;
	try {
		copyFileSync(fileIn(store), draft);
		renameSync(draft, file);
	} finally {
		rmSync(draft, { force: true });
	}
}

/** Publishes one study of a store, which may be open meanwhile. */
export const publishStudy = (store: string, id: string, folder: string, generation: number): Promise<void> =>
	withScratch((scratch) => {
		copyStore(store, fileIn(scratch));
		const copy = openStore(scratch, { mode: "write" });
		try {
			for (const other of copy.list()) if (other.id !== id) copy.remove(other.id);
		} finally {
			copy.close();
		}
		publishSnapshot(scratch, folder, generation);
	});
