/** The time of a line of the history: day and time to the millisecond. */
export function stamp(atMs: number): string {
  return new Date(atMs).toISOString().slice(5, 23).replace("T", " ");
}

interface Text {
  readonly S?: string;
  readonly N?: string;
}

interface Known {
  readonly TableName?: string;
  readonly Key?: Readonly<Record<string, Text>>;
  readonly Item?: Readonly<Record<string, Text>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Text>>;
  readonly UpdateExpression?: string;
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
  readonly ConfigurationSetName?: string;
  readonly Content?: { readonly Simple?: { readonly Subject?: { readonly Data?: string } } };
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
}

/** A call in a few words, for the history. */
export function describeCall(operation: string, input: object): string {
  const { TableName, QueueUrl, ConfigurationSetName, ...call } = input as Known;
  const name = operation.replace(/Command$/, "");
  if (TableName !== undefined) return `${name} ${TableName} ${ofTable(call)}`;
  if (QueueUrl !== undefined) return `${name} ${QueueUrl.split("/").at(-1)} ${ofQueue(call)}`;
  if (ConfigurationSetName === undefined) return `${name} ${JSON.stringify(input)}`;
  const id = call.EmailTags?.find((tag) => tag.Name === "sw-id")?.Value;
  return `${name} ${call.Content?.Simple?.Subject?.Data} by ${ConfigurationSetName} as ${id}`;
}

function ofTable({ Key, Item, UpdateExpression, ExpressionAttributeValues }: Known): string {
  const { pk, sk } = Key ?? Item ?? {};
  const where = [pk?.S, sk?.S].filter((part) => part !== undefined).join(" ");
  const written = Object.entries(Item ?? {}).filter(([name]) => !["pk", "sk", "expiresAt", "body"].includes(name));
  const values = [...written, ...Object.entries(ExpressionAttributeValues ?? {})];
  const texts = values.map(([name, value]) => `${name}=${value.S ?? value.N ?? JSON.stringify(value)}`);
  return [where, UpdateExpression, ...texts].filter((part) => part !== undefined && part !== "").join(" ");
}

function ofQueue({ MessageBody = "", DelaySeconds, ReceiptHandle, VisibilityTimeout }: Known): string {
  if (ReceiptHandle !== undefined) return `${ReceiptHandle} hidden ${VisibilityTimeout} s`;
  const id = /"id":"([^"]*)"/.exec(MessageBody)?.[1] ?? MessageBody.slice(0, 20);
  return DelaySeconds === undefined ? id : `${id} after ${DelaySeconds} s`;
}
