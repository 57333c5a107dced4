import { expect, test } from "vitest";
import { jobVersion } from "../job-files.js";
import { type JobTicket, jobPackage, jobPackageName, mostSilenceMilliseconds, whyTooLate } from "./job-package.js";

const task = { kind: "trials", trials: [] } as const;

test("a job may begin as long as someone waits for it, and not once it was given up", () => {
	const ticket: JobTicket = { version: jobVersion, task, heard: 1e12 };
	expect(whyTooLate(ticket, 1e12)).toBeNull();
	expect(whyTooLate(ticket, 1e12 - 30_000)).toBeNull(); // this node's clock is behind
	expect(whyTooLate(ticket, 1e12 + mostSilenceMilliseconds)).toMatch(/began 120 s after/);
	expect(whyTooLate({ ...ticket, task: null }, 1e12)).toMatch(/given up/);
});

test("a job's package has a name of its own, which doesn't change when it is renewed", () => {
	expect(jobPackageName("sweetspot-a-1")).not.toBe(jobPackageName("sweetspot-a-2"));
	expect(jobPackageName("sweetspot-a-1")).toMatch(/^_ray_pkg_[0-9a-f]{32}\.zip$/);
	expect(jobPackage(task, 1).equals(jobPackage(task, 2))).toBe(false);
});
