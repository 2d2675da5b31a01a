import type { QuarantineReason } from "../sending/outcome.ts";

/** How SES comes to send nothing of what it took, as its events name it. */
export type UnsentBecause = "Rendering Failure" | "Reject";

export function isUnsent(eventType: string): eventType is UnsentBecause {
  return eventType === "Rendering Failure" || eventType === "Reject";
}

/** What SES says of a template it could not render. */
export interface RenderingFailure {
  readonly errorMessage: string;
  readonly templateName: string;
}

/** Longest name of a template that a sentence repeats; SES takes 64 characters. */
const longestName = 64;

/** The one thing of SES's message that holds none of the data. */
const missing = /^Attribute '([\w.-]{1,64})' is not present/;

/** Why a message that SES took was not sent, for who has to send it again. */
export function unsentReason(because: UnsentBecause, failure: RenderingFailure | undefined): QuarantineReason {
  switch (because) {
    case "Rendering Failure":
      return { code: "rendering-failed", sentence: renderingSentence(failure) };
    case "Reject":
      return {
        code: "rejected-after-acceptance",
        sentence:
          "SES took it, and then rejected it for what it holds (a virus) and sent nothing: take that out and send it again under a new id.",
      };
    default:
      return because satisfies never;
  }
}

function renderingSentence({ errorMessage, templateName }: RenderingFailure = { errorMessage: "", templateName: "" }) {
  const template = templateName === "" ? "its template" : `template "${templateName.slice(0, longestName)}"`;
  const attribute = missing.exec(errorMessage)?.[1];
  const cause = attribute === undefined ? "" : ` (its data has no "${attribute}")`;
  return `SES could not render ${template}${cause} and sent nothing: correct the template or the data and send it again under a new id.`;
}
