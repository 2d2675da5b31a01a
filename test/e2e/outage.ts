import type { RecordedCall } from "../../infra/local/call-log.ts";
import type { LocalSystem } from "../../infra/local/local-system.ts";
import { drain } from "../../infra/local/run/run-days.ts";
import { allSent } from "../../infra/local/run/summary.ts";
import { idOfMessageTag } from "../../shared/domain/sending/message-tag.ts";
import { enqueue, mail, setAsideIn } from "./application.ts";
import { startAtMidnight } from "./run-locally.ts";

const minuteMs = 60_000;
const perMinute = 6;
const minutesBefore = 10;
const minutesAfter = 5;
const streams = ["receipts", "newsletter", "alerts"] as const;

export interface Outage {
  readonly minutes: number;
  /** Begins it; it ends by itself. @param seconds - how long it lasts */
  begin(system: LocalSystem, seconds: number): void;
}

/** How mail came through an outage. */
export interface LivedThrough {
  readonly enqueued: readonly string[];
  /** Ids of all mail that SES took, one for each time. */
  readonly sent: readonly string[];
  /** Codes of what was set aside. */
  readonly setAside: readonly string[];
  /** Calls of SendEmail while it lasted. */
  readonly calls: number;
}

/** Mail comes in minute by minute: before an outage, through it, and on until every queue is empty. */
export async function liveThrough({ minutes, begin }: Outage): Promise<LivedThrough> {
  const { system, calls } = await startAtMidnight();
  const enqueued: string[] = [];
  const startMs = system.clock.nowMs();
  // Each call is checked, and recorded, for its identity and for its configuration set.
  const isSend = ({ action, resource }: RecordedCall): boolean =>
    action === "ses:SendEmail" && resource.includes(":identity/");
  const sends = (): number => calls.filter(isSend).length;
  const pass = async (fromMinute: number, untilMinute: number): Promise<void> => {
    for (let minute = fromMinute; minute < untilMinute; minute += 1) {
      await system.jumpTo(startMs + minute * minuteMs);
      const bodies = minuteOfMail(minute);
      enqueued.push(...bodies.map(({ id }) => id));
      await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), bodies);
      await system.settle();
    }
  };
  const untilMinute = minutesBefore + minutes;
  await pass(0, minutesBefore);
  begin(system, minutes * 60);
  const before = sends();
  await pass(minutesBefore, untilMinute);
  const during = sends() - before;
  await pass(untilMinute, untilMinute + minutesAfter);
  await drain(system, minuteMs);
  const sent = allSent(system).map(({ id }) => idOfMessageTag(id));
  const found = [await setAsideIn(system, "quarantine"), await setAsideIn(system, "dead-letters")].flat();
  await system.close();
  return { enqueued, sent, setAside: found.map(({ code }) => code), calls: during };
}

function minuteOfMail(minute: number) {
  return Array.from({ length: perMinute }, (_, n) =>
    mail(`m-${minute}-${n}`, `person-${minute}-${n}@gmail.com`, { stream: streams[n % streams.length] }),
  );
}
