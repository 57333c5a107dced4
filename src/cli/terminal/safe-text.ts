const [esc, bell] = ["\u001b", "\u0007"];

const colour = `(${esc}\\[[\\d;]*m)`;
/** Commands (CSI), texts such as a window's title (OSC), and what else begins with an escape. */
const sequence = `${esc}(?:[@-Z\\\\^_]|\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?)?`;
/** All others but for line breaks and tabs, and the marks that turn the order of letters round. */
const control = "(?![\\n\\t])[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]";

/** Colours, which are ours, and what else a terminal would obey. */
const obeyed = new RegExp(`${colour}|${sequence}|${control}`, "gu");

/**
 * The text with nothing in it that a terminal would obey, but for colours. A study's name, a column's title or what a script printed may
 * have brought it along.
 */
export const safeText = (text: string): string => text.replace(obeyed, (_, color: string | undefined) => color ?? "");
