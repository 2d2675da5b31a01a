import type { MailRow } from "../../domain/advice/mail-history.ts";
import { otherProvider, type ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import { dayMs, dayNumber, utcDay } from "../../domain/utc-day.ts";
import { readCsv, type Unusable } from "./csv.ts";

/** A line that names no day, such as a sum at the end. */
export interface LeftOut {
  readonly line: number;
  readonly why: string;
}

/** What a file of a sender's own mail says. */
export interface ReadHistory {
  readonly rows: readonly MailRow[];
  /** In the order of the file. */
  readonly leftOut: readonly LeftOut[];
  /** Names in the provider column that the directory does not have: they count as `other`. */
  readonly unknownProviders: readonly string[];
}

const expected = "expected a header with date, provider or domain, and count, separated by commas";

/**
 * Reads a CSV text with a header: date (YYYY-MM-DD), provider or domain, count. Other columns are left alone. A line that
 * tells of a day and cannot be read makes the text unusable: what is left would be the history of another sender.
 */
export function readMailHistory(text: string, directory: ProviderDirectory): ReadHistory | Unusable {
  const records = readCsv(text);
  if ("unusable" in records) return records;
  const [header, ...lines] = records;
  const names = header?.fields.map((name) => name.toLowerCase()) ?? [];
  const columns = { date: names.indexOf("date"), count: names.indexOf("count"), to: recipientColumn(names) };
  if (header === undefined) return { unusable: `it is empty: ${expected}` };
  if (columns.date < 0 || columns.count < 0 || columns.to < 0) {
    return { unusable: `line ${header.line} is ${JSON.stringify(header.fields.join(","))}: ${expected}` };
  }
  const unknown = new Set<string>();
  const rows: MailRow[] = [];
  const leftOut: LeftOut[] = [];
  for (const { line, fields } of lines) {
    const [date = "", to = "", count = ""] = [columns.date, columns.to, columns.count].map((at) => fields[at] ?? "");
    const why = faultOf(date, to, count);
    if (why === undefined) {
      rows.push({ day: date, provider: providerOf(to, directory, unknown), recipients: wholeNumber(count) });
    } else if (/\d/.test(date)) return { unusable: `line ${line} has ${why}` };
    else leftOut.push({ line, why });
  }
  return { rows, leftOut, unknownProviders: [...unknown] };
}

function recipientColumn(names: readonly string[]): number {
  const provider = names.indexOf("provider");
  return provider < 0 ? names.indexOf("domain") : provider;
}

function faultOf(date: string, to: string, count: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || utcDay(dayNumber(date) * dayMs) !== date)
    return `date ${JSON.stringify(date)}: expected a day as YYYY-MM-DD`;
  if (to === "") return "no provider or domain";
  if (Number.isNaN(wholeNumber(count)))
    return `count ${JSON.stringify(count)}: expected a whole number from 0 on, such as 1167 or "1,167"`;
  return undefined;
}

/** Spreadsheets write thousands apart, always by three digits. NaN for what is no whole number from 0 on. */
function wholeNumber(text: string): number {
  return /^(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})$/.test(text) ? Number(text.replaceAll(",", "")) : Number.NaN;
}

/** A name of the directory, or a domain that it knows. */
function providerOf(given: string, directory: ProviderDirectory, unknown: Set<string>): string {
  const name = given.toLowerCase();
  if (directory.names.includes(name)) return name;
  if (name.includes(".")) return directory.of(name.slice(name.lastIndexOf("@") + 1));
  unknown.add(given);
  return otherProvider;
}
