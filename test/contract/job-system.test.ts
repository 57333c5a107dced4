import { describe } from "vitest";
import { localPool } from "../../dist/executors/cluster/local-pool.js";
import { jobSystemContract } from "./job-system.js";

describe("the pool of processes", () => {
	jobSystemContract(({ folder, program }) => localPool(folder, program, process.execPath));
});
