import { makeHandler as makeDispatcher } from "../../../functions/dispatcher/handler.ts";
import { makeHandler as makeFeedback } from "../../../functions/feedback/handler.ts";
import { makeHandler as makeRelease } from "../../../functions/release/handler.ts";
import { DynamoAllowanceLedger } from "../../../shared/adapters/dynamo/allowance-ledger.ts";
import { DynamoAllowanceStore } from "../../../shared/adapters/dynamo/allowance-store.ts";
import { DynamoAudit } from "../../../shared/adapters/dynamo/audit.ts";
import { DynamoBrakes } from "../../../shared/adapters/dynamo/brake-record.ts";
import { DynamoCircuits } from "../../../shared/adapters/dynamo/circuits.ts";
import { DynamoClaimStore } from "../../../shared/adapters/dynamo/claim-store.ts";
import { DynamoDeadAddresses } from "../../../shared/adapters/dynamo/dead-addresses.ts";
import { DynamoServiceClock } from "../../../shared/adapters/dynamo/dynamo-service-clock.ts";
import { DynamoHeldMail } from "../../../shared/adapters/dynamo/held-mail.ts";
import { DynamoLifeCycles } from "../../../shared/adapters/dynamo/life-cycles.ts";
import { DynamoOutcomeStore } from "../../../shared/adapters/dynamo/outcome-store.ts";
import { DynamoProofStore } from "../../../shared/adapters/dynamo/proof-store.ts";
import { DynamoReceiptStore } from "../../../shared/adapters/dynamo/receipt-store.ts";
import { DynamoReleaseMarks } from "../../../shared/adapters/dynamo/release-marks.ts";
import { DynamoSendRates } from "../../../shared/adapters/dynamo/send-rates.ts";
import { DynamoWalls } from "../../../shared/adapters/dynamo/walls.ts";
import { mailFingerprint } from "../../../shared/adapters/fingerprint.ts";
import { SesMailSender } from "../../../shared/adapters/ses/ses-mail-sender.ts";
import { SqsMailQueue } from "../../../shared/adapters/sqs/sqs-mail-queue.ts";
import { SqsQuarantine } from "../../../shared/adapters/sqs/sqs-quarantine.ts";
import { SqsRedelivery } from "../../../shared/adapters/sqs/sqs-redelivery.ts";
import { KnownAnswers } from "../../../shared/app/brakes/known-answers.ts";
import { KnownBrakes } from "../../../shared/app/brakes/known-brakes.ts";
import { RecentCircuits } from "../../../shared/app/dispatch/recent-circuits.ts";
import { SendPace } from "../../../shared/app/dispatch/send-pace.ts";
import { Witnesses } from "../../../shared/app/dispatch/witnesses.ts";
import { RecentWalls } from "../../../shared/app/recent-walls.ts";
import { allowedIps } from "../../../shared/domain/guard/outgoing-ip.ts";
import { settingsWith } from "../../../shared/domain/warm-up/adaptive-settings.ts";
import type { Handler } from "../engine/function.ts";
import type { Surroundings } from "./clients.ts";
import { configuration, pools, providers, streams } from "./configuration.ts";
import { dispatcherSettings } from "./settings.ts";

/**
 * The composition roots of functions/dispatcher, feedback and release, with simulated clients, clocks, chance and waits.
 * Handlers, use cases and adapters are the product's own.
 */
export function startDispatcher(around: Surroundings): Handler {
  const { clock, chance, wait, log, clients, tables, urls } = around;
  const circuits = new RecentCircuits({ circuits: new DynamoCircuits(clients.tables, tables.state), clock, log });
  const handler = makeDispatcher({
    ports: {
      clock,
      serviceClock: new DynamoServiceClock(clients.tables, tables.state),
      chance,
      deadAddresses: new DynamoDeadAddresses(clients.tables, tables.ledger, wait),
      claims: new DynamoClaimStore(clients.tables, tables.ledger),
      receipts: new DynamoReceiptStore(clients.tables, tables.ledger),
      proofs: new DynamoProofStore(clients.tables, tables.ledger),
      allowances: new DynamoAllowanceStore({ counters: clients.counters, reads: clients.tables }, tables.state, {
        clock,
        chance,
        wait,
      }),
      circuits,
      witnesses: new Witnesses(),
      pace: new SendPace(
        { clock, wait, rates: new DynamoSendRates(clients.tables, tables.state), circuits, log },
        dispatcherSettings.mostSenders,
      ),
      walls: new RecentWalls({ walls: new DynamoWalls(clients.tables, tables.state), clock, log }),
      sender: new SesMailSender(clients.mail, dispatcherSettings.sendTimeoutMs, log),
      quarantine: new SqsQuarantine(clients.queues, urls.quarantine),
      parking: new SqsMailQueue(clients.queues, urls.parked),
      held: new DynamoHeldMail(clients.tables, tables.held),
      metrics: { count: () => {} },
      log,
    },
    settings: { streams, pools, providers, ...dispatcherSettings },
    queues: { send: urls.send, parked: urls.parked },
    redelivery: new SqsRedelivery(clients.queues),
  });
  return handler as unknown as Handler;
}

export function startFeedback({ clock, chance, wait, log, clients, tables, urls }: Surroundings): Handler {
  const outcomes = new DynamoOutcomeStore(clients.tables, tables.state);
  const handler = makeFeedback({
    settings: {
      providers,
      ownIps: [...pools.values()].flatMap(({ ips }) => ips),
      fingerprint: mailFingerprint,
      brakeRules: configuration.brakes,
      adaptivePools: new Map(
        [...pools.values()]
          .filter(({ plan }) => plan.adaptive)
          .map(({ name, plan }) => [name, settingsWith(plan.adaptiveSettings)]),
      ),
      refusingDead: new Set([...streams.values()].filter((each) => each.refuseDead).map((each) => each.name)),
    },
    outgoing: { pools: [...pools.keys()], allowed: allowedIps([...pools.values()]) },
    ports: {
      lifeCycles: new DynamoLifeCycles(clients.tables, tables.state),
      audit: new DynamoAudit(clients.tables, tables.state),
      clock,
      serviceClock: new DynamoServiceClock(clients.tables, tables.state),
      outcomes,
      knownAnswers: new KnownAnswers(outcomes),
      allowances: new DynamoAllowanceLedger(clients.tables, tables.state, wait),
      reservations: new DynamoAllowanceStore({ counters: clients.counters, reads: clients.tables }, tables.state, {
        clock,
        chance,
        wait,
      }),
      releaseMarks: new DynamoReleaseMarks(clients.tables, tables.ledger, chance),
      quarantine: new SqsQuarantine(clients.queues, urls.quarantine),
      brakes: new DynamoBrakes(clients.tables, tables.state),
      knownBrakes: new KnownBrakes(),
      receipts: new DynamoReceiptStore(clients.tables, tables.ledger),
      proofs: new DynamoProofStore(clients.tables, tables.ledger),
      // Best effort by contract: nothing depends on either.
      events: { publish: async () => {} },
      metrics: { count: () => {} },
      deadAddresses: new DynamoDeadAddresses(clients.tables, tables.ledger, wait),
      log,
    },
  });
  return handler as unknown as Handler;
}

export function startRelease({ clock, wait, log, clients, tables, urls }: Surroundings): Handler {
  const handler = makeRelease({
    ports: {
      clock,
      serviceClock: new DynamoServiceClock(clients.tables, tables.state),
      held: new DynamoHeldMail(clients.tables, tables.held),
      allowances: new DynamoAllowanceLedger(clients.tables, tables.state, wait),
      walls: new RecentWalls({ walls: new DynamoWalls(clients.tables, tables.state), clock, log }),
      circuits: new RecentCircuits({ circuits: new DynamoCircuits(clients.tables, tables.state), clock, log }),
      sendQueue: new SqsMailQueue(clients.queues, urls.send),
      log,
    },
    deployment: { streams, pools },
  });
  return handler as unknown as Handler;
}
