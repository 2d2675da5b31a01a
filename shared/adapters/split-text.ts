/** Cuts text into parts of at most `maxBytes` of UTF-8 each, never inside a character. Empty text is one empty part. */
export function splitText(text: string, maxBytes: number): string[] {
  const parts: string[] = [];
  let rest = Buffer.from(text);
  while (rest.length > maxBytes) {
    let end = maxBytes;
    while (isContinuation(rest[end])) end -= 1;
    parts.push(rest.subarray(0, end).toString());
    rest = rest.subarray(end);
  }
  return [...parts, rest.toString()];
}

/** Bytes 10xxxxxx continue a UTF-8 sequence. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
