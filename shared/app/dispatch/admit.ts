import { parseMailbox } from "../../contracts/email-address.ts";
import { recipientsOf } from "../../contracts/email-request.ts";
import { type Arm, armOf } from "../../domain/feedback/arm.ts";
import type { Stream } from "../../domain/routing/stream.ts";
import type { QuarantineReason } from "../../domain/sending/outcome.ts";
import type { Demand } from "../../domain/sending/share-out.ts";
import type { DispatchRecord, DispatchSettings } from "./dispatch-ports.ts";
import type { Admitted } from "./work.ts";

/** Finds a record's stream and mailbox providers, or says why it can never be sent. */
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
  if (!mayUse(stream, record.message.email.FromEmailAddress)) {
    const sentence = `The From address is of no identity that stream ${stream.name} may use: expected one of ${stream.identities.join(", ")}.`;
    return { refused: { code: "identity-not-allowed", sentence } };
  }
  return { record, position, stream, arm: sampleOf(stream, record), demand: demandOf(settings, record) };
}

/** A stream without a pool has nothing to compare. */
function sampleOf({ pool, referenceShare }: Stream, { message }: DispatchRecord): Arm {
  return pool === undefined ? "none" : armOf(message.id, referenceShare);
}

function mayUse(stream: Stream, from: string): boolean {
  const mailbox = parseMailbox(from);
  if (mailbox === undefined) return false;
  const address = mailbox.address.toLowerCase();
  return stream.identities.some((identity) => {
    const allowed = identity.toLowerCase();
    // SES verifies a domain for its sub-domains as well.
    return allowed.includes("@")
      ? allowed === address
      : mailbox.domain === allowed || mailbox.domain.endsWith(`.${allowed}`);
  });
}

function demandOf({ providers }: DispatchSettings, { message }: DispatchRecord): Demand {
  const demand = new Map<string, number>();
  for (const recipient of recipientsOf(message.email.Destination)) {
    const provider = providers.of(parseMailbox(recipient)?.domain ?? "");
    demand.set(provider, (demand.get(provider) ?? 0) + 1);
  }
  return demand;
}
