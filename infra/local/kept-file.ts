import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";

/**
 * Puts a file in the place of the one before: whoever reads it, and whoever starts after a kill at any moment, finds the
 * one or the other, whole. For one writer at a time: a library's random names would leave a file behind at each kill.
 * @param flush - false where a power cut may bring back the one before: a flush at each jump of the clock takes its time
 */
export function writeKept(file: string, text: string, { flush = true } = {}): void {
  const next = `${file}.new`;
  const opened = openSync(next, "w");
  try {
    writeFileSync(opened, text);
    if (flush) fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(next, file);
}
