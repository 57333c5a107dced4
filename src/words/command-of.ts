/** A sentence that may end with a command: what stands before it, colon and all, and the command, which is set so that it can be copied. Null: it has none. */
export function commandOf(sentence: string): { readonly text: string; readonly command: string | null } {
	const found = /^(.*:) (sweetspot .*)$/s.exec(sentence);
	return found ? { text: found[1], command: found[2] } : { text: sentence, command: null };
}
