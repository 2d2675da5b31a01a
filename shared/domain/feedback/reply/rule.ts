import type { ReplyLabel } from "./label.ts";

/** Parts of a reply that a rule can look at; see `ReplyParts`. */
export type ReplyPart = "words" | "text" | "status";

/** One rule of the reply classification. Rules are tried in order; the first that holds decides. */
export interface ReplyRule {
  /** Unique, kebab-case; told with each classification. */
  readonly id: string;
  readonly label: ReplyLabel;
  /** Where `patterns` are looked for. */
  readonly part: ReplyPart;
  /**
   * Sources of regular expressions; any of them holds. The parts are lower case without accents. Every
   * repetition has an upper bound, so that matching takes linear time.
   */
  readonly patterns: readonly string[];
  /** Mailbox providers for which these words mean this; absent: for all. */
  readonly receivers?: readonly string[];
  /** The enhanced status that has to go with it, as the source of a regular expression. */
  readonly status?: string;
  /** Only when the reply quotes one of our own IPs. */
  readonly ownIp?: true;
  /** Where the meaning is published: an address, or the name of a document. */
  readonly source: string;
}
