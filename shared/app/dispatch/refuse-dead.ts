import { parseMailbox } from "../../contracts/email-address.ts";
import { recipientsOf } from "../../contracts/email-request.ts";
import { errorName } from "../../domain/errors.ts";
import type { QuarantineReason } from "../../domain/sending/outcome.ts";
import { inParallel } from "../in-parallel.ts";
import type { Batch, DispatchPorts } from "./dispatch-ports.ts";
import type { Outcomes } from "./outcomes.ts";
import { quarantine } from "./quarantine.ts";
import type { Admitted } from "./work.ts";

/**
 * Sets aside messages whose recipients are all known to be dead, for the streams that ask for it: a hard bounce costs
 * reputation, a call costs money. One living recipient sends: a message leaves whole.
 * @returns the messages that go on
 */
export async function refuseDead(
  ports: DispatchPorts,
  batch: Batch,
  outcomes: Outcomes,
  admitted: readonly Admitted[],
): Promise<readonly Admitted[]> {
  const asking = admitted.filter(({ stream }) => stream.refuseDead);
  if (asking.length === 0) return admitted;
  const dead = await deadAmong(ports, batch, asking);
  const refused = new Set(asking.filter((each) => addressesOf(each).every((address) => dead.has(address))));
  await inParallel([...refused], refused.size, ({ record }) =>
    outcomes.settle(record, () => quarantine(ports, record, deadAddress)),
  );
  return admitted.filter((each) => !refused.has(each));
}

/** One read for the whole batch. A read that fails stops no mail: nobody is taken for dead. */
async function deadAmong(
  { deadAddresses, log }: DispatchPorts,
  batch: Batch,
  asking: readonly Admitted[],
): Promise<ReadonlySet<string>> {
  try {
    return await deadAddresses.among([...new Set(asking.flatMap(addressesOf))], batch.nowMs);
  } catch (error) {
    const fields = { batch: batch.id, error: errorName(error) };
    log.warn("DEAD_ADDRESSES_NOT_READ", fields);
    return new Set();
  }
}

function addressesOf({ record }: Admitted): string[] {
  return recipientsOf(record.message.email.Destination).map((recipient) =>
    (parseMailbox(recipient)?.address ?? recipient).toLowerCase(),
  );
}

const deadAddress: QuarantineReason = {
  code: "dead-address",
  sentence:
    "Every recipient is known to be dead, since earlier mail to it came back for good: remove it from the list, and send to another address, or to the same one after 180 days.",
};
