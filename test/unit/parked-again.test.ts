import { describe, expect, test } from "vitest";
import { makeHandler } from "../../functions/dispatcher/handler.ts";
import { aSendMessage, minuteMs, noonMs, stopped } from "../support/builders.ts";
import { TestDispatcher } from "../support/dispatcher.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../support/lambda.ts";

const body = JSON.stringify(aSendMessage());
const queueUrl = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

function works({ ports, settings }: TestDispatcher, record: ReturnType<typeof anSqsRecord>) {
  const queues = { send: queueUrl("send"), parked: queueUrl("parked") };
  return makeHandler({ ports, settings, queues, redelivery: { after: async () => {} } })(anSqsEvent(record), aContext);
}

describe("mail that comes back from the parked queue", () => {
  const fromParked = (parkings?: number, minutesAgo = 31) =>
    anSqsRecord("one", body, {
      queue: "parked",
      ...(parkings !== undefined && {
        parkings: String(parkings),
        parkedSinceMs: String(noonMs - minutesAgo * minuteMs),
      }),
    });

  test.each([
    ["parked three times before, for half an hour", fromParked(3), 4, [{ because: "ses-quota", messages: 1, most: 4 }]],
    ["parked three times before, for some minutes", fromParked(3, 29), 4, []],
    ["parked twice before", fromParked(2), 3, []],
    ["told of the last time", fromParked(4), 5, []],
    ["parked twice as often since", fromParked(7), 8, [{ because: "ses-quota", messages: 1, most: 8 }]],
    ["parked by the version before, which did not count", fromParked(), 1, []],
  ])("counts on, and is told of when it was often and long: %s", async (_, record, counted, told) => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.otherwise = stopped("ses-quota");
    await works(dispatcher, record);
    expect(dispatcher.parking.messages).toMatchObject([{ parkings: counted }]);
    expect(dispatcher.log.of("PARKED_AGAIN").map(({ fields }) => fields)).toEqual(told);
  });

  test("keeps since when: from the first time on", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.otherwise = stopped("ses-quota");
    await works(dispatcher, anSqsRecord("one", body));
    await works(dispatcher, fromParked(3));
    expect(dispatcher.parking.messages.map(({ parkedSinceMs }) => parkedSinceMs)).toEqual([
      noonMs,
      noonMs - 31 * minuteMs,
    ]);
  });

  test("and waits for proof of an unknown outcome is not told: its stream says how long it waits", async () => {
    const dispatcher = new TestDispatcher();
    dispatcher.sender.answer({ kind: "unknown" });
    await works(dispatcher, fromParked(7));
    expect(dispatcher.log.of("PARKED_AGAIN")).toEqual([]);
  });
});
