import { describe, expect, test } from "vitest";
import { DynamoAudit } from "../../shared/adapters/dynamo/audit.ts";
import { DynamoLifeCycles } from "../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoRampRecord } from "../../shared/adapters/dynamo/ramp-record.ts";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import { dayMs } from "../../shared/domain/utc-day.ts";
import { dateAnswersFrom } from "../support/deployment-file.ts";
import { anOperator } from "../support/operator.ts";
import { startMs } from "../support/ses-engine.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();

/** Everything a command may have written about a pool. */
async function onRecord(pool: string) {
  const { client, state } = tables();
  const record = new DynamoRampRecord(client, state);
  return {
    lifeCycle: await new DynamoLifeCycles(client, state).read(pool),
    mark: await record.mark(pool),
    decisions: await record.decisions(pool, "2026-01-01", "2027-12-31"),
    audit: await new DynamoAudit(client, state).latest(pool, 10),
    walls: await new DynamoWalls(client, state).read(),
  };
}

describe.each([
  ["40 days ahead of", startMs - 40 * dayMs],
  ["24 hours behind", startMs + dayMs],
])("on a machine whose clock is %s AWS's", (differs, serviceMs) => {
  test.each([
    ["start", "--pool"],
    ["pause", "--pool"],
    ["resume", "--pool"],
    ["restart", "--pool"],
    ["complete", "--pool"],
    ["disable", "--pool"],
    ["enable", "--pool"],
    ["repair", "ip-moved", "--pool"],
    ["lift", "newsletter"],
    ["dead-letters", "requeue", "order-1"],
  ])("%s changes nothing, says why, and does not end with 0", async (verb, ...args) => {
    const { news, run } = await anOperator(tables());
    dateAnswersFrom(serviceMs);
    const before = await onRecord(news);
    const { code, out, err } = await run(verb, ...args, ...(args.at(-1) === "--pool" ? [news] : []));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(`${verb} refused: this clock is ${differs} AWS's`);
    expect(err).toContain("Nothing was changed: set it right and repeat.");
    expect(await onRecord(news)).toEqual(before);
  });
});
