import { parseMailbox } from "../../contracts/email-address.ts";
import { recipientsOf } from "../../contracts/email-request.ts";
import { type Arm, armOf } from "../../domain/feedback/arm.ts";
import { streamFor } from "../../domain/routing/choose-pool.ts";
import { covers } from "../../domain/routing/identity.ts";
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
  const { email } = record.message;
  const named = settings.streams.get(record.message.stream);
  if (named === undefined) {
    const known = [...settings.streams.keys()].join(", ");
    const sentence = `The stream is not one of this deployment: expected one of ${known}.`;
    return { refused: { code: "unknown-stream", sentence } };
  }
  const from = parseMailbox(email.FromEmailAddress)?.address;
  if (from === undefined || !named.identities.some((identity) => covers(identity, from))) {
    const sentence = `The From address is of no identity that stream ${named.name} may use: expected one of ${named.identities.join(", ")}.`;
    return { refused: { code: "identity-not-allowed", sentence } };
  }
  const domains = recipientsOf(email.Destination).map((recipient) => parseMailbox(recipient)?.domain ?? "");
  const demand = demandOf(settings, domains);
  const stream = streamFor(named, ruledMail(record, { from, domains, demand }));
  return { record, position, stream, arm: sampleOf(stream, record), demand };
}

/** Where a message comes from and goes to; domains of its recipients in their order. */
interface Addressed {
  readonly from: string;
  readonly domains: readonly string[];
  readonly demand: Demand;
}

/** What pool rules look at. */
function ruledMail({ message: { email } }: DispatchRecord, { from, domains, demand }: Addressed): RuledMail {
  return {
    from,
    domains: new Set(domains),
    providers: new Set(demand.keys()),
    tags: (email.EmailTags ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
  };
}

/** Mail without a pool has nothing to compare. */
function sampleOf({ pool, referenceShare }: Stream, { message }: DispatchRecord): Arm {
  return pool === undefined ? "none" : armOf(message.id, referenceShare);
}

function demandOf({ providers }: DispatchSettings, domains: readonly string[]): Demand {
  const demand = new Map<string, number>();
  for (const domain of domains) {
    const provider = providers.of(domain);
    demand.set(provider, (demand.get(provider) ?? 0) + 1);
  }
  return demand;
}
