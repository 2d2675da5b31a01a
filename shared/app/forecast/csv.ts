import { CsvError, type InfoRecord, parse } from "csv-parse/sync";

/** One record of a CSV text. */
interface CsvRecord {
  /** Line in the text, from 1, on which it begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** The text cannot be used at all. */
export interface Unusable {
  readonly unusable: string;
}

/**
 * Reads comma-separated text (RFC 4180) with any line ends; records without text are left out. A stray quotation mark
 * makes the text unusable: which of the lines after it belong together would be a guess.
 */
export function readCsv(text: string): readonly CsvRecord[] | Unusable {
  const records: CsvRecord[] = [];
  const onRecord = (fields: string[], { lines }: InfoRecord): undefined => {
    // Of a record over several lines the parser names the last.
    const line = lines - fields.join("").split("\n").length + 1;
    if (fields.some((field) => field !== "")) records.push({ line, fields });
  };
  try {
    parse(text.replace(/\r\n?/g, "\n"), {
      bom: true,
      on_record: onRecord,
      record_delimiter: "\n",
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { unusable: `up to line ${error.lines} a quotation mark opens or ends inside a field, or is never closed` };
  }
}
