/** One line of a CSV text that could be read. */
interface CsvRecord {
  /** Line in the text, from 1, on which it begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface Fault {
  readonly line: number;
  /** What is wrong with it, and what was expected. */
  readonly why: string;
}

interface Csv {
  readonly records: readonly CsvRecord[];
  readonly faults: readonly Fault[];
}

/** A field, quoted or not, and what ends it. */
const field = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
const lineEnd = /\r\n|\n|\r|$/g;

/** Reads comma-separated text (RFC 4180). Empty lines are left out; a line that cannot be read is a fault. */
export function readCsv(text: string): Csv {
  const records: CsvRecord[] = [];
  const faults: Fault[] = [];
  // Spreadsheets begin a file with a byte order mark.
  let [at, line] = [text.startsWith("\uFEFF") ? 1 : 0, 1];
  while (at < text.length) {
    const found = readRecord(text, at);
    if (found === undefined) faults.push({ line, why: "a quotation mark that opens or ends in the middle of a field" });
    else if (found.fields.some((each) => each !== "")) records.push({ line, fields: found.fields });
    const end = found?.end ?? endOfLine(text, at);
    line += text.slice(at, end).match(/\r\n|\n|\r/g)?.length ?? 0;
    at = end;
  }
  return { records, faults };
}

function readRecord(text: string, from: number): { readonly fields: string[]; readonly end: number } | undefined {
  const fields: string[] = [];
  field.lastIndex = from;
  for (;;) {
    const found = field.exec(text);
    if (found === null) return undefined;
    const [, quoted, bare = "", end] = found;
    fields.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"'));
    if (end !== ",") return { fields, end: field.lastIndex };
  }
}

function endOfLine(text: string, from: number): number {
  lineEnd.lastIndex = from;
  lineEnd.exec(text);
  return lineEnd.lastIndex;
}
