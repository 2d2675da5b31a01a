import middy from "@middy/core";
import * as z from "zod";
import { readStatus, type StatusPorts, type StatusSettings } from "../../shared/app/status/read-status.ts";
import type { Status } from "../../shared/app/status/status.ts";
import { page } from "./page/page.ts";

/** What a CloudWatch custom widget sends. Open on purpose: the dashboard adds a context of its own. */
const ConsoleEvent = z.object({
  describe: z.boolean().optional(),
  view: z.string().optional(),
  widgetContext: z.object({ theme: z.enum(["light", "dark"]).optional().catch(undefined) }).optional(),
});

const help = `## Warm-up
Shows how today's mail is split between warming, established and SES's shared IPs, the allowance of each pool at each
mailbox provider with the reason for it, the curve so far, held mail and the queues.

### Widget parameters
Param | Description
---|---
**view** | \`status\` answers with the same facts as JSON; left out, with the page

### Example parameters
\`\`\` yaml
view: status
\`\`\`
`;

export interface ConsoleDependencies {
  readonly ports: StatusPorts;
  readonly settings: StatusSettings;
}

/** Answers a custom widget: its help as markdown, the status as JSON, or the page as a fragment of HTML. */
export const makeHandler = ({ ports, settings }: ConsoleDependencies) =>
  middy<unknown, string | Status>().handler(async (event) => {
    const { describe, view, widgetContext } = ConsoleEvent.parse(event);
    if (describe === true) return help;
    const status = await readStatus(ports, settings);
    return view === "status" ? status : page(status, widgetContext?.theme);
  });
