import { type LogCode, logCode } from "../domain/log-codes.ts";
import type { Log, LogFields } from "../ports/log.ts";

/** One JSON object a line; Lambda's JSON log format takes level and fields as they are. */
export const jsonLog: Log = {
  info: (code, fields) => console.info(line(code, fields)),
  warn: (code, fields) => console.warn(line(code, fields)),
  error: (code, fields) => console.error(line(code, fields)),
};

function line(code: LogCode, fields: LogFields): LogFields {
  return { code, message: logCode[code], ...fields };
}
