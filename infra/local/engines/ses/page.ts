import type { DeskView } from "./delivery/provider-desk.ts";
import type { OutboxEntry } from "./outbox.ts";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (value: string | number): string => String(value).replace(/[&<>"']/g, (char) => escapes[char] ?? char);

function table(caption: string, heads: readonly string[], rows: readonly (string | number)[][]): string {
  const cells = (tag: string, values: readonly (string | number)[]): string =>
    `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((row) => cells("td", row)).join("\n");
  return `<table><caption>${escaped(caption)}</caption><thead>${cells("th", heads)}</thead><tbody>${body}</tbody></table>`;
}

const style = `body{font:14px system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;margin-bottom:2rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}td,th{border-bottom:1px solid #ddd;padding:.25rem .75rem;text-align:left}`;

/** What the page shows: recent messages, and how each provider treats each dedicated IP. */
export interface OutboxView {
  readonly messages: readonly OutboxEntry[];
  readonly desks: readonly DeskView[];
}

/** A page without scripts or outside parts; everything that a mail brings along is escaped. */
export function outboxPage({ messages, desks }: OutboxView): string {
  const ips = desks.map((desk) => [
    desk.ip,
    desk.provider,
    Math.round(desk.capacity),
    desk.acceptedToday,
    desk.refusedToday,
    desk.blocked ? "blocked" : "open",
  ]);
  const mail = messages.map(({ n, sentAtMs, to, subject, configurationSet, ip, outcome }) => [
    n,
    new Date(sentAtMs).toISOString(),
    to.join(", "),
    subject,
    configurationSet ?? "",
    ip,
    outcome,
  ]);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Local SES outbox</title><style>${style}</style></head><body>`,
    "<h1>Local SES outbox</h1>",
    table("Dedicated IPs", ["IP", "Provider", "Capacity per day", "Accepted today", "Refused today", "State"], ips),
    table("Messages", ["n", "Sent", "To", "Subject", "Configuration set", "IP", "Outcome"], mail),
    "</body></html>",
  ].join("\n");
}
