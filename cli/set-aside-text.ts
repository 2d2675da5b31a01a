import type { SetAside } from "../shared/domain/set-aside/set-aside.ts";
import { alignedTable } from "./table.ts";

/** One line of the list as JSON; `entry` names the line where no id could be read, or one id is there twice. */
export interface SetAsideRow {
  readonly id: string | null;
  readonly stream: string | null;
  readonly code: string;
  readonly sentence: string;
  /** ISO 8601. */
  readonly at: string;
  readonly entry: string;
}

export function setAsideRow({ id, stream, code, sentence, atMs, name }: SetAside): SetAsideRow {
  return { id: id ?? null, stream: stream ?? null, code, sentence, at: new Date(atMs).toISOString(), entry: name };
}

/** The list for a person, the latest first. */
export function setAsideTable(entries: readonly SetAside[]): string[] {
  if (entries.length === 0) return ["Nothing lies here."];
  return alignedTable(
    ["when (UTC)", "stream", "id", "code", "what to do"].map((heading) => ({ heading })),
    entries.map((entry) => {
      const { at, stream, id, code, sentence, entry: name } = setAsideRow(entry);
      return [at.replace("T", " ").slice(0, 19), stream ?? "", id ?? `(entry ${name})`, code, sentence].map(printable);
    }),
  );
}

/** Ids and names come from outside: what a terminal would obey is not shown. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, "\uFFFD");
}
