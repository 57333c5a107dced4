import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../src/store/open.js";
import { type StoreUnderTest, storeContract } from "./store.js";
import { followingContract } from "./store-following.js";

const onDisk = (): StoreUnderTest => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-store-"));
	return { open: () => openStore(dir, { mode: "write" }), dispose: () => rmSync(dir, { recursive: true }) };
};

storeContract("openStore", onDisk);
followingContract("openStore", onDisk);
