import * as z from "zod";
import { account, region, resolverFor } from "../template/resolve.ts";
import { declared, type Template } from "../template/template.ts";
import { roleIdOf, statementsOfRole } from "./role-policy.ts";
import { PolicyDocument, type Resolve, type Statement, statementsIn } from "./statement.ts";

/** Who may do what, as a template says it: plain data that can be handed to another thread. */
export interface Permissions {
  /** Roles by the name of the function that takes them, or of the schedule. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Policies on queues and topics, by the ARN they are attached to. */
  readonly resources: Readonly<Record<string, readonly Statement[]>>;
}

export interface Role {
  readonly name: string;
  readonly statements: readonly Statement[];
}

const ScheduleRole = z.object({
  Target: z.object({ RoleArn: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }) }),
});
const QueuePolicy = z.object({ PolicyDocument, Queues: z.array(z.unknown()) });
const TopicPolicy = z.object({ PolicyDocument, Topics: z.array(z.unknown()) });

/** @throws when a policy holds something that is not evaluated here */
export function permissionsOf(template: Template): Permissions {
  // Whatever names a queue in a policy means its ARN.
  const resolve = resolverFor(template, (name) => `arn:aws:sqs:${region}:${account}:${name}`);
  const roleIds = [
    ...declared(template, "AWS::Lambda::Function").map(({ id }) => [id, roleIdOf(template, id)] as const),
    ...declared(template, "AWS::Scheduler::Schedule").map(
      ({ id, properties }) => [id, ScheduleRole.parse(properties).Target.RoleArn["Fn::GetAtt"][0]] as const,
    ),
  ];
  return {
    roles: Object.fromEntries(
      roleIds.map(([id, role]) => [id, { name: role, statements: statementsOfRole(template, role, resolve) }]),
    ),
    resources: Object.fromEntries(resourcePolicies(template, resolve)),
  };
}

function resourcePolicies(template: Template, resolve: Resolve): Map<string, Statement[]> {
  const policies = [
    ...declared(template, "AWS::SQS::QueuePolicy").map(({ properties }) => {
      const { PolicyDocument: document, Queues: on } = QueuePolicy.parse(properties);
      return { document, on };
    }),
    ...declared(template, "AWS::SNS::TopicPolicy").map(({ properties }) => {
      const { PolicyDocument: document, Topics: on } = TopicPolicy.parse(properties);
      return { document, on };
    }),
  ];
  const found = new Map<string, Statement[]>();
  for (const { document, on } of policies) {
    for (const arn of on.map((each) => z.string().parse(resolve(each)))) {
      found.set(arn, [...(found.get(arn) ?? []), ...statementsIn(document, resolve)]);
    }
  }
  return found;
}
