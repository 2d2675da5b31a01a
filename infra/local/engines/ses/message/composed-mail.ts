import type { Header } from "../events/mail.ts";

/** A mail as it leaves, whichever way it was handed in. */
export interface ComposedMail {
  readonly from: string;
  readonly to: string[];
  readonly cc: string[];
  /** Bare addresses of everyone who gets it. */
  readonly recipients: string[];
  readonly subject: string;
  readonly headers: Header[];
  /** Text of all parts, for the virus check and for keeping. */
  readonly text: string;
  readonly sizeBytes: number;
  /** Set when the template could not be rendered; nothing is delivered then. */
  readonly renderingFailure?: { templateName: string; errorMessage: string };
  /** Tags that a raw mail names in a header of its own. */
  readonly tags?: Record<string, string>;
}
