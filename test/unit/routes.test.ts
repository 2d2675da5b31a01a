import { describe, expect, test } from "vitest";
import type { Pool } from "../../shared/domain/routing/pool.ts";
import { routesOf } from "../../shared/domain/routing/route.ts";
import type { Stream } from "../../shared/domain/routing/stream.ts";
import { aPool, aStream } from "../support/builders.ts";

const pools = (...all: Pool[]) => new Map(all.map((pool) => [pool.name, pool]));
const names = (stream: Partial<Stream>, all: ReadonlyMap<string, Pool>) =>
  routesOf(aStream(stream), all).map(({ configurationSet }) => configurationSet);

describe("routes open to a stream", () => {
  test("are its pool's warming IPs, its established IPs, then shared IPs (guide row 10)", () => {
    expect(names({}, pools(aPool()))).toEqual(["news-warming", "news-established", "shared"]);
  });

  test("leave shared IPs out where the stream forbids them", () => {
    expect(names({ sharedAllowed: false }, pools(aPool()))).toEqual(["news-warming", "news-established"]);
  });

  test("are shared IPs alone for a stream without a pool (guide row 1)", () => {
    expect(names({ pool: undefined }, pools(aPool()))).toEqual(["shared"]);
  });

  test("follow a chain of overflow by established IPs only", () => {
    const chain = pools(aPool({ overflowTo: "b" }), aPool({ name: "b", overflowTo: "c" }), aPool({ name: "c" }));
    expect(names({}, chain)).toEqual(["news-warming", "news-established", "b-established", "c-established", "shared"]);
  });

  test("of a stream that overflows into another pool do not open that pool's own overflow for its stream", () => {
    const chain = pools(aPool({ overflowTo: "b" }), aPool({ name: "b" }));
    expect(names({ pool: "b" }, chain)).toEqual(["b-warming", "b-established", "shared"]);
  });

  test("count the shared ones for the pool that the stream names", () => {
    const shared = (stream: Partial<Stream>) => routesOf(aStream(stream), pools(aPool())).at(-1);
    expect(shared({})).toEqual({ kind: "shared", pool: "news", configurationSet: "shared" });
    expect(shared({ pool: undefined })).toEqual({ kind: "shared", pool: "shared", configurationSet: "shared" });
  });
});
