import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { DynamoAllowanceLedger } from "../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../shared/adapters/dynamo/allowance-store.ts";
import { DynamoBrakes } from "../../shared/adapters/dynamo/brake-record.ts";
import { DynamoCircuits } from "../../shared/adapters/dynamo/circuits.ts";
import { DynamoClaimStore } from "../../shared/adapters/dynamo/claim-store.ts";
import { DynamoDeadAddresses } from "../../shared/adapters/dynamo/dead-addresses.ts";
import { DynamoHeldMail } from "../../shared/adapters/dynamo/held-mail.ts";
import { DynamoOutcomeStore } from "../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProofStore } from "../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../shared/adapters/dynamo/receipt-store.ts";
import { DynamoSendRates } from "../../shared/adapters/dynamo/send-rates.ts";
import type { Brake } from "../../shared/domain/brakes/brake.ts";
import { scopeOfText } from "../../shared/domain/sending/circuit-scope.ts";
import { DynamoService } from "../dst/aws/dynamo-service.ts";
import { Instance } from "../dst/engine/instance.ts";
import { Random } from "../dst/engine/random.ts";
import { Scheduler } from "../dst/engine/scheduler.ts";
import { simulatedTables } from "../dst/system/stores.ts";
import { aClaim, aHeldMessage, allowanceAt, noonMs } from "../support/builders.ts";
import { ManualClock } from "../support/fakes/manual-clock.ts";
import { useTables } from "../support/tables.ts";

// The simulation's DynamoDB against a second implementation: the product's adapters make random calls on both, and every
// single answer has to be the same.

const tables = useTables();

interface Command {
  readonly input: object;
}

/** What an engine answered: the parts that the product reads, sets in order. */
function readable(answer: object): unknown {
  const { Attributes, Item, Items, Responses, LastEvaluatedKey } = answer as Record<string, unknown>;
  const parts = { Attributes, Item, Items, Responses, hasMore: LastEvaluatedKey !== undefined };
  return JSON.parse(JSON.stringify(parts), (name, value) => {
    // A batch read answers in any order.
    if (name === "ledger" || name === "state") return [...value].sort((one, other) => (one.pk.S < other.pk.S ? -1 : 1));
    if (name === "SS" || name === "NS") return [...value].sort((one: string, other: string) => (one < other ? -1 : 1));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/** A client that asks both engines, and fails the test where they differ. */
function bothClients(engine: DynamoDBClient): { client: DynamoDBClient; asked: Set<string> } {
  const held = simulatedTables({ expiryLagMs: 0, isReplicated: false });
  const simulated = new DynamoService({ tables: new Map(Object.entries(held)), nowMs: () => noonMs });
  const instance = new Instance(new Scheduler(noonMs), { id: 0, name: "test", skewMs: 0 });
  const asked = new Set<string>();
  const ask = (command: Command): object | Error => {
    try {
      return simulated.handle(command.constructor.name, command.input, { instance, invocation: undefined });
    } catch (error) {
      return error as Error;
    }
  };
  const send = async (command: Command): Promise<object> => {
    asked.add(command.constructor.name);
    const ours = ask(command);
    const theirs = await engine.send(command as never).catch((error: Error) => error);
    const text = JSON.stringify(command.input);
    if (theirs instanceof Error) {
      expect({ text, error: (ours as Error).name }).toEqual({ text, error: theirs.name });
      throw theirs;
    }
    expect({ text, answer: readable(ours) }).toEqual({ text, answer: readable(theirs) });
    return theirs;
  };
  return { client: { send } as unknown as DynamoDBClient, asked };
}

function brakeBy(random: Random): Brake {
  const sinceMs = noonMs + 1000 * random.whole(2);
  const step = random.pick(["slow", "stop"] as const);
  return { step, rule: "rule", level: 1, trickles: random.chance(0.5), sinceMs, untilMs: sinceMs + 60_000, why: "why" };
}

/** Calls of every adapter of the send path, with arguments that meet each other. */
function callsOn(client: DynamoDBClient, random: Random, prefix: string): (() => Promise<unknown>)[] {
  const clock = new ManualClock(noonMs);
  let names = 0;
  const chance = {
    id: () => {
      names += 1;
      return `name${names}`;
    },
  };
  const stores = { counters: client, reads: client };
  const allowances = new DynamoAllowanceStore(stores, "state", { clock, chance, wait: async () => {} });
  const ledger = new DynamoAllowanceLedger(client, "state");
  const claims = new DynamoClaimStore(client, "ledger");
  const receipts = new DynamoReceiptStore(client, "ledger");
  const proofs = new DynamoProofStore(client, "ledger");
  const held = new DynamoHeldMail(client, "held");
  const brakes = new DynamoBrakes(client, "state");
  const circuits = new DynamoCircuits(client, "state");
  const rates = new DynamoSendRates(client, "state");
  const outcomes = new DynamoOutcomeStore(client, "state");
  const dead = new DynamoDeadAddresses(client, "ledger", async () => {});
  const some = (name: string, count: number): string => `${prefix}${name}${random.whole(count)}`;
  const key = () =>
    allowanceAt(random.pick(["gmail", "yahoo", "t-online"]), random.pick(["warming", "established"]), prefix);
  const claim = () => aClaim({ batch: some("batch", 3), position: random.whole(2), attempt: 1 + random.whole(2) });
  const message = () => {
    const provider = random.pick(["gmail", "yahoo"]);
    const id = some("m", 3);
    // No two fall due at one moment: in which order those come, DynamoDB does not say.
    const [holdId, after] = [some("hold", 4), Number(id.slice(-1)) * 1_000 + provider.charCodeAt(0)];
    const untilMs = noonMs + 3_600_000 + after + Number(holdId.slice(-1)) * 200;
    return aHeldMessage({ id, holdId, pool: `${prefix}pool`, provider, untilMs });
  };
  const circuit = () => ({
    scope: scopeOfText(some("set", 2)),
    reason: "ses-paused" as const,
    sinceMs: noonMs,
    untilMs: noonMs + random.whole(3),
  });
  const day = "2026-11-02";
  const mail = { pool: prefix, day };
  const slot = (sign: string) => ({
    provider: "gmail",
    slotMs: noonMs,
    byStream: new Map([["news", new Set([sign])]]),
  });
  return [
    () => claims.claim(some("m", 4), claim(), noonMs),
    () => claims.takeOver(some("m", 4), claim(), claim(), noonMs),
    () => receipts.put({ batch: some("batch", 3), sent: [random.whole(3)], unknown: [] }, noonMs),
    () => receipts.get(some("batch", 3)),
    () => proofs.add(some("batch", 3), [random.whole(5), random.whole(5)], noonMs),
    () => proofs.get(some("batch", 3)),
    () => ledger.open(key(), random.whole(6)),
    () => ledger.setLimit(key(), random.whole(6)),
    () => ledger.setBrake(key(), brakeBy(random)),
    () => ledger.read([key()]),
    () => allowances.reserve(key(), new Map([["gmail", 1 + random.whole(3)]])),
    () => allowances.reserve(key(), new Map(["yahoo", "gmail", "t-online"].map((each) => [each, 1 + random.whole(3)]))),
    () => allowances.release(key(), 1 + random.whole(2), 1 + random.whole(3)),
    () => held.hold(message(), "body"),
    () => held.due(`${prefix}pool`, noonMs + 3_600_000 + random.whole(4) * 1_000, 1 + random.whole(3)),
    () => held.waitingProviders(`${prefix}pool`),
    () => held.waiting(`${prefix}pool`, "gmail", 1 + random.whole(3)),
    () => held.remove(message()),
    () => held.count(`${prefix}pool`),
    () => brakes.keep({ pool: prefix, route: "warming", provider: some("p", 2) }, brakeBy(random)),
    () => brakes.read(prefix),
    () => circuits.open(circuit()),
    () => circuits.move(circuit(), noonMs + random.whole(3)),
    () => circuits.countUnanswered(random.whole(3), random.chance(0.5)),
    () => circuits.read(),
    () => rates.tell(1 + random.whole(3)),
    () => rates.count(random.whole(5)),
    () => outcomes.keep(mail, [slot(some("sign", 9))], noonMs + random.whole(3) * 60_000),
    () => Array.fromAsync(outcomes.keptSince(mail, noonMs + random.whole(3) * 60_000)),
    () => dead.add([some("ann", 4)], noonMs),
    () => dead.among([some("ann", 4), some("ann", 4)], noonMs),
  ];
}

test("the simulated tables answer as the table engine does, whatever is called", async () => {
  const { client, asked } = bothClients(tables().client);
  for (const seed of [1, 2, 3]) {
    const random = new Random(seed);
    const calls = callsOn(client, random, `s${seed}`);
    for (let count = 0; count < 400; count += 1) {
      // What both engines refuse an adapter may throw.
      await random
        .pick(calls)()
        .catch((error: Error) => {
          if (error.name === "AssertionError") throw error;
        });
    }
  }
  expect(asked.size).toBe(7);
});
