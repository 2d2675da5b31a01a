import { describe, expect, test } from "vitest";
import { type Permissions, permissionsOf } from "../../infra/local/permissions/permissions.ts";
import { callJudge, refusalSentence, serviceMay } from "../../infra/local/permissions/refusal.ts";

const arnOf = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });
const queueArn = "arn:aws:sqs:us-east-1:000000000000:Mail";
const topicArn = "arn:aws:sns:us-east-1:000000000000:Events";
const overTls = { Bool: { "aws:SecureTransport": "true" } };
const denyPlain = {
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: arnOf("Mail"),
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const snsMaySend = {
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: arnOf("Mail"),
  Condition: { ArnEquals: { "aws:SourceArn": { Ref: "Events" } } },
};

/** A function with a role, a queue it works on, and the topic that fills it. */
function permissions(ofRole: readonly object[], ofQueue: readonly object[] = [denyPlain, snsMaySend]): Permissions {
  return permissionsOf({
    Resources: {
      Worker: { Type: "AWS::Lambda::Function", Properties: { Role: arnOf("WorkerRole") } },
      WorkerRole: {
        Type: "AWS::IAM::Role",
        Properties: { Policies: [{ PolicyDocument: { Statement: ofRole } }] },
      },
      Mail: { Type: "AWS::SQS::Queue", Properties: {} },
      Events: { Type: "AWS::SNS::Topic", Properties: {} },
      MailPolicy: {
        Type: "AWS::SQS::QueuePolicy",
        Properties: { PolicyDocument: { Statement: ofQueue }, Queues: [{ Ref: "Mail" }] },
      },
    },
  });
}

const receive = { caller: "Worker", action: "sqs:ReceiveMessage", resource: queueArn };
const mayReceive = { Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: arnOf("Mail") };

describe("a call of a function", () => {
  test("is allowed by its role", () => {
    expect(callJudge(permissions([mayReceive]))(receive)).toBeUndefined();
  });

  test("is refused in IAM's words when nothing allows it", () => {
    const refusal = callJudge(permissions([]))(receive);
    expect(refusal && refusalSentence(refusal)).toBe(
      `User: arn:aws:sts::000000000000:assumed-role/WorkerRole/Worker is not authorized to perform: sqs:ReceiveMessage on resource: ${queueArn} because no identity-based policy allows the sqs:ReceiveMessage action`,
    );
  });

  test("is allowed by the queue's policy, where that names the role", () => {
    const letsIn = { ...mayReceive, Principal: { AWS: arnOf("WorkerRole") } };
    expect(callJudge(permissions([], [letsIn]))(receive)).toBeUndefined();
  });

  test("is refused by a deny on either side, whatever allows it", () => {
    const deny = { Effect: "Deny", Action: "sqs:*", Resource: "*" };
    expect(callJudge(permissions([mayReceive, deny]))(receive)?.reason).toMatch(/explicit deny in an identity-based/);
    const denied = callJudge(permissions([mayReceive], [{ ...deny, Principal: "*" }]))(receive);
    expect(denied?.reason).toMatch(/explicit deny in a resource-based/);
  });

  test("counts as made over TLS, and for nobody else", () => {
    expect(callJudge(permissions([{ ...mayReceive, Condition: overTls }]))(receive)).toBeUndefined();
    const forTopic = { ...mayReceive, Condition: { StringEquals: { "AWS:SourceArn": topicArn } } };
    expect(callJudge(permissions([forTopic]))(receive)).toBeDefined();
  });

  test("is never judged by a condition that is not evaluated here", () => {
    const fromUs = { ...mayReceive, Condition: { StringEquals: { "aws:PrincipalTag/team": "mail" } } };
    expect(() => permissions([fromUs])).toThrow(/condition keys: only/);
  });
});

test("who is no function of the template has an operator's permissions", () => {
  expect(callJudge(permissions([]))({ ...receive, caller: "cli" })).toBeUndefined();
});

describe("SNS sends to a queue", () => {
  const delivery = { service: "sns.amazonaws.com", action: "sqs:SendMessage", resource: queueArn, source: topicArn };

  test("from the topic that the queue's policy names, and from no other", () => {
    expect(serviceMay(permissions([]), delivery)).toBe(true);
    expect(serviceMay(permissions([]), { ...delivery, source: `${topicArn}2` })).toBe(false);
  });

  test("only where a policy lets it in", () => {
    expect(serviceMay(permissions([], [denyPlain]), delivery)).toBe(false);
    expect(serviceMay(permissions([], [denyPlain, snsMaySend]), { ...delivery, service: "ses.amazonaws.com" })).toBe(
      false,
    );
  });
});
