import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../src/store/open.js";
import { storeContract } from "./store.js";

storeContract("openStore", () => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-store-"));
	return { open: () => openStore(dir, { mode: "write" }), dispose: () => rmSync(dir, { recursive: true }) };
});
