import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { declared, type Template } from "../../infra/local/template/template.ts";
import { enqueue, mail } from "./application.ts";
import { type RunningSystem, startAtMidnight } from "./run-locally.ts";

const Policy = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }),
});

/** Takes a permission away from a function's role, wherever it stands. */
function without(action: string, rolePart: string) {
  return (template: Template): void => {
    for (const { properties } of declared(template, "AWS::IAM::Policy")) {
      const { Roles: roles, PolicyDocument: document } = Policy.parse(properties);
      if (!roles.some(({ Ref }) => Ref.includes(rolePart))) continue;
      const left = document.Statement.map((statement) => ({
        ...statement,
        Action: [statement.Action].flat().filter((each) => each !== action),
      })).filter(({ Action }) => Action.length > 0);
      Object.assign(properties, { PolicyDocument: { ...document, Statement: left } });
    }
  };
}

/** Takes all that lets a service in out of the policies on queues or topics. */
function closedTo(service: string, type: string) {
  return (template: Template): void => {
    for (const { properties } of declared(template, type)) {
      const document = z.object({ Statement: z.array(z.unknown()) }).parse(properties.PolicyDocument);
      const left = document.Statement.filter((each) => !JSON.stringify(each).includes(service));
      Object.assign(properties, { PolicyDocument: { ...document, Statement: left } });
    }
  };
}

const log = ({ folder, system }: RunningSystem, part: string): string =>
  readFileSync(join(folder, "logs", `${system.name("AWS::Lambda::Function", part)}.log`), "utf8");

async function sendOne(running: RunningSystem): Promise<number> {
  const { system } = running;
  await enqueue(system.clients.queues, system.queueUrl("SendPathSendQueue"), [mail("m-1", "ada@gmail.com")]);
  await system.settle();
  return system.mail.outbox(0).length;
}

describe("a permission that a function's role lacks fails as it would in AWS", () => {
  test.each(["ses:SendEmail", "dynamodb:PutItem"])(
    "%s, of the dispatcher",
    async (action) => {
      const running = await startAtMidnight({ change: without(action, "Dispatcher") });
      expect(await sendOne(running)).toBe(0);
      expect(log(running, "Dispatcher")).toContain("AccessDenied");
      await running.system.close();
    },
    120_000,
  );

  test("lambda:InvokeFunction, of the ramp's schedule: no day is opened", async () => {
    const running = await startAtMidnight({ change: without("lambda:InvokeFunction", "RampHourly") });
    expect(log(running, "RampFunction")).toBe("");
    const platform = readFileSync(join(running.folder, "logs", "platform.log"), "utf8");
    expect(platform).toMatch(/assumed-role.*is not authorized to perform: lambda:InvokeFunction/);
    await running.system.close();
  }, 120_000);
});

test("a function that may not read its queue stops the start, in Lambda's words", async () => {
  await expect(startAtMidnight({ change: without("sqs:ReceiveMessage", "Dispatcher") })).rejects.toThrow(
    "The provided execution role does not have permissions to call ReceiveMessage on SQS",
  );
}, 120_000);

describe("a queue or topic whose policy lets nobody in stops the start", () => {
  test.each([
    ["sns.amazonaws.com", "AWS::SQS::QueuePolicy", /AccessDenied: SNS may not send/],
    ["ses.amazonaws.com", "AWS::SNS::TopicPolicy", /AccessDenied: SES may not publish/],
  ])(
    "%s",
    async (service, type, sentence) => {
      await expect(startAtMidnight({ change: closedTo(service, type) })).rejects.toThrow(sentence);
    },
    120_000,
  );
});
