import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** The study that `sweetspot tune` runs when it is given none. */
export const embeddedStudy: unknown = parse(readFileSync(new URL("../../examples/digits.yaml", import.meta.url), "utf8"));
