// Installs what the lockfile says when it is not installed yet, so that every npm script works in a fresh clone.
// Plain JavaScript without dependencies: it runs on the machine's own Node, before anything is installed.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function writtenAtMs(file) {
  return statSync(`${root}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

// npm writes node_modules/.package-lock.json at the end of an install: older than the lockfile means stale or cut short.
if (writtenAtMs("node_modules/.package-lock.json") < writtenAtMs("package-lock.json")) {
  process.stderr.write("Installing dependencies (npm ci), once after each change of package-lock.json ...\n");
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    process.stderr.write("npm ci failed: check that the npm registry can be reached, then run the command again.\n");
    process.exit(npm.status ?? 1);
  }
}
