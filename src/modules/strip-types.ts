/** What swc throws: not an `Error`. */
interface Refusal {
	readonly message: string;
	readonly startLine?: number;
}

/**
 * TypeScript without its types, which are replaced by white space: lines and columns stay. Throws a SyntaxError where the source is broken,
 * or has what can't be erased, such as an `enum`.
 */
export async function stripTypes(source: string, file: string): Promise<string> {
	const { transformSync } = await import("@swc/wasm-typescript"); // 3.6 MB, which nothing else needs
	try {
		return transformSync(source, { mode: "strip-only", module: true, filename: file }).code;
	} catch (error) {
		const { message, startLine } = error as Refusal;
		throw new SyntaxError(`${file}${startLine ? `, line ${startLine}` : ""}: ${message}`, { cause: error });
	}
}
