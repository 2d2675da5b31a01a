import { dayMs } from "../../../shared/domain/utc-day.ts";
import type { QueuedMessage } from "../aws/queue.ts";
import { rejectedMark } from "../aws/ses-service.ts";
import type { World } from "../system/world.ts";
import { hasCause, protectedMs } from "./duplicates.ts";
import type { Evidence, Trail } from "./evidence.ts";

/** Places where a mail may be found in the end. */
type Place = "sent" | "held" | "quarantined" | "dead letters" | "on a queue";

/** Reasons for which a copy of a mail that was sent may lie in quarantine: it is refused before its claim is looked at. */
const beforeTheClaim = new Set(["too-old", "dead-address"]);

/** Looks where every mail ended. @returns mails that are nowhere, and mails in two places that exclude each other */
export function endsOf(world: World, trails: readonly Trail[]): { readonly lost: string[]; readonly wrong: string[] } {
  const quarantine = setAsideByBody(world.queues.quarantine.messages.values());
  const dead = bodiesOf([...world.queues.send.deadLetters, ...world.queues.parked.deadLetters]);
  const queued = bodiesOf([...world.queues.send.messages.values(), ...world.queues.parked.messages.values()]);
  const held = heldBodies(world);
  const placesOf = (trail: Trail): Place[] => {
    const { body } = trail.mail;
    const found: [Place, boolean][] = [
      ["sent", isSent(trail)],
      ["held", held.has(body)],
      ["quarantined", quarantine.has(body)],
      ["dead letters", dead.has(body)],
      ["on a queue", queued.has(body)],
    ];
    return found.flatMap(([place, isThere]) => (isThere ? [place] : []));
  };
  const lost = trails.filter((trail) => placesOf(trail).length === 0).map(({ mail }) => `${mail.key}: lost`);
  const wrong = trails.flatMap((trail) =>
    faultsOf(world, trail, placesOf(trail), quarantine.get(trail.mail.body) ?? []),
  );
  return { lost, wrong: [...wrong, ...otherContent(trails), ...emptyHolds(world)] };
}

/** What is wrong with the places where a mail ended. @param setAside - its copies in quarantine */
function faultsOf(world: World, trail: Trail, places: readonly Place[], setAside: readonly SetAside[]): string[] {
  const { key, id } = trail.mail;
  const wrong = setAside.flatMap((copy) => untrue(world, trail, copy));
  if (places.includes("held")) wrong.push(`${key}: held although there is room`);
  if (places.includes("dead letters") && world.profile.kind === "calm") wrong.push(`${key}: dead without a fault`);
  const untilMs = (trail.enqueuedMs[0] ?? 0) + protectedMs;
  const isProtected = places.includes("sent") && firstSentMs(trail) < untilMs;
  const found = setAside.find(({ reason, atMs }) => atMs < untilMs && !beforeTheClaim.has(reason));
  if (isProtected && found !== undefined && !wasUnknown(world.evidence, id)) {
    wrong.push(`${key}: sent and in quarantine as ${found.reason}`);
  }
  return wrong;
}

/** A reason for quarantine that does not fit the mail. */
function untrue({ evidence }: World, { mail, enqueuedMs }: Trail, { reason, atMs }: SetAside): string[] {
  const canLeaveFromMs = Math.max(enqueuedMs[0] ?? 0, mail.sendAfterMs ?? 0);
  const fits: Readonly<Record<string, boolean>> = {
    "not-json": mail.stream === undefined,
    "identity-not-allowed": mail.stream === undefined,
    "not-a-send-message": mail.stream === undefined,
    "refused-by-ses": mail.key.includes(rejectedMark),
    "dead-address": mail.stream === "offers",
    "too-old": atMs - canLeaveFromMs > 26 * dayMs,
    "same-id-other-content": [...evidence.trails.values()].some(
      (each) => each.mail.id === mail.id && each.mail !== mail,
    ),
    "send-before-passed": mail.body.includes("sendBefore"),
    "outcome-unknown": wasUnknown(evidence, mail.id),
  };
  return fits[reason] === true ? [] : [`${mail.key}: in quarantine as ${reason}, which it is not`];
}

/** Held mail without a body can never be released. */
function emptyHolds({ tables, scheduler }: World): string[] {
  return tables.held.withPrefix("held#").flatMap(({ id, holdId }) => {
    const parts = tables.held.sorted(`body#${holdId?.S}`, undefined, scheduler.nowMs);
    return parts.length > 0 ? [] : [`${id?.S}: held without its body`];
  });
}

function isSent({ attempts }: Trail): boolean {
  return attempts.some(({ acceptedMs }) => acceptedMs.length > 0);
}

/** One of the id's claims has an end that nobody knew. */
function wasUnknown(evidence: Evidence, id: string): boolean {
  return [...(evidence.claims.get(id) ?? [])].some((name) => hasCause(evidence, name));
}

/** An id stands for one content: of two under one id, one at most is sent while the id is protected. */
function otherContent(trails: readonly Trail[]): string[] {
  const sent = new Map<string, Trail>();
  const wrong: string[] = [];
  for (const trail of trails.filter(isSent)) {
    const { key, id } = trail.mail;
    const other = sent.get(id);
    if (other !== undefined && Math.abs(firstSentMs(trail) - firstSentMs(other)) < protectedMs) {
      wrong.push(`${key}: sent under the id of ${other.mail.key}`);
    }
    sent.set(id, trail);
  }
  return wrong;
}

function firstSentMs({ attempts }: Trail): number {
  return Math.min(...attempts.flatMap(({ acceptedMs }) => acceptedMs));
}

function bodiesOf(messages: Iterable<QueuedMessage>): Set<string> {
  return new Set([...messages].map(({ body }) => body));
}

/** A copy in quarantine. */
interface SetAside {
  readonly reason: string;
  readonly atMs: number;
}

function setAsideByBody(messages: Iterable<QueuedMessage>): Map<string, SetAside[]> {
  const found = new Map<string, SetAside[]>();
  for (const { body, attributes, sentAtMs } of messages) {
    const each = { reason: attributes.code ?? "no reason", atMs: sentAtMs };
    found.set(body, [...(found.get(body) ?? []), each]);
  }
  return found;
}

/** Bodies of held mail that can still be read as a whole. */
function heldBodies({ tables, scheduler }: World): Set<string> {
  const bodies = tables.held.withPrefix("held#").map(({ holdId }) => {
    const parts = tables.held.sorted(`body#${holdId?.S}`, undefined, scheduler.nowMs);
    return parts.map(({ body }) => body?.S ?? "").join("");
  });
  return new Set(bodies);
}
