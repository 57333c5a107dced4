/*
 * All that universal code may use beyond the language: what Node 20, web workers and pages have in common. `tsconfig.universal.json`
 * compiles that code against this file, without Node's types and the DOM's. Only the members in use are declared; add others that all
 * three platforms have. See docs/decisions/0013-universal-code.md.
 */

declare global {
	// Time, turns and cancelling.

	const performance: { now(): number };
	function setTimeout(act: () => void, milliseconds: number): number | object;
	function clearTimeout(timer: number | object | undefined): void;

	class AbortSignal {
		static any(signals: readonly AbortSignal[]): AbortSignal;
		readonly aborted: boolean;
		addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
		removeEventListener(type: "abort", listener: () => void): void;
	}

	class AbortController {
		readonly signal: AbortSignal;
		abort(reason?: unknown): void;
	}

	/** Node's alone: undefined in a browser. See core/turn.ts. */
	const setImmediate: ((act: () => void) => unknown) | undefined;

	interface MessagePort {
		onmessage: ((event: { readonly data: unknown }) => void) | null;
		postMessage(message: unknown): void;
		close(): void;
	}

	class MessageChannel {
		readonly port1: MessagePort;
		readonly port2: MessagePort;
	}

	// Bytes and texts.

	class TextEncoder {
		encode(text: string): Uint8Array<ArrayBuffer>;
	}

	class TextDecoder {
		constructor(encoding?: "utf-8", options?: { readonly fatal?: boolean });
		decode(bytes: Uint8Array): string;
	}

	function atob(base64: string): string;

	class URL {
		static canParse(text: string): boolean;
		constructor(text: string);
		readonly protocol: string;
		readonly username: string;
		readonly password: string;
		readonly search: string;
		readonly hash: string;
	}

	/** `subtle` is undefined in a page that is not secure. */
	const crypto: {
		readonly subtle: { digest(algorithm: "SHA-256", data: ArrayBufferView<ArrayBuffer>): Promise<ArrayBuffer> } | undefined;
	};

	/** Not every browser iterates over a stream: read it. */
	interface ReadableStream<T> {
		getReader(): {
			read(): Promise<{ readonly done: false; readonly value: T } | { readonly done: true; readonly value?: undefined }>;
			cancel(): Promise<void>;
		};
		pipeThrough<U>(through: { readonly readable: ReadableStream<U> }): ReadableStream<U>;
	}

	class Blob {
		constructor(parts: readonly Uint8Array<ArrayBuffer>[]);
		stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
	}

	class DecompressionStream {
		constructor(format: "gzip" | "deflate-raw");
		readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
	}

	class Response {
		constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>);
		arrayBuffer(): Promise<ArrayBuffer>;
	}

	namespace WebAssembly {
		class Memory {
			constructor(pages: { readonly initial: number; readonly maximum: number });
			readonly buffer: ArrayBuffer;
			grow(pages: number): number;
		}
		class Module {
			constructor(bytes: Uint8Array<ArrayBuffer>);
		}
		class Instance {
			constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
			readonly exports: Readonly<Record<string, unknown>>;
		}
	}

	// What charts are drawn with. Types only: a chart is handed its document, and there is no global one.

	interface SVGElement {
		readonly tagName: string;
		textContent: string | null;
		getAttribute(name: string): string | null;
		setAttribute(name: string, value: string): void;
		append(...children: readonly SVGElement[]): void;
		prepend(...children: readonly SVGElement[]): void;
		querySelectorAll(selector: string): Iterable<SVGElement>;
	}

	type SVGSVGElement = SVGElement;

	interface Document {
		createElementNS(namespace: "http://www.w3.org/2000/svg", name: string): SVGElement;
	}
}

export {};
