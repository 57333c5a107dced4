import { html, Markup } from "./markup.js";

/**
 * A figure with its interval, `10.6 ms [9.6–11.0]`, one of the product's symbols with an index, `B_crit`, or what is to be typed: between
 * backticks, or a flag with its number, `--budget 20x`.
 */
const notable =
	/((?<!\w)-?\d[\d.,]*(?: (?:%|ns|µs|ms|s|min|h))?) (\[[^\]]*\])|\b([A-Z])_(\w+)|`([^`]+)`|(?<![\w-])(--[a-z][a-z-]*(?: \d\w*)?)/gu;

/**
 * A sentence as HTML: figures stay on one line with their intervals, which step back behind them, and flags with their numbers; symbols get their index, what is to be
 * typed its type; a unit never starts a line. Everything is escaped.
 */
export function prose(sentence: string): Markup {
	const pieces: Markup[] = [];
	let from = 0;
	for (const match of sentence.matchAll(notable)) {
		const [whole, value, interval, symbol, index, code, flag] = match;
		pieces.push(html`${kept(sentence.slice(from, match.index))}`);
		pieces.push(
			code
				? html`<code>${code}</code>`
				: flag
					? html`<code class="flag">${flag}</code>`
					: symbol
						? html`<var>${symbol}</var><sub>${index}</sub>`
						: html`<span class="figure">${value.replaceAll(" ", "\u00a0")}<span class="interval"> ${interval}</span></span>`,
		);
		from = match.index + whole.length;
	}
	return new Markup(`${pieces.map((piece) => piece.text).join("")}${html`${kept(sentence.slice(from))}`.text}`);
}

const kept = (text: string): string => text.replace(/(\d) (%|ns|µs|ms|s|min|h)(?!\w)/gu, "$1\u00a0$2");
