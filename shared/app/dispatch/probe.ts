import { type Circuit, isHalfOpen, type OpenCircuits } from "../../domain/sending/circuit.ts";
import { account, scopeText } from "../../domain/sending/circuit-scope.ts";
import type { DispatchPorts } from "./dispatch-ports.ts";
import type { Admitted } from "./work.ts";

/** The one message of the whole deployment that may ask SES whether the account's circuit is over. */
export interface Probe {
  readonly work: Admitted;
  readonly circuit: Circuit;
}

const accountText = scopeText(account);

/**
 * Chooses the message that asks for all others, when the account's circuit has had its time and no other dispatcher
 * asks. A fresh one if there is any: of one that comes back nobody may know whether it was sent.
 */
export async function chooseProbe(
  { circuits, clock }: DispatchPorts,
  admitted: readonly Admitted[],
): Promise<Probe | undefined> {
  const circuit = (await circuits.openNow()).get(accountText);
  const work = admitted.find(({ record }) => !record.parked) ?? admitted[0];
  if (circuit === undefined || work === undefined || !isHalfOpen(circuit, clock.nowMs())) return undefined;
  const asked = await circuits.probe(circuit);
  return asked === undefined ? undefined : { work, circuit: asked };
}

/** The circuits that stop a message: the account's is none to the one that asks. */
export function circuitsBefore(circuits: OpenCircuits, probe: Probe | undefined, work: Admitted): OpenCircuits {
  if (probe?.work.position !== work.position) return circuits;
  return new Map([...circuits].filter(([scope]) => scope !== accountText));
}
