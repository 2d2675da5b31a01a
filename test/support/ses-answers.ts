import { answerForError } from "../../shared/adapters/ses/answer/answer-for-error.ts";
import { type Named, namedBy } from "../../shared/adapters/ses/answer/named.ts";
import { scopeText } from "../../shared/domain/sending/circuit-scope.ts";
import { aSendMessage, parsed } from "./builders.ts";

/** An error as the SDK makes it of SES's answer; without a status no answer came. */
export function sesError(name: string, message: string, httpStatusCode?: number): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

/** What a message to ann@gmail.com From news@example.com names beside that, by a configuration set. */
export function named(email: Record<string, unknown> = {}, set = "news-warming"): Named {
  return namedBy(set, parsed(aSendMessage({ email })).email);
}

export const list = (ContactListName: string) => ({ ListManagementOptions: { ContactListName } });
export const template = (TemplateName: string) => ({ Content: { Template: { TemplateName, TemplateData: "{}" } } });

/** What an error means, in one line: its kind, and of a stop what it stops and why. */
export function told(thrown: unknown, by = named()): string {
  const answer = answerForError(thrown, by);
  if (answer.kind === "stopped") return `${answer.reason} ${scopeText(answer.scope)}`;
  return answer.kind === "put-off" && answer.mayBeRoutes ? "put-off, may be the route's" : answer.kind;
}
