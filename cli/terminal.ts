/** What a verb has of the world around the command. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The repository's root, where `.local` lies. */
  readonly root: string;
  /** The folder that relative paths on the command line start from. */
  readonly folder: string;
  /** Writes a line of the result. */
  out(line: string): void;
  /** Writes a line about the run itself: a failure, a hint. */
  err(line: string): void;
}
