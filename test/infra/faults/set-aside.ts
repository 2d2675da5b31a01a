import { makeHandler } from "../../../functions/set-aside/handler.ts";
import { type OriginQueue, originQueues } from "../../../shared/domain/set-aside/set-aside.ts";
import { noonMs } from "../../support/builders.ts";
import { down } from "../../support/dispatcher.ts";
import { ManualClock } from "../../support/fakes/manual-clock.ts";
import { MemorySetAside } from "../../support/fakes/memory-set-aside.ts";
import { RecordingLog } from "../../support/fakes/recording-log.ts";
import { aContext, anSqsEvent, anSqsRecord } from "../../support/lambda.ts";
import { everyMinute, type Fault, lines, ofFunction, ofQueue } from "./fault.ts";

/** What the function logs of one message of a queue. */
async function setAside(queue: string, store = new MemorySetAside()) {
  const log = new RecordingLog();
  const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
  const deadLetters = { send: url("send"), parked: url("parked"), feedback: url("feedback"), proof: url("proof") };
  const handler = makeHandler({
    ports: { clock: new ManualClock(noonMs), setAside: store, log },
    keptDays: 90,
    deadLetters,
  });
  await handler(anSqsEvent(anSqsRecord("sqs-1", "{}", { queue })), aContext);
  return { lines: lines("SetAsideFunctionLogs", log) };
}

const queueIds: Readonly<Record<OriginQueue, string>> = {
  send: "SendPathSend",
  parked: "SendPathParked",
  feedback: "FeedbackPathFeedback",
  proof: "FeedbackPathProof",
};
const alarmIds: Readonly<Record<OriginQueue, string>> = {
  send: "SetAsideSendDeadLettersOld",
  parked: "SetAsideParkedDeadLettersOld",
  feedback: "SetAsideFeedbackDeadLettersOld",
  proof: "SetAsideProofDeadLettersOld",
};

const age = "ApproximateAgeOfOldestMessage";

/** What comes to quarantine and dead letters, and does not get on their list. */
export const setAsideFaults: readonly Fault[] = [
  ...originQueues.flatMap((queue): Fault[] => [
    {
      what: `a message comes to the dead letters of the ${queue} queue`,
      rings: [`${queueIds[queue]}SetAside`],
      happens: () => setAside(queue),
    },
    {
      what: `nobody reads the dead letters of the ${queue} queue`,
      rings: [alarmIds[queue]],
      happens: () => ({
        measured: everyMinute(20, (atMs) => ofQueue(`${queueIds[queue]}DeadLetters`, age, 1_900, atMs)),
      }),
    },
  ]),
  {
    what: "nobody reads the quarantine queue",
    rings: ["SetAsideQuarantineOld"],
    happens: () => ({ measured: everyMinute(20, (atMs) => ofQueue("SendPathQuarantineQueue", age, 1_900, atMs)) }),
  },
  { what: "a message comes to quarantine and is listed", rings: [], happens: () => setAside("quarantine") },
  {
    what: "the table does not take what was set aside",
    rings: ["SetAsideFailed"],
    happens: () => setAside("quarantine", Object.assign(new MemorySetAside(), { add: down })),
  },
  {
    what: "a run of the set-aside function dies",
    rings: ["SetAsideErrors"],
    happens: () => ({ measured: [ofFunction("SetAsideFunction", "Errors", 1)] }),
  },
];
