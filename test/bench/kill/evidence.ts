import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { LocalSystem } from "../../../infra/local/local-system.ts";
import { allSent, overAllowance, warmingAllowances } from "../../../infra/local/run/summary.ts";
import { DynamoHeldMail } from "../../../shared/adapters/dynamo/held-mail.ts";
import type { LogCode } from "../../../shared/domain/log-codes.ts";
import { parseClaimTag } from "../../../shared/domain/sending/claim.ts";
import { idOfMessageTag } from "../../../shared/domain/sending/message-tag.ts";
import type { SetAside } from "../../../shared/domain/set-aside/set-aside.ts";
import { utcDay } from "../../../shared/domain/utc-day.ts";
import { setAsideIn } from "../../e2e/application.ts";

/** One call that SES accepted. @property claim - batch and position of the claim it was made under */
export interface Accepted {
  readonly id: string;
  readonly claim: string;
}

/** What is known in the end, from outside the product: SES's own outbox, the queues, the held table, the logs. */
export interface Evidence {
  /** Stream by id. */
  readonly enqueued: ReadonlyMap<string, string>;
  /** In order of acceptance. */
  readonly accepted: readonly Accepted[];
  /** Reason by id. */
  readonly quarantined: ReadonlyMap<string, string>;
  readonly deadLetters: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  /** Messages that are still on the send queue or the parked queue. */
  readonly onQueues: number;
  /** Claims that the log counts as unknown (`OUTCOME_UNKNOWN` or `UNKNOWN_RESENT`). */
  readonly unknown: ReadonlySet<string>;
  /** Those of them whose message the log says was sent again (`UNKNOWN_RESENT`). */
  readonly resent: ReadonlySet<string>;
  /** Copies that came back and were dropped, because a receipt or an SES event proved that their mail was sent. */
  readonly droppedAsSent: number;
  /** Mail that left by warming IPs. */
  readonly byWarmingIps: number;
  /** Recipients that left by warming IPs above an allowance. */
  readonly overAllowance: number;
}

const pools = ["transactional", "marketing"];

export async function readEvidence(
  system: LocalSystem,
  folder: string,
  enqueued: ReadonlyMap<string, string>,
): Promise<Evidence> {
  const outbox = allSent(system);
  const today = utcDay(system.clock.nowMs());
  const allowances = await warmingAllowances(system, pools, { from: today, to: today }, outbox);
  const logged = readLog(join(folder, "logs", `${system.function("Dispatcher").name}.log`));
  return {
    enqueued,
    accepted: outbox.map(({ id, tags }) => ({
      id: idOfMessageTag(id),
      claim: claimName(parseClaimTag(tags["sw-id"] ?? "") ?? {}),
    })),
    quarantined: await setAside(system, "quarantine"),
    deadLetters: new Set((await setAside(system, "dead-letters")).keys()),
    held: await heldIds(system),
    onQueues: waiting(system, "SendPathSendQueue") + waiting(system, "SendPathParkedQueue"),
    ...logged,
    byWarmingIps: outbox.filter(({ tags }) => tags["sw-route"] === "warming").length,
    overAllowance: overAllowance(outbox, allowances, system.limits()),
  };
}

/** Ids on the held table. */
export async function heldIds(system: LocalSystem): Promise<ReadonlySet<string>> {
  const held = new DynamoHeldMail(system.clients.tables, system.name("AWS::DynamoDB::GlobalTable", "HeldTable"));
  const [ever, all] = [Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY];
  const byPool = await Promise.all((await held.pools()).map((pool) => held.due(pool, ever, all)));
  return new Set(byPool.flatMap(({ messages }) => messages).map(({ id }) => id));
}

/** Reason by id of the mail that was set aside in a place. */
async function setAside(system: LocalSystem, place: SetAside["place"]): Promise<ReadonlyMap<string, string>> {
  const entries = await setAsideIn(system, place);
  return new Map(
    entries.filter(({ queue }) => queue === "send" || queue === "parked").map(({ id, code }) => [String(id), code]),
  );
}

function waiting(system: LocalSystem, idPart: string): number {
  const { visible, inFlight, delayed } = system.queueState(idPart);
  return visible + inFlight + delayed;
}

/** What the dispatcher's log counts. A line that a kill cut off counts for nothing. */
export function readLog(file: string): Pick<Evidence, "unknown" | "resent" | "droppedAsSent"> {
  const lines = readFileSync(file, "utf8").split("\n").flatMap(messageOf);
  const claimsOf = (...codes: LogCode[]): Set<string> =>
    new Set(lines.filter(({ code }) => codes.some((each) => each === code)).map(claimName));
  const dropped = lines.map((line) => line["already-sent"] ?? 0);
  return {
    unknown: claimsOf("OUTCOME_UNKNOWN", "UNKNOWN_RESENT"),
    resent: claimsOf("UNKNOWN_RESENT"),
    droppedAsSent: dropped.reduce((sum, each) => sum + each, 0),
  };
}

const Line = z.object({
  message: z.object({
    code: z.string(),
    batch: z.string().optional(),
    position: z.number().optional(),
    "already-sent": z.number().optional(),
  }),
});
type Message = z.output<typeof Line>["message"];

function messageOf(line: string): Message[] {
  try {
    return [Line.parse(JSON.parse(line)).message];
  } catch {
    return [];
  }
}

/** Batch and position of a claim. */
export function claimName({ batch, position }: Partial<Message>): string {
  return `${batch}/${position}`;
}
