import { readdirSync } from "node:fs";

/** Where inputs are tried, in a folder of its own: so deep that `../../outside` is in it as well, and seen. */
export const workingFolder = ["a", "b", "work"] as const;

/** Files and folders that aren't in the working folder. */
export const outside = (top: string): readonly string[] =>
	readdirSync(top, { recursive: true, encoding: "utf8" }).filter((name) => !/^a(\/b(\/work(\/.*)?)?)?$/s.test(name));
