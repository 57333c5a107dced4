import { initial } from "./0001-initial.js";
import { extensions } from "./0002-extensions.js";
import { experiments } from "./0003-experiments.js";
import { backend } from "./0004-backend.js";
import { settings } from "./0005-settings.js";
import { regression } from "./0006-regression.js";
import { scripts } from "./0007-scripts.js";
import type { Migration } from "./migration.js";

/** In order: the first makes version 1 out of an empty file. */
export const migrations: readonly Migration[] = [initial, extensions, experiments, backend, settings, regression, scripts];
