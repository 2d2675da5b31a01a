import * as z from "zod";

/** One call a function made or wants to make. */
export interface Call {
  /** As IAM writes it, such as `dynamodb:UpdateItem`. */
  readonly action: string;
  /** The ARN of what the call works on. */
  readonly resource: string;
}

/** Gives a template value (Ref, Fn::GetAtt, Fn::Join, Fn::Sub, pseudo parameters) its value in this deployment. */
export type Resolve = (value: unknown) => unknown;

/** What is read of a synthesized template. */
export interface PolicyTemplate {
  readonly Resources: Readonly<Record<string, unknown>>;
}

const Text = z.string();
const oneOrMore = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

// Strict, so that what is not evaluated here (NotAction, NotResource, Condition) is an error and not a wrong answer.
const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: z.unknown().transform(oneOrMore),
  Resource: z.unknown().transform(oneOrMore),
});
type Statement = z.output<typeof Statement>;

const PolicyDocument = z.object({ Statement: z.unknown().transform(oneOrMore).pipe(z.array(Statement)) });
const InlinePolicy = z.object({ PolicyDocument });

const FunctionResource = z.object({
  Type: z.literal("AWS::Lambda::Function"),
  Properties: z.object({ Role: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }) }),
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
  const matching = statementsOf(template, functionId).filter((statement) => covers(statement, call, resolve));
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

function statementsOf({ Resources }: PolicyTemplate, functionId: string): Statement[] {
  const [roleId] = FunctionResource.parse(Resources[functionId]).Properties.Role["Fn::GetAtt"];
  const role = RoleResource.parse(Resources[roleId]);
  const attached = Object.values(Resources)
    .filter((resource) => Typed.safeParse(resource).data?.Type === "AWS::IAM::Policy")
    .map((resource) => PolicyResource.parse(resource).Properties)
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === roleId));
  return [...role.Properties.Policies, ...attached].flatMap((policy) => policy.PolicyDocument.Statement);
}

function covers(statement: Statement, { action, resource }: Call, resolve: Resolve): boolean {
  // IAM compares actions without regard to case, resources with it.
  const covered = (patterns: readonly unknown[], value: string, flags: string) =>
    patterns.some((pattern) => wildcard(Text.parse(resolve(pattern)), flags).test(value));
  return covered(statement.Action, action, "i") && covered(statement.Resource, resource, "");
}

/** `*` stands for any characters, `?` for one. */
function wildcard(pattern: string, flags: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags);
}
