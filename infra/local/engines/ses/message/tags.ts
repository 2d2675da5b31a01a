import { badRequest } from "../ses-error.ts";
import type { MessageTags } from "./send-request.ts";

/** The names that become parts of the Feedback-ID header: the only ones with a colon. */
const feedbackIdNames = new Set(["ses:feedback-id-a", "ses:feedback-id-b"]);
const allowed = /^[A-Za-z0-9_-]{1,256}$/;

/** The message tags of a call as a map; refuses names and values that SES does not take. */
export function readTags(tags: MessageTags): Record<string, string> {
  for (const { Name, Value } of tags) {
    if (!allowed.test(Name) && !feedbackIdNames.has(Name))
      throw badRequest(`Invalid tag name: <${Name}>, only alphanumeric ASCII characters, '_', and '-' are allowed.`);
    if (!allowed.test(Value))
      throw badRequest(`Invalid tag value: <${Value}>, only alphanumeric ASCII characters, '_', and '-' are allowed.`);
  }
  return Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]));
}
