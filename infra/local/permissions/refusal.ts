import type { RecordedCall } from "../call-log.ts";
import { account } from "../template/resolve.ts";
import type { Permissions } from "./permissions.ts";
import { type Act, covers, type Statement } from "./statement.ts";

/** Why a call is not allowed. */
export interface Refusal {
  /** ARN of the session that made the call. */
  readonly user: string;
  readonly action: string;
  readonly resource: string;
  /** In IAM's words, from `because` or `with` on. */
  readonly reason: string;
}

/** Says why a call is refused; undefined for one that is allowed. */
export type CallJudge = (call: RecordedCall) => Refusal | undefined;

/** The engines serve plain HTTP in the place of AWS, which every client of the product calls over TLS. */
const transport = { "aws:securetransport": "true" };

/**
 * Judges calls by the role of the function that signed them and by the policy on what they work on. The local runner, the
 * CLI and applications have an operator's permissions.
 */
export function callJudge(permissions: Permissions): CallJudge {
  const known = new Map<string, Refusal | undefined>();
  return (call) => {
    const key = `${call.caller} ${call.action} ${call.resource}`;
    if (!known.has(key)) known.set(key, refusalOf(permissions, call));
    return known.get(key);
  };
}

function refusalOf({ roles, resources }: Permissions, { caller, action, resource }: RecordedCall): Refusal | undefined {
  const role = roles[caller];
  if (role === undefined) return undefined;
  const act: Act = { principal: `arn:aws:iam::${account}:role/${role.name}`, action, resource, context: transport };
  const [own, ofResource] = [said(role.statements, act), said(resources[resource] ?? [], act)];
  const reason = reasonOf(own, ofResource, action);
  if (reason === undefined) return undefined;
  return { user: `arn:aws:sts::${account}:assumed-role/${role.name}/${caller}`, action, resource, reason };
}

function reasonOf(own: Said, ofResource: Said, action: string): string | undefined {
  if (own === "Deny") return "with an explicit deny in an identity-based policy";
  if (ofResource === "Deny") return "with an explicit deny in a resource-based policy";
  if (own === "Allow" || ofResource === "Allow") return undefined;
  return `because no identity-based policy allows the ${action} action`;
}

/** IAM's sentence. */
export function refusalSentence({ user, action, resource, reason }: Refusal): string {
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** Whether the policy on a queue or topic lets an AWS service do something on behalf of a source. */
export function serviceMay(
  { resources }: Permissions,
  { service, action, resource, source }: { service: string; action: string; resource: string; source: string },
): boolean {
  const context = { ...transport, "aws:sourcearn": source, "aws:sourceaccount": account };
  return said(resources[resource] ?? [], { principal: service, action, resource, context }) === "Allow";
}

type Said = "Allow" | "Deny" | undefined;

function said(statements: readonly Statement[], act: Act): Said {
  const effects = new Set(statements.filter((each) => covers(each, act)).map(({ effect }) => effect));
  if (effects.has("Deny")) return "Deny";
  return effects.has("Allow") ? "Allow" : undefined;
}
