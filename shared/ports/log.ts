import type { LogCode } from "../domain/log-codes.ts";

/** Structured log: a code of the catalogue and ids. Never an address, subject, body or business id. */
export interface Log {
  info(code: LogCode, fields: LogFields): void;
  warn(code: LogCode, fields: LogFields): void;
  error(code: LogCode, fields: LogFields): void;
}

/** Values, or counts of one kind by name. */
export type LogFields = Readonly<
  Record<string, string | number | boolean | Readonly<Record<string, number>> | undefined>
>;
