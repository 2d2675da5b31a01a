import * as z from "zod";

/** Gives a template value (Ref, Fn::GetAtt, Fn::Join, Fn::Sub, pseudo parameters) its value in this deployment. */
export type Resolve = (value: unknown) => unknown;

/** One statement of a policy, resolved: plain data that can be handed to another thread. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** Role ARNs, service names or `*`; undefined in a role's own policies. */
  readonly principals: readonly string[] | undefined;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly operator: Operator;
  /** In lower case, as IAM compares it. */
  readonly key: string;
  readonly values: readonly string[];
}

/** What somebody wants to do. */
export interface Act {
  /** The ARN of a role, or a service's name. */
  readonly principal: string;
  /** As IAM writes it, such as `dynamodb:UpdateItem`. */
  readonly action: string;
  /** The ARN of what the call works on. */
  readonly resource: string;
  /** Condition keys in lower case. One that is missing fulfils no condition. */
  readonly context: Readonly<Record<string, string>>;
}

const operators = ["Bool", "StringEquals", "StringLike", "ArnEquals", "ArnLike"] as const;
type Operator = (typeof operators)[number];

/** What a call says of itself here. A policy that asks for anything else would be judged wrongly. */
const knownKeys = ["aws:securetransport", "aws:sourcearn", "aws:sourceaccount"] as const;
const Key = z
  .string()
  .toLowerCase()
  .pipe(z.enum(knownKeys, `condition keys: only ${knownKeys.join(", ")} are evaluated here`));

const oneOrMore = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const Values = z.unknown().transform(oneOrMore);
const Principal = z.union([z.literal("*"), z.partialRecord(z.enum(["AWS", "Service"]), Values)]);

// Strict, so that what is not evaluated here (NotAction, NotResource, other conditions) is an error, no wrong answer.
const Written = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: Principal.optional(),
  Action: Values,
  Resource: Values,
  Condition: z.partialRecord(z.enum(operators), z.partialRecord(Key, Values)).default({}),
});

/** Shape of a policy document in a template. */
export const PolicyDocument = z.object({ Statement: Values.pipe(z.array(Written)) });

/** @throws when a value of the document has no text in this deployment */
export function statementsIn(document: z.output<typeof PolicyDocument>, resolve: Resolve): Statement[] {
  const texts = (values: readonly unknown[]): string[] => values.map((value) => z.string().parse(resolve(value)));
  return document.Statement.map(({ Effect, Principal: principal, Action, Resource, Condition: conditions }) => ({
    effect: Effect,
    principals: principal === "*" ? ["*"] : principal && texts(Object.values(principal).flat()),
    actions: texts(Action),
    resources: texts(Resource),
    conditions: operators.flatMap((operator) =>
      Object.entries(conditions[operator] ?? {}).map(([key, values]) => ({
        operator,
        key,
        values: texts(values ?? []),
      })),
    ),
  }));
}

/** Whether a statement is about an act. */
export function covers({ principals, actions, resources, conditions }: Statement, act: Act): boolean {
  // IAM compares actions without regard to case, resources with it.
  return (
    (principals === undefined || principals.some((each) => each === "*" || each === act.principal)) &&
    actions.some((pattern) => wildcard(pattern, "i").test(act.action)) &&
    resources.some((pattern) => wildcard(pattern, "").test(act.resource)) &&
    conditions.every((condition) => holds(condition, act.context[condition.key]))
  );
}

function holds({ operator, values }: Condition, given: string | undefined): boolean {
  if (given === undefined) return false;
  switch (operator) {
    case "Bool":
    case "StringEquals":
      return values.includes(given);
    case "ArnEquals":
    case "ArnLike":
    case "StringLike":
      return values.some((pattern) => wildcard(pattern, "").test(given));
    default:
      return operator satisfies never;
  }
}

/** `*` stands for any characters, `?` for one. */
function wildcard(pattern: string, flags: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags);
}
