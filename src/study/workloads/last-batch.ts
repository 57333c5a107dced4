import { z } from "zod";

/** Whether the last batch of an epoch, which may have fewer examples than the others, is kept. */
export const lastBatch = z.enum(["keep", "drop"]);
