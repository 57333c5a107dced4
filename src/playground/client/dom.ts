type Child = Node | string;

/** An element with its attributes (true: there; false: not there), listeners for `on…`, and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Readonly<Record<string, string | number | boolean>> = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === true) made.setAttribute(name, "");
		else if (value !== false) made.setAttribute(name, String(value));
	}
	made.append(...children);
	return made;
}

export function button(text: string, act: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLButtonElement {
	const made = element("button", { type: "button", ...attributes }, text);
	made.addEventListener("click", act);
	return made;
}

/** One of several values, chosen from a list. */
export interface Choice<Value extends string | number> {
	readonly value: Value;
	readonly text: string;
}

/** A labelled list to choose from. `show` puts a value there, which becomes an option if it is none, with this text. */
export interface Chooser<Value extends string | number> {
	readonly label: HTMLLabelElement;
	readonly select: HTMLSelectElement;
	show(value: Value, text?: string): void;
}

export function chooser<Value extends string | number>(
	text: string,
	choices: readonly Choice<Value>[],
	choose: (value: Value) => void,
): Chooser<Value> {
	const select = element("select", { "aria-label": text });
	const known: Choice<Value>[] = [...choices];
	const add = (choice: Choice<Value>) => select.append(element("option", { value: choice.value }, choice.text));
	for (const choice of choices) add(choice);
	select.addEventListener("change", () => {
		const chosen = known[select.selectedIndex];
		if (chosen) choose(chosen.value);
	});
	return {
		label: element("label", {}, text, select),
		select,
		show(value, text) {
			const at = known.findIndex((choice) => choice.value === value);
			if (at < 0) {
				const choice = { value, text: text ?? String(value) };
				known.push(choice);
				add(choice);
			} else if (text !== undefined) write(select.options[at], text);
			if (select.value !== String(value)) select.value = String(value);
		},
	};
}

/** Writes a text where it differs: the browser then has nothing to do for what stays. */
export function write(node: Node, text: string): void {
	if (node.textContent !== text) node.textContent = text;
}
