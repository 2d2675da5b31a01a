import { makeHandler } from "../../../functions/dispatcher/handler.ts";
import { tellOutcomes } from "../../../shared/app/dispatch/tell-outcomes.ts";
import type { SendAnswer } from "../../../shared/ports/mail-sender.ts";
import { aPool, aSendMessage, minuteMs, noonMs } from "../../support/builders.ts";
import { down, TestDispatcher } from "../../support/dispatcher.ts";
import { RecordingLog } from "../../support/fakes/recording-log.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../../support/lambda.ts";
import { everyMinute, type Fault, lines, ofFunction } from "./fault.ts";

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
async function batch(dispatcher: TestDispatcher, bodies: readonly string[], delivery: Delivery = {}): Promise<void> {
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

/** Mail that comes back from the parked queue and is parked again. */
async function parkedAgain(answer: SendAnswer, parkings: string) {
  const dispatcher = new TestDispatcher({ pool: undefined });
  dispatcher.sender.otherwise = answer;
  await batch(dispatcher, mails(1), { queue: "parked", parkings });
  // The circuit it opens is another fault's business.
  const own = new RecordingLog();
  own.lines.push(...dispatcher.log.lines.filter(({ code }) => code !== "CIRCUIT_OPENED"));
  return { lines: lines(logs, own) };
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
    what: "a message comes back from the parked queue for the fourth time",
    rings: ["SendPathAlarmsMailParkedAgain"],
    happens: () => parkedAgain({ kind: "quota-spent" }, "3"),
  },
  {
    what: "a message comes back from the parked queue for the third time",
    rings: [],
    happens: () => parkedAgain({ kind: "quota-spent" }, "2"),
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
