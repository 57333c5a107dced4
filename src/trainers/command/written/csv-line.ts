/** The separator that a header has most of; a comma where it has none. */
export function separatorOf(header: string): string {
	const count = (separator: string) => header.split(separator).length;
	return [";", "\t"].reduce((most, next) => (count(next) > count(most) ? next : most), ",");
}

/** The fields of one line. Quotes may stand around a field, and are doubled within it. */
export function fieldsOf(line: string, separator: string): readonly string[] {
	if (!line.includes('"')) return line.split(separator).map((field) => field.trim());
	const fields: string[] = [];
	for (let at = 0; at <= line.length; ) {
		const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(line.slice(at));
		const end = line.indexOf(separator, at + (quoted?.[0].length ?? 0));
		const to = end < 0 ? line.length : end;
		fields.push(quoted ? quoted[1].replaceAll('""', '"') : line.slice(at, to).trim());
		at = to + 1;
	}
	return fields;
}
