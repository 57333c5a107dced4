/**
 * A cyclic redundancy check of 32 bits, unsigned: bytes in reflected order, all ones at the beginning, inverted at the end. `polynomial`:
 * reversed, such as 0xedb88320 of CRC-32/ISO-HDLC, or 0x82f63b78 of CRC-32C (Castagnoli).
 */
export function crcBy(polynomial: number): (bytes: Uint8Array) => number {
	/** The remainders of single bytes. */
	const table = Uint32Array.from({ length: 256 }, (_, byte) => {
		let remainder = byte;
		for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
		return remainder;
	});
	return (bytes) => {
		let remainder = 0xffffffff;
		for (const byte of bytes) remainder = table[(remainder ^ byte) & 0xff] ^ (remainder >>> 8);
		return (remainder ^ 0xffffffff) >>> 0;
	};
}
