// `npm start`: the whole system on this machine. Reads as the story of a run; everything else is behind it.
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Configuration } from "../../shared/contracts/configuration.ts";
import { parseConfiguration } from "../../shared/contracts/parse-configuration.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { inOurWords } from "./local-run-error.ts";
import { type LocalSystem, startLocalSystem } from "./local-system.ts";
import { listSystem } from "./local-systems.ts";
import { openConsole } from "./run/console-server.ts";
import { takeFolder } from "./run/data-folder.ts";
import { claimFolder } from "./run/folder-owner.ts";
import { type KeptRun, keepRun } from "./run/kept-run.ts";
import { checkLeasedLater, leasedLater, type RunOptions, readOptions, usage } from "./run/options.ts";
import { drain, runDays } from "./run/run-days.ts";
import { whenStarterEnds } from "./run/starter-watch.ts";
import { summarize } from "./run/summary.ts";
import { summaryText } from "./run/summary-text.ts";
import { takeUpRun } from "./run/take-up-run.ts";
import { region } from "./template/resolve.ts";
import { installVirtualTime } from "./virtual-time.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Real seconds a virtual day lasts when nobody says otherwise, long enough to watch. */
const watchedDaySeconds = 120;

/** Longer than the send queue hides what a dispatcher holds, and than proof of an unknown outcome is waited for. */
const downtimeMinutes = 10;
const minuteMs = 60_000;

/** In real time: how often what is due is looked for, ms. */
const idleTickMs = 250;

const say = (line: string): void => console.error(line);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  installVirtualTime();
  const folder = resolve(root, options["data-dir"] ?? (options.days === undefined ? ".local/live" : ".local/run"));
  try {
    await runIn(folder, options);
  } catch (error) {
    throw inOurWords(error, folder);
  }
}

/** What costs nothing to find out comes first; then the system is started, and runs. */
async function runIn(folder: string, options: RunOptions): Promise<void> {
  const configuration = await readConfiguration(options.configuration);
  checkLeasedLater(options, configuration);
  takeFolder(folder);
  await claimFolder(folder);
  const { run, takenUp } = takeUpRun(folder, options);
  const console_ = await openConsole(options.exit ? 0 : options.port);
  listSystem(root, folder);
  const stopped = untilStopped();
  say("Starting the local system ...");
  const system = await startLocalSystem({
    dataFolder: folder,
    configurationFile: options.configuration,
    configuration,
    startMs: run.startMs,
    jumps: !options.idle,
    fullPerDay: options["messages-per-day"],
    leasedLater: new Set(leasedLater(options).keys()),
  });
  if (takenUp) await recover(system);
  // Today is open before anybody is told to send.
  await system.runDue();
  console_.show(system);
  // Whoever reads the result from stdout sees on the terminal that it can begin.
  if (options.exit || options.json) say(`Ready: ${console_.url}`);
  if (!options.exit) announce(system, console_.url, options);
  if (options.idle) await runInRealTime(system, stopped);
  else await runTraffic(system, options, run, stopped);
  if (options.exit && !stopped.aborted) await finish(system, configuration, { options, run, folder });
  else if (!options.idle && !stopped.aborted) await runInRealTime(system, stopped);
  await console_.close();
  await system.close();
}

/** A killed process was down for a while: what it had in hand comes back, and what SES reported of it is read first. */
async function recover(system: LocalSystem): Promise<void> {
  for (let minute = 1; minute <= downtimeMinutes; minute += 1) await system.jumpTo(system.clock.nowMs() + minuteMs);
}

async function readConfiguration(file: string): Promise<Configuration> {
  const module: { default?: unknown } = await import(pathToFileURL(resolve(root, file)).href);
  return parseConfiguration(module.default);
}

function announce(system: LocalSystem, consoleUrl: string, { json }: RunOptions): void {
  const sendQueueUrl = system.queueUrl("SendPathSendQueue");
  const ready = { ready: true, console: consoleUrl, sendQueueUrl, region, endpoints: system.endpoints };
  if (json) console.log(JSON.stringify(ready));
  else console.log(`Ready.\n  console     ${consoleUrl}\n  send queue  ${sendQueueUrl}\n  end with Ctrl-C`);
}

async function runTraffic(system: LocalSystem, options: RunOptions, run: KeptRun, signal: AbortSignal): Promise<void> {
  const daySeconds = options["day-seconds"] ?? (options.exit ? 0 : watchedDaySeconds);
  await runDays(system, {
    startMs: run.startMs,
    days: run.days ?? Number.POSITIVE_INFINITY,
    messagesPerDay: run.messagesPerDay,
    realDayMs: daySeconds * 1000,
    bursts: options.exit ? 1 : 12,
    signal,
    onDay: (day) => {
      say(`day ${day + 1}${run.days === null ? "" : ` of ${run.days}`}`);
      for (const [ip, leasedOn] of leasedLater(options)) if (day + 1 >= leasedOn) system.mail.leaseIp(ip);
    },
  });
}

async function finish(
  system: LocalSystem,
  configuration: Configuration,
  { options, run, folder }: { options: RunOptions; run: KeptRun; folder: string },
): Promise<void> {
  const days = run.days ?? 0;
  await drain(system);
  const summary = await summarize(system, configuration, {
    days,
    accepted: days * run.messagesPerDay,
    startMs: run.startMs,
    endMs: run.startMs + days * dayMs,
  });
  keepRun(folder, { ...run, finished: true });
  console.log(options.json ? JSON.stringify(summary) : summaryText(summary));
}

async function runInRealTime(system: LocalSystem, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await system.runDue();
    await new Promise((resolve) => setTimeout(resolve, idleTickMs));
  }
}

/** Ends the run at the first Ctrl-C, or when npm is gone; a second Ctrl-C ends the process at once. */
function untilStopped(): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    say("Stopping; what is kept is taken up by the next start.");
    stopping.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  whenStarterEnds(stop);
  return stopping.signal;
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
