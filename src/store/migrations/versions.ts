import { initial } from "./initial.js";
import type { Versions } from "./migration.js";

/** Until the first release, a change of the schema goes into `initial` and `first` goes up by one; after it, a change is a migration. */
export const versions: Versions = { first: 13, migrations: [initial] };
