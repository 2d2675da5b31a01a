import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writeKept } from "../kept-file.ts";
import { LocalRunError } from "../local-run-error.ts";

const Kept = z.object({
  /** First moment of the first day, epoch ms. */
  startMs: z.number(),
  days: z.number().nullable(),
  messagesPerDay: z.number(),
  configuration: z.string(),
  finished: z.boolean(),
});

/** A run and what of it is kept in its data folder. */
export type KeptRun = z.output<typeof Kept>;

const fileIn = (folder: string): string => join(folder, "run.json");

export function keepRun(folder: string, run: KeptRun): void {
  writeKept(fileIn(folder), JSON.stringify(run));
}

/** The run that a folder keeps, if it keeps one. @throws LocalRunError when it cannot be read */
export function keptIn(folder: string): KeptRun | undefined {
  if (!existsSync(fileIn(folder))) return undefined;
  try {
    return Kept.parse(JSON.parse(readFileSync(fileIn(folder), "utf8")));
  } catch (error) {
    throw new LocalRunError(
      `${fileIn(folder)} cannot be read: begin anew with --fresh, which forgets what ${folder} keeps`,
      { cause: error },
    );
  }
}
