import { type LogCode, logCode } from "../shared/domain/log-codes.ts";
import type { Log, LogFields } from "../shared/ports/log.ts";
import type { Terminal } from "./terminal.ts";

/** What went wrong on the way, on the error stream; what went well, the verb itself tells. */
export function terminalLog({ err }: Terminal): Log {
  const tell = (code: LogCode, fields: LogFields): void => err(`${code}: ${logCode[code]} ${JSON.stringify(fields)}`);
  return { info: () => undefined, warn: tell, error: tell };
}
