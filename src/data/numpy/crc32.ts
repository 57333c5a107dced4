/** The remainders of single bytes, by the reversed polynomial of CRC-32/ISO-HDLC. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
	let remainder = byte;
	for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
	return remainder;
});

/** The checksum that ZIP files keep of their members: 32 bits, unsigned. */
export function crc32(bytes: Uint8Array): number {
	let remainder = 0xffffffff;
	for (const byte of bytes) remainder = table[(remainder ^ byte) & 0xff] ^ (remainder >>> 8);
	return (remainder ^ 0xffffffff) >>> 0;
}
