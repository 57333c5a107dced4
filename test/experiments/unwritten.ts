/** What no reader should meet: a figure that isn't there, written as if it were. */
export const unwritten = /\b(NaN|undefined|null|Infinity)\b|\[object|∞/;
