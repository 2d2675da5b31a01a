import { status } from "./status.ts";
import type { Verb } from "./verb.ts";

/** Every verb of the command, in the order they are listed. `help` is the command's own. */
export const verbs: ReadonlyMap<string, Verb> = new Map([["status", status]]);
