import { describe, expect, test } from "vitest";
import { allowedBy, type PolicyTemplate } from "../../infra/local/permissions/role-policy.ts";

const account = "arn:aws:dynamodb:eu-west-1:123456789012:table";
const arns: Readonly<Record<string, string>> = { State: `${account}/State`, Ledger: `${account}/Ledger` };

/** Knows Fn::GetAtt of the two tables, which is all these templates need. */
const resolve = (value: unknown): unknown => {
  if (typeof value === "string") return value;
  const [id] = (value as { "Fn::GetAtt": [string, string] })["Fn::GetAtt"];
  return arns[id] ?? `unresolved ${id}`;
};
const arnOf = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });

interface Parts {
  readonly attached?: readonly object[];
  readonly inline?: readonly object[];
  readonly role?: object;
}

function aTemplate({ attached = [], inline, role = {} }: Parts): PolicyTemplate {
  const Policies = inline === undefined ? {} : { Policies: [{ PolicyDocument: { Statement: inline } }] };
  return {
    Resources: {
      Dispatcher: { Type: "AWS::Lambda::Function", Properties: { Role: arnOf("DispatcherRole") } },
      DispatcherRole: { Type: "AWS::IAM::Role", Properties: { ...Policies, ...role } },
      DispatcherPolicy: {
        Type: "AWS::IAM::Policy",
        Properties: { PolicyDocument: { Statement: attached }, Roles: [{ Ref: "DispatcherRole" }] },
      },
      RampPolicy: {
        Type: "AWS::IAM::Policy",
        Properties: {
          PolicyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
          Roles: [{ Ref: "RampRole" }],
        },
      },
      Queue: { Type: "AWS::SQS::Queue" },
    },
  };
}

const allow = { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"], Resource: arnOf("State") };
const update = { action: "dynamodb:UpdateItem", resource: `${account}/State` };

describe("allowedBy", () => {
  test("allows what an attached policy lists", () => {
    expect(allowedBy(aTemplate({ attached: [allow] }), "Dispatcher", update, resolve)).toBe(true);
  });

  test("allows what a policy inside the role lists", () => {
    expect(allowedBy(aTemplate({ inline: [allow] }), "Dispatcher", update, resolve)).toBe(true);
  });

  test("lets a deny win over an allow, in whichever order they stand", () => {
    const deny = { Effect: "Deny", Action: "dynamodb:*", Resource: "*" };
    expect(allowedBy(aTemplate({ attached: [deny, allow] }), "Dispatcher", update, resolve)).toBe(false);
    expect(allowedBy(aTemplate({ attached: [allow], inline: [deny] }), "Dispatcher", update, resolve)).toBe(false);
  });

  test("a deny of another action changes nothing", () => {
    const deny = { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: "*" };
    expect(allowedBy(aTemplate({ attached: [allow, deny] }), "Dispatcher", update, resolve)).toBe(true);
  });

  test("knows wildcards in actions, without regard to case, and in resources", () => {
    const wide = { Effect: "Allow", Action: "DynamoDB:Update*", Resource: `${account}/St?te` };
    expect(allowedBy(aTemplate({ attached: [wide] }), "Dispatcher", update, resolve)).toBe(true);
  });

  test("reads everything but the wildcards literally", () => {
    const dotted = { Effect: "Allow", Action: "dynamodb:UpdateItem", Resource: "arn:aws:s3:::a.b" };
    const other = { action: "dynamodb:UpdateItem", resource: "arn:aws:s3:::aXb" };
    expect(allowedBy(aTemplate({ attached: [dotted] }), "Dispatcher", other, resolve)).toBe(false);
  });

  test("refuses another table", () => {
    const other = { ...update, resource: `${account}/Ledger` };
    expect(allowedBy(aTemplate({ attached: [allow] }), "Dispatcher", other, resolve)).toBe(false);
  });

  test("refuses a table whose name only begins alike", () => {
    const longer = { ...update, resource: `${account}/StateOfAnother` };
    expect(allowedBy(aTemplate({ attached: [allow] }), "Dispatcher", longer, resolve)).toBe(false);
  });

  test("refuses an action that no statement lists", () => {
    const put = { ...update, action: "dynamodb:PutItem" };
    expect(allowedBy(aTemplate({ attached: [allow] }), "Dispatcher", put, resolve)).toBe(false);
  });

  test("does not use the policies of other roles", () => {
    expect(allowedBy(aTemplate({}), "Dispatcher", update, resolve)).toBe(false);
  });

  test.each([
    ["a condition of dates", { attached: [{ ...allow, Condition: { DateLessThan: { "aws:CurrentTime": "2026" } } }] }],
    ["NotAction", { attached: [{ Effect: "Allow", NotAction: "ses:*", Action: "*", Resource: "*" }] }],
    ["a managed policy", { role: { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] } }],
  ])("throws on %s instead of guessing", (_what, parts: Parts) => {
    expect(() => allowedBy(aTemplate(parts), "Dispatcher", update, resolve)).toThrow();
  });

  test("throws on a function that is not in the template", () => {
    expect(() => allowedBy(aTemplate({}), "Nobody", update, resolve)).toThrow();
  });
});
