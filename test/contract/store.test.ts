import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMemoryStore } from "../../src/store/memory.js";
import { MemoryContents } from "../../src/store/memory-contents.js";
import { openStore } from "../../src/store/open.js";
import { type StoreUnderTest, storeContract } from "./store.js";
import { copiesContract } from "./store-copies.js";
import { followingContract } from "./store-following.js";

const onDisk = (): StoreUnderTest => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-store-"));
	return { open: () => openStore(dir, { mode: "write" }), dispose: () => rmSync(dir, { recursive: true }) };
};

storeContract("openStore", onDisk);
followingContract("openStore", onDisk);
copiesContract("openStore", onDisk);

const inMemory = (): StoreUnderTest => {
	const contents = new MemoryContents();
	return { open: () => openMemoryStore(contents), dispose: () => {} };
};

storeContract("openMemoryStore", inMemory);
followingContract("openMemoryStore", inMemory);
copiesContract("openMemoryStore", inMemory);
