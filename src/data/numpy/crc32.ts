import { crcBy } from "../crc.js";

/** The checksum that ZIP files keep of their members, CRC-32/ISO-HDLC: 32 bits, unsigned. */
export const crc32 = crcBy(0xedb88320);
