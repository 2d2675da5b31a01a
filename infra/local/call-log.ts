import type { CallHeaders, QueueRequest } from "./engines/queue-engine.ts";
import { account, region } from "./template/resolve.ts";

/** One AWS call as IAM would judge it. */
export interface RecordedCall {
  /** The access key that signed it: each function of the local system has its own. */
  readonly caller: string;
  /** Such as `dynamodb:UpdateItem`. */
  readonly action: string;
  /** ARN of what the call works on, or `*`. */
  readonly resource: string;
}

/** The access key in an `Authorization` header of signature version 4. */
export function callerOf(headers: CallHeaders): string {
  return /Credential=([^/,]+)\//.exec(String(headers.authorization))?.[1] ?? "anonymous";
}

/** What a call on a queue engine does. SNS's calls are the local runner's own and are left out. */
export function queueCall({ headers, body }: QueueRequest): RecordedCall | undefined {
  const [, action] = /^AmazonSQS\.(\w+)$/.exec(String(headers["x-amz-target"])) ?? [];
  if (action === undefined) return undefined;
  const queueUrl = field(body, "QueueUrl");
  const resource = `arn:aws:sqs:${region}:${account}:${queueUrl.split("/").at(-1)}`;
  return { caller: callerOf(headers), action: `sqs:${iamName(action)}`, resource };
}

/** IAM knows one permission for a call and its batch form. */
function iamName(action: string): string {
  return action.replace(/Batch$/, "");
}

/** What a call on a DynamoDB engine does, each table or index for itself. */
export function tableCalls(headers: CallHeaders, body: string): RecordedCall[] {
  const [, action] = /\.(\w+)$/.exec(String(headers["x-amz-target"])) ?? [];
  const caller = callerOf(headers);
  return tableArns(parsed(body)).map((resource) => ({ caller, action: `dynamodb:${action}`, resource }));
}

/** What is no JSON is refused by the engine itself. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

function tableArns(body: unknown): string[] {
  const index = field(body, "IndexName");
  const table = field(body, "TableName");
  const names = table === "" ? Object.keys(record(body).RequestItems ?? {}) : [table];
  return names.map((name) => `arn:aws:dynamodb:${region}:${account}:table/${name}${index && `/index/${index}`}`);
}

function field(body: unknown, name: string): string {
  const value = record(body)[name];
  return typeof value === "string" ? value : "";
}

function record(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? { ...body } : {};
}
