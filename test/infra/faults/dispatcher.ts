import { makeHandler } from "../../../functions/dispatcher/handler.ts";
import { tellOutcomes } from "../../../shared/app/dispatch/tell-outcomes.ts";
import type { SendAnswer } from "../../../shared/ports/mail-sender.ts";
import { aPool, aSendMessage, minuteMs, noonMs, putOff, stopped } from "../../support/builders.ts";
import { down, TestDispatcher } from "../../support/dispatcher.ts";
import { RecordingLog } from "../../support/fakes/recording-log.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../../support/lambda.ts";
import { everyMinute, type Fault, lines, ofFunction, troubleMs } from "./fault.ts";

const logs = "SendPathDispatcherLogs";
const functionId = "SendPathDispatcher";

/** Mail that was worked well, so many messages. */
function workedWell(messages: number): RecordingLog {
  const log = new RecordingLog();
  tellOutcomes({ log, metrics: { count: () => {} } }, messages, []);
  return log;
}

type Delivery = Parameters<typeof anSqsRecord>[2];

/** What the dispatcher logs of a batch. */
export async function batch(
  dispatcher: TestDispatcher,
  bodies: readonly string[],
  delivery: Delivery = {},
): Promise<void> {
  const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
  const handler = makeHandler({
    ports: dispatcher.ports,
    settings: dispatcher.settings,
    queues: { send: url("send"), parked: url("parked") },
    redelivery: { after: async () => {} },
  });
  await handler(anSqsEvent(...bodies.map((body, n) => anSqsRecord(`record-${n}`, body, delivery))), aContext);
}

const mails = (count: number) =>
  Array.from({ length: count }, (_, n) => JSON.stringify(aSendMessage({ id: `order-${n}`, to: [`p${n}@gmail.com`] })));

/** A batch beside so much mail that was worked well. */
async function beside(
  well: number,
  bodies: readonly string[],
  prepare: (dispatcher: TestDispatcher) => void = () => {},
) {
  const dispatcher = new TestDispatcher({ pool: undefined });
  prepare(dispatcher);
  await batch(dispatcher, bodies);
  return { lines: [...lines(logs, dispatcher.log), ...lines(logs, workedWell(well))] };
}

const answering = (answer: SendAnswer) => (dispatcher: TestDispatcher) => {
  dispatcher.sender.otherwise = answer;
};

/** A message that SES puts off, back from the parked queue and parked again. */
async function parkedAgain(parkings: number) {
  const dispatcher = new TestDispatcher({ pool: undefined });
  dispatcher.sender.otherwise = putOff();
  const parkedSinceMs = String(noonMs - 60 * minuteMs);
  await batch(dispatcher, mails(1), { queue: "parked", parkings: String(parkings), parkedSinceMs });
  return { lines: lines(logs, dispatcher.log) };
}

/** A message every ten seconds, while SES has the account's sending paused for so long. */
async function pausedFor(minutes: number) {
  const dispatcher = new TestDispatcher({ pool: undefined });
  const found = [];
  for (let tenSeconds = 0; tenSeconds < minutes * 6 + 60; tenSeconds += 1) {
    dispatcher.sender.otherwise = tenSeconds < minutes * 6 ? stopped("ses-paused") : { kind: "accepted" };
    const seen = dispatcher.log.lines.length;
    await batch(dispatcher, [JSON.stringify(aSendMessage({ id: `order-${tenSeconds}` }))]);
    const said = new RecordingLog();
    said.lines.push(...dispatcher.log.lines.slice(seen));
    found.push(...lines(logs, said, troubleMs + tenSeconds * 10_000));
    dispatcher.clock.advance(10_000);
  }
  return { lines: found };
}

async function heldWithoutShared(waitedMs: number) {
  const dispatcher = new TestDispatcher({ sharedAllowed: false, whenFull: "hold", longestHoldMs: 720 * minuteMs }, [
    aPool(),
  ]);
  dispatcher.clock.advance(waitedMs);
  await batch(dispatcher, mails(1), { sentMs: noonMs });
  return { lines: lines(logs, dispatcher.log) };
}

/** What the dispatcher does to mail, or cannot do. */
export const dispatcherFaults: readonly Fault[] = [
  {
    what: "one message in a thousand can never be sent as it is",
    rings: ["SendPathAlarmsMailQuarantined"],
    happens: () => beside(999, ["hello"]),
  },
  {
    what: "the only message of an hour can never be sent as it is",
    rings: ["SendPathAlarmsMailQuarantined"],
    happens: () => beside(0, ["hello"]),
  },
  {
    what: "one message in ten thousand can never be sent as it is",
    rings: [],
    happens: () => beside(9_999, ["hello"]),
  },
  {
    what: "a list is full of dead addresses that its stream refuses",
    rings: [],
    happens: async () => {
      const dispatcher = new TestDispatcher({ refuseDead: true });
      await dispatcher.deadAddresses.add(["p0@gmail.com", "p1@gmail.com"], noonMs);
      await batch(dispatcher, mails(2));
      return { lines: lines(logs, dispatcher.log) };
    },
  },
  {
    what: "calls to SES end without an answer",
    rings: ["SendPathAlarmsUnknownOutcomes"],
    happens: () => beside(400, mails(3), answering({ kind: "unknown" })),
  },
  {
    what: "two calls in an hour end without an answer",
    rings: [],
    happens: () => beside(0, mails(2), answering({ kind: "unknown" })),
  },
  {
    what: "one call in a thousand ends without an answer",
    rings: [],
    happens: () => beside(3_000, mails(3), answering({ kind: "unknown" })),
  },
  {
    what: "SES has paused the account's sending for six minutes",
    rings: ["SendPathAlarmsSendingStopped"],
    happens: () => pausedFor(6),
  },
  { what: "SES has paused the account's sending for three minutes", rings: [], happens: () => pausedFor(3) },
  {
    what: "a message comes back from the parked queue for the fourth time",
    rings: ["SendPathAlarmsMailParkedAgain"],
    happens: () => parkedAgain(3),
  },
  {
    what: "a message comes back from the parked queue for the third time",
    rings: [],
    happens: () => parkedAgain(2),
  },
  {
    what: "mail without shared IPs has waited for longer than its longest hold",
    rings: ["SendPathAlarmsMailHeldForLong"],
    happens: () => heldWithoutShared(721 * minuteMs),
  },
  { what: "held mail waits as long as its stream says", rings: [], happens: () => heldWithoutShared(60 * minuteMs) },
  {
    what: "a table refuses the claims",
    rings: ["SendPathAlarmsRecordsFailing"],
    happens: () =>
      beside(90, mails(5), (dispatcher) => {
        dispatcher.instead = { claims: { claim: down, takeOver: down } };
      }),
  },
  {
    what: "a table refuses four claims of an hour",
    rings: [],
    happens: () =>
      beside(0, mails(4), (dispatcher) => {
        dispatcher.instead = { claims: { claim: down, takeOver: down } };
      }),
  },
  {
    what: "every run of the dispatcher dies",
    rings: ["SendPathAlarmsRunsFailing"],
    happens: () => ({
      measured: everyMinute(30, (atMs) => ofFunction(functionId, "Invocations", 2, atMs)).concat(
        everyMinute(30, (atMs) => ofFunction(functionId, "Errors", 2, atMs)),
      ),
    }),
  },
  {
    what: "one run of the dispatcher in a hundred dies",
    rings: [],
    happens: () => ({
      measured: everyMinute(30, (atMs) => ofFunction(functionId, "Invocations", 100, atMs)).concat(
        everyMinute(30, (atMs) => ofFunction(functionId, "Errors", 1, atMs)),
      ),
    }),
  },
  {
    what: "the account's Lambda concurrency is used up",
    rings: ["SendPathAlarmsRunsThrottled"],
    happens: () => ({ measured: everyMinute(30, (atMs) => ofFunction(functionId, "Throttles", 4, atMs)) }),
  },
];
