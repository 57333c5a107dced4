import { writeFileSync } from "node:fs";
import { z } from "zod";
import { studySchema } from "../src/study/schema.js";

/** Writes docs/study.schema.json, the JSON Schema of the study file. A test compares it with the schema it is made from. */
const schema = z.toJSONSchema(studySchema, { io: "input" });
writeFileSync(new URL("../docs/study.schema.json", import.meta.url), `${JSON.stringify(schema, null, "\t")}\n`);
