import { parseArgs } from "node:util";
import { requeue } from "../shared/app/set-aside/requeue.ts";
import type { SetAside, SetAsidePlace } from "../shared/domain/set-aside/set-aside.ts";
import type { WatchedQueue } from "../shared/ports/queue-depths.ts";
import { deploymentOption } from "./deployment.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { type OpenDeployment, openDeployment } from "./open-deployment.ts";
import { setAsideRow, setAsideTable } from "./set-aside-text.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { checkDeployment, type Verb } from "./verb.ts";

const options = { ...deploymentOption, json: { type: "boolean", default: false } } as const;

/** One act on what was set aside in a place. */
interface Call {
  readonly place: SetAsidePlace;
  readonly ids: readonly string[];
  readonly json: boolean;
  readonly deployment: OpenDeployment;
  readonly terminal: Terminal;
}

const acts: ReadonlyMap<string, (call: Call) => Promise<ExitCode>> = new Map([
  ["list", list],
  ["requeue", putBack],
]);

const ways: Readonly<Record<SetAsidePlace, WatchedQueue>> = { quarantine: "quarantine", "dead-letters": "deadLetters" };

/** A verb for what lies in a place: what is there and why, and the way back. */
export function setAsideVerb(place: SetAsidePlace, summary: string): Verb {
  return {
    summary,
    options: "list | requeue ID ... [--json] [--deployment FILE | --data-dir DIR]",
    afterFailure: checkDeployment,
    async run(args, terminal) {
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const [name = "", ...ids] = positionals;
      const act = acts.get(name);
      if (act === undefined) throw new UsageError(`${place} ${name}: expected ${[...acts.keys()].join(" or ")}.`);
      if ((name === "list") !== (ids.length === 0)) throw new UsageError(`${place} ${name}: ${wrongIds[name]}.`);
      const deployment = openDeployment(values, terminal);
      return act({ place, ids, json: values.json, deployment, terminal });
    },
  };
}

const wrongIds: Readonly<Record<string, string>> = {
  list: "it takes no id",
  requeue: "name the messages by id, or by what stands under entry in the list",
};

/** JSON lines as they are read, or a table of all. */
async function list({ place, json, deployment: { ports }, terminal }: Call): Promise<ExitCode> {
  const rows: SetAside[] = [];
  for await (const page of ports.setAside.list(place, ports.clock.nowMs())) {
    if (json) for (const entry of page) terminal.out(JSON.stringify(setAsideRow(entry)));
    else rows.push(...page);
  }
  if (!json) for (const line of setAsideTable(rows)) terminal.out(line);
  const { visible, inFlight, delayed } = (await ports.queues.read())[ways[place]];
  const coming = visible + inFlight + delayed;
  if (coming > 0) terminal.err(`${coming} more are on their way to this list.`);
  return exitCode.done;
}

async function putBack({ place, ids, json, deployment: { ports, settings }, terminal }: Call): Promise<ExitCode> {
  const { entries, unknown } = await requeue(ports, settings.streams, { place, named: ids, by: "operator" });
  for (const { entry, result, says } of entries) {
    const { id, entry: name } = setAsideRow(entry);
    if (json) terminal.out(JSON.stringify({ id, entry: name, result, says }));
    else if (result === "requeued") terminal.out(`${id ?? name} ${says}`);
    if (result === "refused") terminal.err(`requeue of ${id ?? name} refused: ${says}`);
  }
  for (const id of unknown) terminal.err(`${id} is not in ${place}: "${place} list" shows what is.`);
  return unknown.length > 0 || entries.some(({ result }) => result === "refused") ? exitCode.failed : exitCode.done;
}
