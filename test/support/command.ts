import { runCommand } from "../../cli/run-command.ts";
import type { Terminal } from "../../cli/terminal.ts";

/** What the operator's command wrote, and the code it ended with. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the operator's command as somebody typed it in a folder; there is no local run. */
export async function typeCommand(folder: string, args: readonly string[], env: Terminal["env"] = {}): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, {
    env,
    root: folder,
    folder,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
