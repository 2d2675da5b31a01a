export interface RawHeader {
  /** In lower case. */
  readonly name: string;
  /** In one line. */
  readonly value: string;
}

/** Headers in their order, or why the block cannot be read for certain. */
export type RawHeaders = { readonly headers: readonly RawHeader[] } | { readonly fault: string };

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const headerLine = /^([!-9;-~]+):(.*)$/s;

/**
 * Reads the header block of an internet message (RFC 5322), and nothing of its body. Strict on purpose: a line that two
 * programs could read in two ways (another line end than the first line's, blanks before the colon, a line of blanks) is
 * a fault, since SES and the receivers must find the same headers as we do.
 */
export function readRawHeaders(message: Buffer): RawHeaders {
  const lineEnd = lineEndOf(message);
  if (message.indexOf(lineEnd) === 0)
    return { fault: "has no headers before its first blank line: expected From and others" };
  const block = message.toString("utf8", 0, lengthOfHeaders(message));
  return headersOf(block.replace(/\r?\n$/, "").split(lineEnd));
}

/** The same message without the headers of a name; every other byte stays. Only for what `readRawHeaders` can read. */
export function withoutHeader(name: string, message: Buffer): Buffer {
  const length = lengthOfHeaders(message);
  // Latin 1 has a character for each byte, so that the bytes come out as they went in.
  const block = message.toString("latin1", 0, length);
  const header = new RegExp(`^${name}:.*(?:\\r?\\n|$)(?:[ \\t].*(?:\\r?\\n|$))*`, "gim");
  return Buffer.concat([Buffer.from(block.replace(header, ""), "latin1"), message.subarray(length)]);
}

/** With the line end of the last header, without the blank line. */
function lengthOfHeaders(message: Buffer): number {
  const lineEnd = lineEndOf(message);
  const blankLine = message.indexOf(lineEnd + lineEnd);
  return blankLine < 0 ? message.length : blankLine + lineEnd.length;
}

function lineEndOf(message: Buffer): string {
  return message[message.indexOf("\n") - 1] === 0x0d ? "\r\n" : "\n";
}

function headersOf(lines: readonly string[]): RawHeaders {
  const headers: { name: string; value: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const which = `has headers whose line ${index + 1}`;
    if (controlCharacter.test(line)) {
      return { fault: `${which} has a control character, or another line end than line 1: end every line with CRLF` };
    }
    const last = headers.at(-1);
    const [, name, value = ""] = headerLine.exec(line) ?? [];
    if (name !== undefined) headers.push({ name: name.toLowerCase(), value: value.trim() });
    else if (last !== undefined && /^[ \t]+[^ \t]/.test(line)) last.value += line;
    else
      return { fault: `${which} is no header: expected Name: value, or a line that goes on and begins with a blank` };
  }
  return { headers };
}
