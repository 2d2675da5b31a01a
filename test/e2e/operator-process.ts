import { execFile } from "node:child_process";
import { join } from "node:path";
import type { RunningSystem } from "./run-locally.ts";

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Types the operator's command for a running system, as a process of its own: its clock is the machine's, as it is in life. */
export function typeFor({ folder }: RunningSystem, args: readonly string[]): Promise<Ended> {
  const named = args.includes("--deployment") ? [] : ["--deployment", join(folder, "deployment.json")];
  return new Promise((resolve) => {
    execFile(process.execPath, ["cli/main.ts", ...args, ...named], (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out: out.trim(), err: err.trim() });
    });
  });
}
