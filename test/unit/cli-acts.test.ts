import { PutAccountDedicatedIpWarmupAttributesCommand } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { verbs } from "../../cli/verbs.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { anOperator } from "../support/operator.ts";
import { startMs } from "../support/ses-engine.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

type Operator = Awaited<ReturnType<typeof anOperator>>;

interface Act {
  /** What is typed; the pool follows but for `lift`. */
  readonly types: readonly [string, ...string[]];
  readonly action?: string;
  readonly before?: (operator: Operator) => Promise<unknown>;
}

async function raiseWall({ news: pool }: Operator) {
  const { client, state } = tables();
  const walls = new DynamoWalls(client, state);
  const found = (await walls.read()).find(({ stream }) => stream === "newsletter");
  const wall = { level: "no-warming", cause: "bounces", why: "70 of 1000 bounced", sinceMs: startMs } as const;
  const record = { version: 0, ...found, stream: "newsletter", pool };
  await walls.write({ ...record, wall: { stream: "newsletter", pool, ...wall }, liftedDay: undefined });
}

const typed =
  (...before: string[]): NonNullable<Act["before"]> =>
  async ({ run, news }) => {
    for (const verb of before) await run(verb, "--pool", news);
  };

/** One act of every verb that changes something. */
const acts: readonly Act[] = [
  { types: ["start"] },
  { types: ["pause"] },
  { types: ["resume"], before: typed("pause") },
  { types: ["restart"], before: typed("start", "complete") },
  { types: ["complete"], before: typed("start") },
  { types: ["disable"] },
  { types: ["enable"], before: typed("disable") },
  {
    types: ["repair", "auto-warm-up-on"],
    action: "guard-repaired",
    before: ({ ses }) => ses.send(new PutAccountDedicatedIpWarmupAttributesCommand({ AutoWarmupEnabled: true })),
  },
  { types: ["lift", "newsletter"], action: "lift-newsletter", before: raiseWall },
];

const reading = ["status", "ips", "plan", "audit", "classify", "advise", "forecast", "simulate"];
/** Their `requeue` is tried where there are queues: requeue.test.ts. */
const putBack = ["quarantine", "dead-letters"];

test("every verb either reads only, or its act is tried here", () => {
  const tried = acts.map(({ types: [verb] }) => verb);
  expect(new Set(verbs.keys())).toEqual(new Set([...reading, ...putBack, ...tried]));
});

describe("an act of an operator", () => {
  test.each(acts)("$types is on record and told to other systems", async ({ types, action = types[0], before }) => {
    const operator = await anOperator(tables());
    const { news, run, json, published } = operator;
    await before?.(operator);
    const earlier = published().length;
    expect(await run(...types, ...(types[0] === "lift" ? [] : ["--pool", news]))).toMatchObject({ code: 0, err: "" });
    const told = published()
      .slice(earlier)
      .filter(({ DetailType }) => DetailType === "Operator Acted");
    const detail = { pool: news, action, by: "operator", says: expect.any(String) };
    expect(told.map((event) => event.detail).filter(({ pool }) => pool === news)).toMatchObject([detail]);
    const { entries } = (await json("audit", "--pool", news, "--by", "operator")).found;
    expect(entries).toContainEqual(expect.objectContaining({ by: "operator", action }));
  });

  test("that changed nothing is not told again", async () => {
    const { news, run, published } = await anOperator(tables());
    for (let times = 0; times < 2; times += 1) await run("pause", "--pool", news);
    expect(published().filter(({ DetailType }) => DetailType === "Operator Acted")).toHaveLength(1);
  });
});
