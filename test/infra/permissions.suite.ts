import { describe, expect, test } from "vitest";
import { allowedBy } from "../../infra/local/permissions/role-policy.ts";
import sample from "../../infra/warm-up.config.ts";
import { system } from "./sample-system.ts";
import { asText, Synthesized, target } from "./synthesize.ts";

const functions = system.all("AWS::Lambda::Function");
const account = "arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>";

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}
const list = <Item>(value: Item | Item[]): Item[] => (Array.isArray(value) ? value : [value]);

function statementsOf(of: Synthesized, functionEnd: string): Statement[] {
  const role = target(of.one("AWS::Lambda::Function", functionEnd).properties.Role);
  return of
    .all("AWS::IAM::Policy")
    .filter(({ properties }) => properties.Roles.some((each: { Ref: string }) => each.Ref === role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
}
const actionsOf = (end: string) => statementsOf(system, end).flatMap(({ Action }) => list(Action));
const sendingResources = (of: Synthesized) =>
  statementsOf(of, "Dispatcher")
    .filter(({ Action }) => list(Action).includes("ses:SendEmail"))
    .flatMap(({ Resource }) => list(Resource).map(asText));

const may = (end: string, action: string, resource: string) =>
  allowedBy(system.json, system.one("AWS::Lambda::Function", end).id, { action, resource }, asText);
const table = (name: string) => `<${system.one("AWS::DynamoDB::GlobalTable", name).id}.Arn>`;
const queue = (name: string) => `<${system.one("AWS::SQS::Queue", name).id}.Arn>`;

test("each function has a role of its own that only Lambda can take, without managed policies", () => {
  const roles = functions.map(({ properties }) => target(properties.Role));
  expect(new Set(roles).size).toBe(functions.length);
  for (const { id, properties } of system.all("AWS::IAM::Role").filter(({ id: role }) => roles.includes(role))) {
    expect(properties.AssumeRolePolicyDocument.Statement, id).toEqual([
      { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } },
    ]);
    expect(properties, id).not.toHaveProperty("ManagedPolicyArns");
  }
});

test("no statement has a wildcard in an action", () => {
  const all = system.all("AWS::IAM::Policy").flatMap(({ properties }) => properties.PolicyDocument.Statement);
  expect(all.flatMap(({ Action }: Statement) => list(Action)).filter((action) => action.includes("*"))).toEqual([]);
});

describe("the dispatcher", () => {
  test("sends with the identity and every configuration set, since SES checks both", () => {
    expect(sendingResources(system)).toEqual([
      `${account}:identity/example.com`,
      `${account}:configuration-set/transactional-warming`,
      `${account}:configuration-set/marketing-warming`,
      `${account}:configuration-set/transactional-established`,
      `${account}:configuration-set/marketing-established`,
      `${account}:configuration-set/shared`,
      `${account}:template/*`,
    ]);
  });

  test("sends from an identity more when the configuration names one", () => {
    const more = new Synthesized({ ...sample, identities: ["example.com", "billing@example.net"] });
    expect(sendingResources(more)).toContain(`${account}:identity/billing@example.net`);
  });

  test("takes mail from its queues and sets it aside", () => {
    for (const name of ["SendQueue", "ParkedQueue"]) {
      for (const action of ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]) {
        expect(may("Dispatcher", action, queue(name)), `${action} ${name}`).toBe(true);
      }
    }
    expect(may("Dispatcher", "sqs:SendMessage", queue("ParkedQueue"))).toBe(true);
    expect(may("Dispatcher", "sqs:SendMessage", queue("QuarantineQueue"))).toBe(true);
    expect(may("Dispatcher", "sqs:SendMessage", queue("SendQueue"))).toBe(false);
  });

  test("reserves and claims, but deletes nothing", () => {
    expect(may("Dispatcher", "dynamodb:UpdateItem", table("StateTable"))).toBe(true);
    expect(may("Dispatcher", "dynamodb:PutItem", table("LedgerTable"))).toBe(true);
    expect(may("Dispatcher", "dynamodb:PutItem", table("HeldTable"))).toBe(true);
    expect(may("Dispatcher", "dynamodb:PutItem", table("StateTable"))).toBe(false);
    expect(actionsOf("Dispatcher").filter((action) => /dynamodb:(Delete|Scan)/.test(action))).toEqual([]);
    // For the walls.
    expect(may("Dispatcher", "dynamodb:Query", table("StateTable"))).toBe(true);
    expect(may("Dispatcher", "dynamodb:Query", table("LedgerTable"))).toBe(false);
  });
});

test("only the ramp changes anything in SES, and only pools of this deployment", () => {
  const changing = functions.filter(({ id }) =>
    actionsOf(id.replace(/[0-9A-F]{8}$/, "")).some((action) => /^ses:(Put|Create|Update|Delete)/.test(action)),
  );
  expect(changing.map(({ id }) => id)).toEqual([system.one("AWS::Lambda::Function", "RampFunction").id]);
  const moving = statementsOf(system, "RampFunction").filter(({ Action }) => Action === "ses:PutDedicatedIpInPool");
  expect(moving.flatMap(({ Resource }) => list(Resource).map(asText))).toEqual(
    ["transactional-warming", "marketing-warming", "transactional-established", "marketing-established"].map(
      (name) => `${account}:dedicated-ip-pool/${name}`,
    ),
  );
});

test("only the dispatcher sends mail", () => {
  const senders = functions.filter(({ id }) =>
    actionsOf(id.replace(/[0-9A-F]{8}$/, "")).some((action) => action.startsWith("ses:Send")),
  );
  expect(senders.map(({ id }) => id)).toEqual([system.one("AWS::Lambda::Function", "Dispatcher").id]);
});

test("what is set aside is only added to, by a function that cannot read it back", () => {
  expect(actionsOf("SetAsideFunction").filter((action) => !/^(sqs|logs):/.test(action))).toEqual(["dynamodb:PutItem"]);
  expect(may("SetAsideFunction", "dynamodb:PutItem", table("HeldTable"))).toBe(true);
  expect(may("SetAsideFunction", "sqs:SendMessage", queue("SendQueue"))).toBe(false);
  for (const name of [
    "QuarantineQueue",
    "SendDeadLetters",
    "ParkedDeadLetters",
    "FeedbackDeadLetters",
    "ProofDeadLetters",
  ]) {
    expect(may("SetAsideFunction", "sqs:ReceiveMessage", queue(name)), name).toBe(true);
  }
});

test("the console only reads", () => {
  const changing = actionsOf("Console").filter(
    (action) => !/^(dynamodb:(Query|GetItem|BatchGetItem)$|sqs:Get|logs:)/.test(action),
  );
  expect(changing).toEqual([]);
});

test("the guard reads exactly the settings it compares, and changes nothing in SES", () => {
  expect(actionsOf("GuardFunction").filter((action) => action.startsWith("ses:"))).toEqual([
    "ses:GetAccount",
    "ses:GetConfigurationSet",
    "ses:GetConfigurationSetEventDestinations",
    "ses:GetDedicatedIpPool",
    "ses:GetDedicatedIps",
  ]);
  expect(may("GuardFunction", "dynamodb:PutItem", table("StateTable"))).toBe(true);
  expect(may("GuardFunction", "dynamodb:PutItem", table("LedgerTable"))).toBe(false);
});

test("the quality function judges by the state table and tells, and reaches no mail", () => {
  const actions = actionsOf("QualityFunction");
  expect(actions.filter((action) => /^(dynamodb|ses|events):/.test(action))).toEqual([
    "dynamodb:Query",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "events:PutEvents",
  ]);
  expect(may("QualityFunction", "dynamodb:PutItem", table("LedgerTable"))).toBe(false);
});

test("a schedule may call its own function and keep what failed, nothing else", () => {
  for (const { properties } of system.all("AWS::Scheduler::Schedule")) {
    const role = target(properties.Target.RoleArn);
    const statements = system
      .all("AWS::IAM::Policy")
      .filter((policy) => policy.properties.Roles[0].Ref === role)
      .flatMap((policy) => policy.properties.PolicyDocument.Statement);
    expect(statements).toEqual([
      { Action: "lambda:InvokeFunction", Effect: "Allow", Resource: properties.Target.Arn },
      { Action: "sqs:SendMessage", Effect: "Allow", Resource: properties.Target.DeadLetterConfig.Arn },
    ]);
  }
});

test("the permissions as a whole are as they were reviewed", () => {
  const policies = system.all("AWS::IAM::Policy").map(({ id, properties }) => [
    id,
    properties.PolicyDocument.Statement.map(({ Effect, Action, Resource }: Statement) => ({
      [`${Effect} ${list(Action).join(", ")}`]: list(Resource).map(asText),
    })),
  ]);
  expect(Object.fromEntries(policies)).toMatchSnapshot();
});
