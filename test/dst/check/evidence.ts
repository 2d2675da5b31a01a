import type { LogFields } from "../../../shared/ports/log.ts";
import type { Item } from "../aws/attribute-values.ts";
import type { TableWrite } from "../aws/dynamo-service.ts";
import type { QueuedMessage } from "../aws/queue.ts";
import { statusOf } from "../aws/service.ts";
import type { SesCall } from "../aws/ses-service.ts";
import type { Invocation } from "../engine/instance.ts";
import type { Scheduler } from "../engine/scheduler.ts";
import type { Arrival, Mail } from "../system/workload.ts";
import { AllowanceWatch } from "./allowance-watch.ts";
import { holdingFault } from "./holding-fault.ts";
import { routeFault } from "./route-fault.ts";
import { WallWatch } from "./wall-watch.ts";

/** One call of SendEmail, as the truth has it and as the caller learned it. */
export interface SendAttempt {
  readonly mail: Mail | undefined;
  readonly call: SesCall;
  readonly beganMs: number;
  /** Times at which SES took it; more than one when a client repeats the call on its own. */
  readonly acceptedMs: number[];
  /** The caller heard an answer that leaves nothing open. */
  known: boolean;
}

/** What a mail went through. */
export interface Trail {
  readonly mail: Mail;
  /** Times at which the application, or a person, put it on the send queue. */
  readonly enqueuedMs: number[];
  readonly attempts: SendAttempt[];
}

/** Batch and position, the name of a claim. */
function claimName(batch: string, position: number | string): string {
  return `${batch}/${position}`;
}

/** The name of the claim that a tag `sw-id` stands for. */
export function claimOfTag(tag: string): string {
  const [batch = "", position = ""] = tag.split("-");
  return claimName(batch, position);
}

/** What the dispatcher logs when allowance may be left on the used side. */
const tellingLeaks = new Set(["RESERVATION_UNKNOWN", "ALLOWANCE_NOT_RELEASED"]);

/** The claim a Send event tells of; its body is the simulation's own. */
const sendTag = /^\{"eventType":"Send".*"sw-id":\["([^"]*)"/;

/** Everything the checkers need to know, gathered while a seed runs. Knows the truth; changes nothing. */
export class Evidence {
  readonly trails = new Map<string, Trail>();
  readonly byBody = new Map<string, Trail>();
  readonly allowances: AllowanceWatch;
  readonly walls = new WallWatch();
  /** Claims that a receipt says are sent, by their first time. */
  readonly receipts = new Map<string, number>();
  readonly proofs = new Map<string, number>();
  /** Claims that were counted as unknown, by their first time. */
  readonly unknowns = new Map<string, number>();
  /** Claims of each id. */
  readonly claims = new Map<string, Set<string>>();
  /** Claims that a receipt says are unknown; and batches with a receipt. */
  readonly receiptUnknowns = new Map<string, number>();
  readonly withReceipt = new Set<string>();
  /** Batches whose receipt says that SES answered nobody. */
  readonly silent = new Set<string>();
  /** Claims whose call of SES has no known end (yet). */
  readonly openEnds = new Set<string>();
  /** When whoever took a claim over began the run in which that was decided. */
  readonly takenOver = new Map<string, number>();
  /** Claims that an SES event has proved, by the time at which the event was read for good. */
  readonly eventsRead = new Map<string, number>();
  /** Batches whose receipt was given up. */
  readonly withoutReceipt = new Set<string>();
  /** Batches that claimed something, and who ran them. */
  readonly batches = new Map<string, Invocation>();
  /** Runs that told of allowance they could not give back, or do not know whether they took. */
  readonly toldLeaks = new Set<Invocation>();
  readonly faults: string[] = [];
  /** What was still on a queue when all had to be done. */
  readonly undrained = new Set<string>();
  crossPool = 0;
  readonly #scheduler: Scheduler;
  readonly #open = new Map<SesCall["caller"], SendAttempt>();
  readonly #outdated = new Set<string>();
  #mails = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.allowances = new AllowanceWatch(scheduler, this.faults);
  }

  enqueued({ mail, atMs }: Arrival): void {
    let trail = this.trails.get(mail.key);
    if (trail === undefined) {
      trail = { mail, enqueuedMs: [], attempts: [] };
      this.trails.set(mail.key, trail);
      this.byBody.set(mail.body, trail);
    }
    trail.enqueuedMs.push(atMs);
  }

  /** A call of SendEmail begins. */
  begun(call: SesCall): void {
    const trail = this.trails.get(call.subject);
    const attempt: SendAttempt = {
      mail: trail?.mail,
      call,
      beganMs: this.#scheduler.nowMs,
      acceptedMs: [],
      known: false,
    };
    trail?.attempts.push(attempt);
    if (this.#outdated.has(attempt.mail?.body ?? ""))
      this.faults.push(`${attempt.mail?.key}: left weeks after its time`);
    this.#open.set(call.caller, attempt);
    const name = claimOfTag(call.tags["sw-id"] ?? "");
    this.openEnds.add(name);
    call.caller.learns = (outcome) => {
      const status = statusOf(outcome);
      attempt.known = !(outcome instanceof Error) || (status !== undefined && status < 500);
      if (attempt.known) this.openEnds.delete(name);
      this.allowances.learned(attempt);
    };
    this.allowances.begun(attempt);
  }

  /** SES takes a call. @returns SES's id of the mail */
  accepted(call: SesCall): string {
    const attempt = this.#open.get(call.caller);
    if (attempt === undefined) throw new Error("SES took a call that never began");
    attempt.acceptedMs.push(this.#scheduler.nowMs);
    const fault = routeFault(call, attempt.mail, this.#scheduler.nowMs);
    if (fault !== undefined) {
      this.crossPool += 1;
      this.faults.push(`${attempt.mail?.key ?? call.subject}: ${fault}`);
    }
    this.allowances.accepted(attempt);
    this.#mails += 1;
    return `ses-${this.#mails}`;
  }

  written({ table, before, after, caller }: TableWrite): void {
    const pk = after?.pk?.S ?? "";
    if (table === "state" && pk.startsWith("allowance#")) this.allowances.written(before, after, caller.invocation);
    if (table === "held" && after !== undefined && pk.startsWith("held#")) this.#held(after);
    if (table !== "ledger" || after === undefined) return;
    const batch = pk.slice(pk.indexOf("#") + 1);
    if (pk.startsWith("claim#")) this.#claimed(batch, { before, after, caller });
    if (pk.startsWith("receipt#")) this.#kept(batch, after);
    if (pk.startsWith("proof#")) this.#note(this.proofs, batch, after.positions?.NS);
  }

  logged(invocation: Invocation | undefined, code: string, fields: LogFields): void {
    if (invocation !== undefined && tellingLeaks.has(code)) this.toldLeaks.add(invocation);
    const { batch, position } = fields;
    if (typeof batch !== "string") return;
    if (code === "RECEIPT_FAILED") this.withoutReceipt.add(batch);
    if ((code === "OUTCOME_UNKNOWN" || code === "UNKNOWN_RESENT") && position !== undefined) {
      this.#note(this.unknowns, batch, [String(position)]);
    }
  }

  /** Mail moved back from the dead letters after its id is forgotten: where its first time is known it may not leave. */
  outdated(moved: readonly Pick<QueuedMessage, "body" | "attributes">[]): void {
    const timeless = new Set(
      moved.filter(({ attributes }) => attributes.enqueuedAtMs === undefined).map(({ body }) => body),
    );
    for (const { body } of moved) if (!timeless.has(body)) this.#outdated.add(body);
  }

  /** The feedback function has read an event, and will not see it again. */
  eventRead(body: string): void {
    const [, tag] = sendTag.exec(body) ?? [];
    if (tag === undefined) return;
    const [batch = "", position = ""] = tag.split("-");
    this.#note(this.eventsRead, batch, [position]);
  }

  #held(item: Item): void {
    const id = item.id?.S;
    const mails = [...this.trails.values()].map(({ mail }) => mail).filter((mail) => mail.id === id);
    const fault = holdingFault(item, mails, this.walls);
    if (fault !== undefined) this.faults.push(`${id}: ${fault}`);
  }

  #kept(batch: string, { sent, unknown, silent }: Item): void {
    this.withReceipt.add(batch);
    this.#note(this.receipts, batch, sent?.S?.split(","));
    this.#note(this.receiptUnknowns, batch, unknown?.S?.split(","));
    if (silent?.BOOL !== true) return;
    this.silent.add(batch);
    if (unknown?.S === "") this.faults.push(`${batch}: silent, though all was answered`);
  }

  #claimed(id: string, { before, after, caller }: Pick<TableWrite, "before" | "after" | "caller">): void {
    const nameOf = (item: TableWrite["after"]): string => claimName(item?.batchId?.S ?? "", item?.position?.N ?? "");
    this.claims.set(id, (this.claims.get(id) ?? new Set()).add(nameOf(after)));
    if (caller.invocation !== undefined) this.batches.set(after?.batchId?.S ?? "", caller.invocation);
    if (before === undefined || nameOf(before) === nameOf(after)) return;
    this.takenOver.set(nameOf(before), caller.invocation?.startMs ?? this.#scheduler.nowMs);
  }

  #note(times: Map<string, number>, batch: string, positions: readonly string[] = []): void {
    for (const position of positions) {
      const name = claimName(batch, position);
      if (!times.has(name)) times.set(name, this.#scheduler.nowMs);
    }
  }
}
