import { parseMailbox } from "../../contracts/email-address.ts";
import { recipientsOf, sendersOf } from "../../contracts/email-request.ts";
import { tooFarAhead } from "../../contracts/send-times.ts";
import { sampleOf } from "../../domain/feedback/arm.ts";
import { streamFor } from "../../domain/routing/choose-pool.ts";
import { covers } from "../../domain/routing/identity.ts";
import type { MailTimes } from "../../domain/routing/may-wait.ts";
import type { RuledMail } from "../../domain/routing/pool-rule.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { QuarantineReason } from "../../domain/sending/outcome.ts";
import type { Demand } from "../../domain/sending/share-out.ts";
import type { DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";
import type { Admitted } from "./work.ts";

/** Finds a record's stream with its pool, and its mailbox providers, or says why it can never be sent. */
export function admit(
  settings: DispatchSettings,
  record: DispatchRecord,
  position: number,
): Admitted | { readonly refused: QuarantineReason } {
  const stream = settings.streams.get(record.message.stream);
  if (stream === undefined) {
    const known = [...settings.streams.keys()].join(", ");
    const sentence = `The stream is not one of this deployment: expected one of ${known}.`;
    return { refused: { code: "unknown-stream", sentence } };
  }
  const foreign = sendersOf(record.message.email).find(({ address }) => !mayUse(stream, address));
  if (foreign !== undefined) {
    const sentence = `The address in ${foreign.where} is of no identity that stream ${stream.name} may use: expected one of ${stream.identities.join(", ")}.`;
    return { refused: { code: "identity-not-allowed", sentence } };
  }
  const tooFar = tooFarAhead(record.message, record.enqueuedAtMs);
  if (tooFar !== undefined) return { refused: tooFar };
  const domains = recipientsOf(record.message.email.Destination).map((to) => parseMailbox(to)?.domain ?? "");
  const demand = demandOf(settings, domains);
  const withPool = streamFor(stream, ruledMail(record, domains, demand));
  const { FromEmailAddress, TenantName: tenant } = record.message.email;
  const names = { from: parseMailbox(FromEmailAddress)?.address, tenant };
  const arm = sampleOf(withPool, record.message.id);
  return { record, position, stream: withPool, arm, demand, names, times: timesOf(record) };
}

function mayUse({ identities }: Stream, from: string): boolean {
  const mailbox = parseMailbox(from);
  return mailbox !== undefined && identities.some((identity) => covers(identity, mailbox.address));
}

/** What pool rules look at. @param domains - of all recipients */
function ruledMail({ message: { email } }: DispatchRecord, domains: readonly string[], demand: Demand): RuledMail {
  return {
    from: parseMailbox(email.FromEmailAddress)?.address ?? "",
    domains: new Set(domains),
    providers: new Set(demand.keys()),
    tags: (email.EmailTags ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
  };
}

function timesOf({ message: { sendAfter, sendBefore }, enqueuedAtMs }: DispatchRecord): MailTimes {
  return { enqueuedAtMs, sendAfterMs: sendAfter, sendBeforeMs: sendBefore };
}

function demandOf({ providers }: DispatchSettings, domains: readonly string[]): Demand {
  const demand = new Map<string, number>();
  for (const domain of domains) {
    const provider = providers.of(domain);
    demand.set(provider, (demand.get(provider) ?? 0) + 1);
  }
  return demand;
}
