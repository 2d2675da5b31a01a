import { describe, expect, test } from "vitest";
import { DynamoWalls } from "../../shared/adapters/dynamo/walls.ts";
import type { WallRecord } from "../../shared/domain/quality/wall.ts";
import type { Walls } from "../../shared/ports/walls.ts";
import { freshNames, noonMs, today } from "../support/builders.ts";
import { MemoryWalls } from "../support/fakes/memory-walls.ts";
import { useTables } from "../support/tables.ts";

const tables = useTables();
const engines: [string, () => Walls][] = [
  ["in memory", () => new MemoryWalls()],
  ["in DynamoDB", () => new DynamoWalls(tables().client, tables().state)],
];
const newStream = freshNames("stream");

function aWall(stream: string, changes: Partial<WallRecord> = {}): WallRecord {
  const wall = { stream, pool: "news", level: "no-warming", cause: "bounces", why: "»why«", sinceMs: noonMs } as const;
  return { stream, pool: "news", wall, version: 0, ...changes };
}

async function recordOf(walls: Walls, stream: string): Promise<WallRecord | undefined> {
  return (await walls.read()).find((each) => each.stream === stream);
}

describe.each(engines)("walls %s", (_, open) => {
  test("of a stream that never had one are not on record", async () => {
    expect(await recordOf(open(), newStream())).toBeUndefined();
  });

  test("keep a wall as it is, one version on", async () => {
    const [walls, stream] = [open(), newStream()];
    expect(await walls.write(aWall(stream))).toBe(true);
    expect(await recordOf(walls, stream)).toEqual(aWall(stream, { version: 1 }));
  });

  test("keep every pool of a stream", async () => {
    const [walls, stream] = [open(), newStream()];
    const pools = ["news", "shop", "shared"];
    const [written] = [aWall(stream, { pools })];
    await walls.write({ ...written, wall: written.wall && { ...written.wall, pools } });
    expect(await recordOf(walls, stream)).toMatchObject({ pools, wall: { pools } });
  });

  test("keep the day of a lift, with or without a wall in force", async () => {
    const [walls, stream] = [open(), newStream()];
    await walls.write(aWall(stream));
    await walls.write({ stream, pool: "news", liftedDay: today, version: 1 });
    expect(await recordOf(walls, stream)).toEqual({ stream, pool: "news", liftedDay: today, version: 2 });
    await walls.write(aWall(stream, { liftedDay: today, version: 2 }));
    expect(await recordOf(walls, stream)).toMatchObject({ liftedDay: today, wall: { level: "no-warming" } });
  });

  test("refuse a change of what was changed meanwhile", async () => {
    const [walls, stream] = [open(), newStream()];
    await walls.write(aWall(stream));
    expect(await walls.write(aWall(stream, { liftedDay: today }))).toBe(false);
    expect(await recordOf(walls, stream)).toEqual(aWall(stream, { version: 1 }));
  });

  test("of one stream are not another's", async () => {
    const [walls, one, other] = [open(), newStream(), newStream()];
    await walls.write(aWall(one));
    await walls.write(aWall(other, { pool: "shop" }));
    expect(await recordOf(walls, one)).toMatchObject({ pool: "news" });
    expect(await recordOf(walls, other)).toMatchObject({ pool: "shop" });
  });
});
