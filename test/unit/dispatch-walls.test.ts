import { describe, expect, test } from "vitest";
import { RecentWalls } from "../../shared/app/recent-walls.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { allowanceAt, aPool, aRecord, aStream, minuteMs, noonMs, recordsTo, settingsFor } from "../support/builders.ts";
import { down, TestDispatcher } from "../support/dispatcher.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryWalls } from "../support/fakes/memory-walls.ts";
import { RecordingLog } from "../support/fakes/recording-log.ts";

/** A dispatcher with room for ten recipients at gmail on each of the pool's routes, and on `alerts`, its overflow. */
function withRoom(stream: Partial<Stream> = {}): TestDispatcher {
  const pools = [aPool({ overflowTo: "alerts" }), aPool({ name: "alerts", ips: ["192.0.2.2"] })];
  const dispatcher = new TestDispatcher(stream, pools);
  dispatcher.allowances.grant(allowanceAt("gmail"), 10);
  dispatcher.allowances.grant(allowanceAt("gmail", "established", "alerts"), 10);
  return dispatcher;
}

const routesUsed = ({ sender }: TestDispatcher) => sender.calls.map(({ route }) => route.configurationSet);

describe("a stream behind a wall", () => {
  test("that holds growth sends as before", async () => {
    const dispatcher = withRoom();
    dispatcher.walls.raise("hold-growth");
    await dispatcher.dispatch(aRecord());
    expect(routesUsed(dispatcher)).toEqual(["news-warming"]);
  });

  test("without warming leaves by other IPs", async () => {
    const dispatcher = withRoom();
    dispatcher.walls.raise("no-warming");
    await dispatcher.dispatch(aRecord());
    expect(routesUsed(dispatcher)).toEqual(["alerts-established"]);
    expect(dispatcher.allowances.of(allowanceAt("gmail"))?.used).toBe(0);
  });

  test("without overflow leaves by the pool's own established IPs", async () => {
    const dispatcher = withRoom();
    dispatcher.allowances.grant(allowanceAt("gmail", "established"), 1);
    dispatcher.walls.raise("no-overflow");
    const outcomes = await dispatcher.kinds(...recordsTo(["a@gmail.com", "b@gmail.com"]));
    expect([outcomes, routesUsed(dispatcher)]).toEqual([["sent", "held"], ["news-established"]]);
  });

  test("without any route is held for another round, whatever the stream says about waiting", async () => {
    const dispatcher = withRoom({ longestHoldMs: 60 * minuteMs });
    dispatcher.walls.raise("no-overflow");
    expect(await dispatcher.dispatch(aRecord())).toMatchObject([
      { kind: "held", because: "wall", untilMs: noonMs + 60 * minuteMs },
    ]);
    expect(dispatcher.held.all).toMatchObject([{ stream: "news", pool: "news" }]);
    expect(dispatcher.sender.calls).toEqual([]);
  });

  test("that waits for its own IPs waits for established ones, then leaves by shared IPs", async () => {
    const dispatcher = withRoom({ whenFull: "hold", longestHoldMs: 60 * minuteMs });
    dispatcher.allowances.grant(allowanceAt("gmail", "established", "alerts"), 0);
    dispatcher.walls.raise("no-warming");
    expect(await dispatcher.kinds(aRecord({ id: "a" }))).toEqual(["held"]);
    const enqueuedAtMs = noonMs - 61 * minuteMs;
    expect(await dispatcher.kinds(aRecord({ id: "b" }, { enqueuedAtMs }))).toEqual(["sent"]);
    expect(routesUsed(dispatcher)).toEqual(["shared"]);
  });

  test("does not stop the other streams of its pool", async () => {
    const dispatcher = withRoom();
    dispatcher.settings = settingsFor([aStream(), aStream({ name: "digest" })]);
    dispatcher.walls.raise("no-overflow");
    expect(await dispatcher.kinds(aRecord({ id: "a" }), aRecord({ id: "b", stream: "digest" }))).toEqual([
      "held",
      "sent",
    ]);
    expect(routesUsed(dispatcher)).toEqual(["news-warming"]);
  });

  test("but without a pool is never stopped", async () => {
    const dispatcher = withRoom({ pool: undefined });
    dispatcher.walls.raise("no-overflow", { pool: "shared" });
    await dispatcher.dispatch(aRecord());
    expect(routesUsed(dispatcher)).toEqual(["shared"]);
  });
});

describe("the walls an instance knows", () => {
  function recentWalls() {
    const [walls, clock, log] = [new MemoryWalls(), new ManualClock(noonMs), new RecordingLog()];
    return { walls, clock, log, recent: new RecentWalls({ walls, clock, log }) };
  }

  test("are read once a minute, and take effect then", async () => {
    const { walls, clock, recent } = recentWalls();
    expect(await recent.levels()).toEqual(new Map());
    walls.raise("no-warming");
    clock.advance(59_999);
    expect(await recent.levels()).toEqual(new Map());
    clock.advance(1);
    expect(await recent.levels()).toEqual(new Map([["news", "no-warming"]]));
    expect(walls.reads).toBe(2);
  });

  test("are those in force: what fell or was lifted is none", async () => {
    const { walls, recent } = recentWalls();
    walls.raise("no-overflow");
    walls.raise("hold-growth", { stream: "digest" });
    walls.fall();
    expect(await recent.levels()).toEqual(new Map([["digest", "hold-growth"]]));
  });

  test("stay as they were when they cannot be read; nothing is asked again for a minute", async () => {
    const { walls, clock, log, recent } = recentWalls();
    walls.raise("no-warming");
    await recent.levels();
    const read = walls.read.bind(walls);
    walls.read = down;
    clock.advance(60_000);
    expect(await recent.levels()).toEqual(new Map([["news", "no-warming"]]));
    expect(log.of("WALLS_NOT_READ")).toHaveLength(1);
    walls.read = read;
    clock.advance(1);
    walls.fall();
    expect(await recent.levels()).toEqual(new Map([["news", "no-warming"]]));
    clock.advance(60_000);
    expect(await recent.levels()).toEqual(new Map());
  });

  test("that were never read stop no mail", async () => {
    const dispatcher = withRoom();
    dispatcher.walls.read = down;
    expect(await dispatcher.kinds(aRecord())).toEqual(["sent"]);
    expect(routesUsed(dispatcher)).toEqual(["news-warming"]);
  });
});
