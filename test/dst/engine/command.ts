import type { Scheduler } from "./scheduler.ts";

type Answered = Promise<{ readonly output: object; readonly response: unknown }>;

/** A command of the SDK. */
export interface Command {
  readonly input: object;
  /** What its caller added to this one. */
  readonly middlewareStack: {
    identify(): readonly string[];
    resolve(
      handler: () => Answered,
      context: object,
    ): (request: { readonly input: object }) => Promise<{ readonly output: object }>;
  };
}

/** A call with the command's own middleware around it, which sees the header `Date` by the true time. */
export async function throughMiddleware(
  { input, middlewareStack }: Command,
  scheduler: Scheduler,
  call: () => Promise<object>,
): Promise<object> {
  if (middlewareStack.identify().length === 0) return call();
  const answered = async (): Answered => {
    const output = await call();
    return { output, response: { headers: { date: new Date(scheduler.nowMs).toUTCString() } } };
  };
  return (await middlewareStack.resolve(answered, {})({ input })).output;
}
