import type { MailRow } from "../../domain/advice/mail-history.ts";
import { otherProvider, type ProviderDirectory } from "../../domain/routing/mailbox-provider.ts";
import { dayMs, dayNumber, utcDay } from "../../domain/utc-day.ts";
import { type Fault, readCsv } from "./csv.ts";

/** What a file of a sender's own mail says. */
export interface ReadHistory {
  readonly rows: readonly MailRow[];
  /** Lines that were left out, in their order. */
  readonly faults: readonly Fault[];
  /** Names in the provider column that the directory does not have: they count as `other`. */
  readonly unknownProviders: readonly string[];
}

/** The file cannot be used at all. */
export interface Unusable {
  readonly unusable: string;
}

const expected = "expected a header with date, provider or domain, and count, separated by commas";

/** Reads a CSV text with a header: date (YYYY-MM-DD), provider or domain, count. Other columns are left alone. */
export function readMailHistory(text: string, directory: ProviderDirectory): ReadHistory | Unusable {
  const { records, faults } = readCsv(text);
  const [header, ...lines] = records;
  const names = header?.fields.map((name) => name.toLowerCase()) ?? [];
  const columns = { date: names.indexOf("date"), count: names.indexOf("count"), to: recipientColumn(names) };
  if (header === undefined) return { unusable: `it is empty: ${expected}` };
  if (columns.date < 0 || columns.count < 0 || columns.to < 0) {
    return { unusable: `line ${header.line} is ${header.fields.join(",")}: ${expected}` };
  }
  const unknown = new Set<string>();
  const rows: MailRow[] = [];
  const bad = [...faults];
  for (const { line, fields } of lines) {
    const [date = "", to = "", count = ""] = [columns.date, columns.to, columns.count].map((at) => fields[at] ?? "");
    const why = faultOf(date, to, count);
    if (why === undefined) {
      rows.push({ day: date, provider: providerOf(to, directory, unknown), recipients: Number(count) });
    } else bad.push({ line, why });
  }
  return { rows, faults: bad.toSorted((one, other) => one.line - other.line), unknownProviders: [...unknown] };
}

function recipientColumn(names: readonly string[]): number {
  const provider = names.indexOf("provider");
  return provider < 0 ? names.indexOf("domain") : provider;
}

function faultOf(date: string, to: string, count: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || utcDay(dayNumber(date) * dayMs) !== date)
    return `date ${JSON.stringify(date)}: expected a day as YYYY-MM-DD`;
  if (to === "") return "no provider or domain";
  if (!/^\d{1,12}$/.test(count)) return `count ${JSON.stringify(count)}: expected a whole number from 0 on`;
  return undefined;
}

/** A name of the directory, or a domain that it knows. */
function providerOf(given: string, directory: ProviderDirectory, unknown: Set<string>): string {
  const name = given.toLowerCase();
  if (directory.names.includes(name)) return name;
  if (name.includes(".")) return directory.of(name.slice(name.lastIndexOf("@") + 1));
  unknown.add(given);
  return otherProvider;
}
