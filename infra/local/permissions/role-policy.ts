import * as z from "zod";
import { covers, PolicyDocument, type Resolve, type Statement, statementsIn } from "./statement.ts";

/** One call a function made or wants to make. */
export interface Call {
  /** As IAM writes it, such as `dynamodb:UpdateItem`. */
  readonly action: string;
  /** The ARN of what the call works on. */
  readonly resource: string;
}

/** What is read of a synthesized template. */
export interface PolicyTemplate {
  readonly Resources: Readonly<Record<string, unknown>>;
}

const InlinePolicy = z.object({ PolicyDocument });
const RoleArn = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) });

const FunctionResource = z.object({
  Type: z.literal("AWS::Lambda::Function"),
  Properties: z.object({ Role: RoleArn }),
});
const RoleResource = z.object({
  Type: z.literal("AWS::IAM::Role"),
  Properties: z.object({
    Policies: z.array(InlinePolicy).default([]),
    ManagedPolicyArns: z.array(z.unknown()).max(0, "managed policies are not evaluated here").default([]),
  }),
});
const PolicyResource = z.object({
  Type: z.literal("AWS::IAM::Policy"),
  Properties: InlinePolicy.extend({ Roles: z.array(z.object({ Ref: z.string() })) }),
});
const Typed = z.object({ Type: z.string() });

/**
 * Whether the role of a function in a synthesized template would allow a call: some statement allows it and none
 * denies it. Policies on the resource's side are not looked at.
 * @throws when the role holds something that is not evaluated here, or an unknown function is named
 */
export function allowedBy(template: PolicyTemplate, functionId: string, call: Call, resolve: Resolve): boolean {
  const statements = statementsOfRole(template, roleIdOf(template, functionId), resolve);
  const matching = statements.filter((statement) => covers(statement, { ...call, principal: functionId, context: {} }));
  return matching.some(({ effect }) => effect === "Allow") && !matching.some(({ effect }) => effect === "Deny");
}

/** Logical id of the role that a function takes. @throws for an unknown function */
export function roleIdOf({ Resources }: PolicyTemplate, functionId: string): string {
  return FunctionResource.parse(Resources[functionId]).Properties.Role["Fn::GetAtt"][0];
}

/** What the policies in a role and those attached to it say. */
export function statementsOfRole({ Resources }: PolicyTemplate, roleId: string, resolve: Resolve): Statement[] {
  const role = RoleResource.parse(Resources[roleId]);
  const attached = Object.values(Resources)
    .filter((resource) => Typed.safeParse(resource).data?.Type === "AWS::IAM::Policy")
    .map((resource) => PolicyResource.parse(resource).Properties)
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === roleId));
  return [...role.Properties.Policies, ...attached].flatMap((policy) => statementsIn(policy.PolicyDocument, resolve));
}
