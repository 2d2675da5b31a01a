import type { IncomingMessage } from "node:http";
import * as z from "zod";
import type { Caller } from "./context.ts";
import { badRequest } from "./ses-error.ts";

/** 40 MB of message, in base64 and JSON. */
const maxBodyBytes = 64 * 1024 * 1024;
const Body = z.record(z.string(), z.unknown());

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= maxBodyBytes) chunks.push(part);
  }
  if (bytes > maxBodyBytes) throw badRequest("Request is too large.");
  return Buffer.concat(chunks).toString("utf8");
}

/** One record of what query, body and path say; the path wins. */
export function inputOf(url: URL, body: string, pathInput: Record<string, string>): Record<string, unknown> {
  return { ...queryOf(url), ...parseBody(body), ...pathInput };
}

function parseBody(body: string): Record<string, unknown> {
  if (body === "") return {};
  try {
    return Body.parse(JSON.parse(body));
  } catch {
    throw badRequest("Request body is not a JSON object.");
  }
}

function queryOf(url: URL): Record<string, unknown> {
  const names = new Set(url.searchParams.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = url.searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** Who signed the request. The signature itself is not checked: there is no secret to check it with. */
export function callerOf(request: IncomingMessage): Caller {
  const scope = /Credential=([^/,\s]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "");
  return { accessKeyId: scope?.[1] ?? "anonymous", region: scope?.[2] ?? "us-east-1" };
}
