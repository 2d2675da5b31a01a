import type { LogCode } from "../../../shared/domain/log-codes.ts";
import type { Log, LogFields } from "../../../shared/ports/log.ts";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly code: LogCode;
  readonly fields: LogFields;
}

/** Keeps every line. */
export class RecordingLog implements Log {
  readonly lines: LogLine[] = [];

  info(code: LogCode, fields: LogFields): void {
    this.lines.push({ level: "info", code, fields });
  }

  warn(code: LogCode, fields: LogFields): void {
    this.lines.push({ level: "warn", code, fields });
  }

  error(code: LogCode, fields: LogFields): void {
    this.lines.push({ level: "error", code, fields });
  }

  /** Lines of one code. */
  of(code: LogCode): LogLine[] {
    return this.lines.filter((line) => line.code === code);
  }
}
