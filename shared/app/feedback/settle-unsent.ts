import type { SesEvent } from "../../contracts/ses-event.ts";
import { isUnsent, type UnsentBecause, unsentReason } from "../../domain/feedback/unsent-mail.ts";
import type { LogCode } from "../../domain/log-codes.ts";
import { idOfMessageTag } from "../../domain/sending/message-tag.ts";
import type { AllowanceStore } from "../../ports/allowance-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { MetricName, Metrics } from "../../ports/metrics.ts";
import type { Quarantine } from "../../ports/quarantine.ts";
import type { ReleaseMarks } from "../../ports/release-marks.ts";
import { releaseUnspent, type Unspent } from "../dispatch/unspent.ts";
import { inParallel } from "../in-parallel.ts";
import type { Attempts } from "./attempts.ts";
import { providerAt, type ReadingSettings, type SentMail, sentMail, timeOf } from "./sent-mail.ts";

export interface UnsentPorts {
  readonly clock: Clock;
  readonly quarantine: Pick<Quarantine, "note">;
  readonly releaseMarks: ReleaseMarks;
  readonly reservations: Pick<AllowanceStore, "release">;
  readonly metrics: Metrics;
  readonly log: Log;
}

type Reading = Pick<ReadingSettings, "providers" | "fingerprint">;

/** Mail that SES took and sent nothing of. */
interface Unsent {
  readonly event: SesEvent;
  readonly because: UnsentBecause;
  readonly sent: SentMail;
}

const told: Readonly<Record<UnsentBecause, { readonly code: LogCode; readonly metric: MetricName }>> = {
  "Rendering Failure": { code: "RENDERING_FAILED", metric: "RenderingFailures" },
  Reject: { code: "REJECTED_AFTER_ACCEPTANCE", metric: "RejectedAfterAcceptance" },
};

const concurrency = 10;

/**
 * Deals with mail that SES took and did not send: it is listed in quarantine, without the body, which nobody has any
 * more; its allowance is given back, once, however often the event comes; operators are told.
 * @param events - by record id
 */
export async function settleUnsent(
  ports: UnsentPorts,
  settings: Reading,
  attempts: Attempts,
  events: ReadonlyMap<string, SesEvent>,
): Promise<void> {
  const all = new Map([...events].flatMap(([record, event]) => unsentIn(record, event)));
  await inParallel([...all], concurrency, ([record, unsent]) =>
    attempts.make([record], { pool: unsent.sent.pool }, async () => {
      await note(ports, settings, unsent);
      await giveBack(ports, settings, unsent);
    }),
  );
  tell(ports, [...all.values()]);
}

function unsentIn(record: string, event: SesEvent): [string, Unsent][] {
  const sent = sentMail(event);
  const because = event.eventType;
  return sent !== undefined && isUnsent(because) ? [[record, { event, because, sent }]] : [];
}

/** SES's own ids have this form. */
const plainName = /^[\w-]{1,100}$/;

async function note({ quarantine }: UnsentPorts, { fingerprint }: Reading, unsent: Unsent): Promise<void> {
  const { event, because, sent } = unsent;
  const { messageId, tags } = event.mail;
  const id = tags["sw-message"]?.[0];
  await quarantine.note(
    {
      name: plainName.test(messageId) ? messageId : fingerprint(messageId),
      id: id === undefined ? undefined : idOfMessageTag(id),
      stream: sent.stream,
      atMs: timeOf(event, sent.day),
    },
    unsentReason(because, event.failure),
  );
}

/** Whoever puts the mark releases, and nobody after: to leave units on the used side is safe, to free them twice is not. */
async function giveBack(ports: UnsentPorts, settings: Reading, unsent: Unsent): Promise<void> {
  const units = unitsOf(settings, unsent);
  if (units.length === 0) return;
  if (!(await ports.releaseMarks.first(unsent.event.mail.messageId, ports.clock.nowMs()))) return;
  await releaseUnspent({ allowances: ports.reservations, log: ports.log }, units);
}

/** What its dispatcher reserved: a unit for each recipient, at the recipient's provider. None for shared IPs. */
function unitsOf(settings: Reading, { event, sent }: Unsent): Unspent[] {
  const { pool, route, day } = sent;
  if (route === "shared") return [];
  return event.mail.destination.map((address) => ({
    key: { pool, route, day, provider: providerAt(settings, sent, address) },
    recipients: 1,
    epoch: undefined,
  }));
}

/** Counted as events come in: one that is repeated counts again, here and in the log only. */
function tell({ metrics, log }: UnsentPorts, unsent: readonly Unsent[]): void {
  for (const [because, ofKind] of Map.groupBy(unsent, (each) => each.because)) {
    for (const [stream, { length: count }] of Map.groupBy(ofKind, ({ sent }) => sent.stream)) {
      metrics.count(told[because].metric, count, { stream });
      log.warn(told[because].code, { stream, count });
    }
  }
}
