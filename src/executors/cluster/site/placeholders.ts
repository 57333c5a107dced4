/** What placeholders stand for; a list becomes an argument for each of its values. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** A command with its placeholders filled in. Each stands alone in an argument, so nothing of a value is read as anything else. */
export const filledIn = (command: readonly string[], values: Values): readonly string[] =>
	command.flatMap((argument) => {
		const [, name] = /^\{([a-z]+)\}$/.exec(argument) ?? [];
		return name === undefined ? [argument] : (values[name] ?? argument);
	});
