/** What an error of the SES client carries; anything else that is thrown has less of it. */
export interface SesError {
  /** Class of the error, such as `MessageRejected`. */
  readonly name: string;
  /** SES's sentence. It may hold addresses. */
  readonly message: string;
  /** Code of the network's or the client's own error. */
  readonly code: string;
  /** HTTP status of SES's answer; undefined when there was none. */
  readonly status: number | undefined;
}

export function sesErrorOf(error: unknown): SesError {
  if (!(error instanceof Error)) return { name: "unknown", message: "", code: "", status: undefined };
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const hasStatus = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata;
  const status = hasStatus && typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // SMTP and some emulators put the class before the sentence.
  const message = error.message.trim().replace(/^message rejected: /i, "");
  return { name: error.name, message, code, status };
}

/** Whether an error is of a class: SES's first API has the same ones without `Exception`. */
export function isOf({ name }: SesError, ...classes: readonly string[]): boolean {
  const bare = name.replace(/Exception$/, "");
  return classes.includes(bare);
}
