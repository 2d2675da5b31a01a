import { describe, expect, test } from "vitest";
import { type RequeuePorts, requeue } from "../../shared/app/set-aside/requeue.ts";
import type { SetAside, SetAsidePlace } from "../../shared/domain/set-aside/set-aside.ts";
import { noonMs } from "../support/builders.ts";
import { down } from "../support/dispatcher.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { MemoryAudit } from "../support/fakes/memory-audit.ts";
import { MemoryDomainEvents } from "../support/fakes/memory-domain-events.ts";
import { MemoryMailQueue } from "../support/fakes/memory-mail-queue.ts";
import { MemoryServiceClock } from "../support/fakes/memory-service-clock.ts";
import { MemorySetAside } from "../support/fakes/memory-set-aside.ts";
import { aSetAside, listed } from "../support/set-aside.ts";

/** What is set aside over fakes; each body is `body of ` and the entry's name. */
async function withSetAside(...entries: SetAside[]) {
  const setAside = new MemorySetAside();
  for (const entry of entries) await setAside.add(entry, `body of ${entry.name}`);
  const queues = { send: new MemoryMailQueue(), parked: new MemoryMailQueue() };
  const [clock, audit, events] = [new ManualClock(noonMs), new MemoryAudit(), new MemoryDomainEvents()];
  const ports: RequeuePorts = {
    clock,
    serviceClock: new MemoryServiceClock(clock),
    audit,
    events,
    setAside,
    origins: { ...queues, feedback: undefined, proof: undefined },
  };
  return { setAside, ports, queues, audit, events };
}

const streams = new Map([["news", { pool: "marketing" }]]);
const back = (ports: RequeuePorts, place: SetAsidePlace, named: readonly string[]) =>
  requeue(ports, streams, { place, named, by: "operator" });

const dead = (changes: Partial<SetAside> = {}) => aSetAside({ place: "dead-letters", ...changes });

describe("what was set aside", () => {
  test("goes back to the queue it came from with its body and its first time, and is listed no more", async () => {
    const { ports, queues, setAside } = await withSetAside(
      dead({ name: "1", id: "a", queue: "send", enqueuedAtMs: 5 }),
      dead({ name: "2", id: "b", queue: "parked", enqueuedAtMs: 6 }),
      dead({ name: "3", id: "c" }),
    );
    const { entries } = await back(ports, "dead-letters", ["a", "b"]);
    expect(entries.map(({ result }) => result)).toEqual(["requeued", "requeued"]);
    expect(queues.send.messages).toEqual([{ body: "body of 1", enqueuedAtMs: 5, delaySeconds: 0 }]);
    expect(queues.parked.messages).toEqual([{ body: "body of 2", enqueuedAtMs: 6, delaySeconds: 0 }]);
    expect((await listed(setAside, "dead-letters")).map(({ id }) => id)).toEqual(["c"]);
  });

  test("is found by its entry's name where its id could not be read", async () => {
    const { ports, queues } = await withSetAside(dead({ name: "1", id: undefined }));
    await back(ports, "dead-letters", ["1"]);
    expect(queues.send.messages).toHaveLength(1);
  });

  test("of the version before has no first time: it counts as enqueued now", async () => {
    const { ports, queues } = await withSetAside(aSetAside({ enqueuedAtMs: undefined }));
    await back(ports, "quarantine", ["order-1"]);
    expect(queues.send.messages).toMatchObject([{ enqueuedAtMs: noonMs }]);
  });

  test("is not taken from another place, and what is not there is named", async () => {
    const { ports, setAside } = await withSetAside(aSetAside());
    expect(await back(ports, "dead-letters", ["order-1"])).toEqual({ entries: [], unknown: ["order-1"] });
    expect(await listed(setAside, "quarantine")).toHaveLength(1);
  });
});

describe("what cannot go back stays listed and says why", () => {
  test.each([
    ["a note without a body", aSetAside({ body: undefined }), "there is no body"],
    ["a body with a piece missing", aSetAside({ body: { name: "b", pieces: 2 } }), "a part of its body is missing"],
    ["a queue whose address nobody gave", aSetAside({ queue: "proof" }), "add proofQueueUrl"],
  ])("%s", async (_, entry, says) => {
    const { ports, setAside } = await withSetAside(entry);
    const { entries } = await back(ports, "quarantine", ["order-1"]);
    expect(entries).toMatchObject([{ result: "refused", says: expect.stringContaining(says) }]);
    expect(await listed(setAside, "quarantine")).toHaveLength(1);
  });

  test("a queue that does not take it; the others go on", async () => {
    const { ports, queues, setAside } = await withSetAside(
      dead({ name: "1", id: "a", queue: "parked" }),
      dead({ name: "2", id: "b", queue: "send" }),
    );
    queues.parked.enqueue = down;
    const { entries } = await back(ports, "dead-letters", ["a", "b"]);
    expect(entries.map(({ entry, says }) => [entry.id, says])).toEqual([
      ["b", "is on the send queue again"],
      ["a", "the parked queue did not take it: the store is down"],
    ]);
    expect((await listed(setAside, "dead-letters")).map(({ id }) => id)).toEqual(["a"]);
  });
});

describe("what went back", () => {
  test("is on record and told at the pool of its stream, without ids", async () => {
    const { ports, audit, events } = await withSetAside(
      dead({ name: "1", id: "a", stream: "news" }),
      dead({ name: "2", id: "b", stream: "news", queue: "parked" }),
      dead({ name: "3", id: "c", stream: undefined }),
    );
    await back(ports, "dead-letters", ["a", "b", "c"]);
    const says = "put back from dead-letters on the queue it came from: parked 1, send 1";
    expect(await audit.latest("marketing", 9)).toMatchObject([
      { by: "operator", action: "requeue-dead-letters", says },
    ]);
    expect(await audit.latest("shared", 9)).toHaveLength(1);
    expect(events.published).toMatchObject([
      { type: "Operator Acted", pool: "shared" },
      { type: "Operator Acted", pool: "marketing", detail: { action: "requeue-dead-letters", by: "operator", says } },
    ]);
  });

  test("is told of even where the list could not be changed in the end", async () => {
    const { ports, setAside, audit } = await withSetAside(dead({ name: "1", id: "a" }), dead({ name: "2", id: "b" }));
    const remove = setAside.remove.bind(setAside);
    setAside.remove = (entry) => (entry.id === "a" ? down() : remove(entry));
    await expect(back(ports, "dead-letters", ["a", "b"])).rejects.toThrow();
    expect(audit.says).toHaveLength(1);
  });

  test("is nothing where all was refused", async () => {
    const { ports, audit, events } = await withSetAside(aSetAside({ body: undefined }));
    await back(ports, "quarantine", ["order-1"]);
    expect([audit.says, events.published]).toEqual([[], []]);
  });
});
