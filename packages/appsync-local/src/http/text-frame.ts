/** FIN and the opcode of a text frame (RFC 6455 5.2). */
const WHOLE_TEXT = 0x81;
/** Payload lengths that announce the actual length in the next 2 or 8 bytes (RFC 6455 5.2). */
const LENGTH_IN_2 = 126;
const LENGTH_IN_8 = 127;

/**
 * Builds a complete, unmasked text message in wire format, in one buffer: a message to thousands of clients is one copy and one
 * write per client, where the library makes two writes (measured 2026-11-28: 1.6 times the CPU of a bare broadcast before). It
 * may be written between the library's own frames while the socket is open, as long as nothing is compressed.
 *
 * @param parts of its UTF-8, in order
 */
export function textFrame(parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) {
    length += part.length;
  }
  const headLength = length < LENGTH_IN_2 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = WHOLE_TEXT;
  if (headLength === 2) {
    frame[1] = length;
  } else if (headLength === 4) {
    frame[1] = LENGTH_IN_2;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_IN_8;
    frame.writeUIntBE(0, 2, 2);
    frame.writeUIntBE(length, 4, 6);
  }
  let at = headLength;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}
