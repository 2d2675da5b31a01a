import { jsonLog } from "../../../shared/adapters/json-log.ts";
import type { LogLine } from "../fakes/recording-log.ts";
import type { LoggedLine } from "./watch.ts";

/** Lines of a function as they stand in its log group, one every second from a moment on. */
export function logged(logGroup: string, lines: readonly LogLine[], fromMs: number): LoggedLine[] {
  return lines.map((each, index) => {
    const atMs = fromMs + 1_000 * index;
    return { logGroup, atMs, line: asLambdaWrites(each, atMs) };
  });
}

/** Lambda's JSON log format puts what was logged under `message`. */
function asLambdaWrites({ level, code, fields }: LogLine, atMs: number): unknown {
  const original = console[level];
  let said: unknown;
  console[level] = (given: unknown) => {
    said = given;
  };
  try {
    jsonLog[level](code, fields);
  } finally {
    console[level] = original;
  }
  const line = { timestamp: new Date(atMs).toISOString(), level: level.toUpperCase(), message: said };
  return JSON.parse(JSON.stringify(line));
}
