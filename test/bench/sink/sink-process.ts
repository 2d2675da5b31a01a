// DynamoDB and SES in a process of their own, as cheap as they can be: everything is accepted, nothing is kept but whom
// SES mail went to. Its CPU must not count for the dispatchers.
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { serverUrl } from "../../../infra/local/engines/server-url.ts";
import { allowanceAttribute, openedAllowance } from "../../../shared/adapters/dynamo/allowance-item.ts";
import { mailboxProviderGroups } from "../../../shared/domain/routing/mailbox-provider-groups.ts";

/** Allowances wider than any run, as DynamoDB carries them: those of every provider that shares an item. */
const wideOpen = Object.fromEntries(
  (mailboxProviderGroups.worldwide ?? []).map(({ provider }) => [
    allowanceAttribute(provider),
    openedAllowance(1_000_000_000, { pace: "open" }),
  ]),
);

const nothingFound = { Items: [], Count: 0, ScannedCount: 0 };

let recipients: string[] = [];
let mails = 0;

function answerTables(operation: string, body: string): unknown {
  switch (operation) {
    case "GetItem":
      return body.includes('"allowance#') && body.includes("#warming#") ? { Item: wideOpen } : {};
    case "UpdateItem":
      return body.includes("ALL_NEW") ? { Attributes: wideOpen } : {};
    case "Query":
      return nothingFound;
    default:
      return {};
  }
}

function answerMail(body: string): unknown {
  const { Destination: destination } = JSON.parse(body);
  recipients.push(String(destination?.ToAddresses?.[0]));
  mails += 1;
  return { MessageId: `mail-${mails}` };
}

/** @returns the recipient of every mail since the last time, and forgets them */
function takeRecipients(): string[] {
  const taken = recipients;
  recipients = [];
  return taken;
}

function answer({ headers, url }: IncomingMessage, body: string): unknown {
  const [, operation] = String(headers["x-amz-target"]).split(".");
  if (operation !== undefined) return answerTables(operation, body);
  return url === "/taken" ? takeRecipients() : answerMail(body);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const isTables = request.headers["x-amz-target"] !== undefined;
    response.writeHead(200, { "content-type": isTables ? "application/x-amz-json-1.0" : "application/json" });
    response.end(JSON.stringify(answer(request, Buffer.concat(chunks).toString())));
  });
});

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.on("disconnect", () => process.exit());
process.send?.(serverUrl(server));
