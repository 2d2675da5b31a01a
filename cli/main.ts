import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.ts";

// Not process.exit: what was written to a pipe would be cut off.
process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  root: fileURLToPath(new URL("..", import.meta.url)),
  // npm runs its scripts in the root and keeps here where it was called.
  folder: process.env.INIT_CWD ?? process.cwd(),
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
