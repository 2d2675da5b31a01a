import type * as z from "zod";
import type { Caller, SesContext } from "./context.ts";
import { badRequest } from "./ses-error.ts";

/** One operation of the API: where it is, what it takes, what it does. */
export interface Operation {
  /** Name in the API and in IAM, without the `ses:` prefix. */
  readonly action: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Whether it sends mail: SES rates those apart from control calls, and faults strike them only. */
  readonly sends: boolean;
  /** Path below `/v2/email`, with `{Name}` for a part that is input. */
  readonly path: string;
  /** Reads the input; the call can then be judged by its resources before it is run. */
  readonly prepare: (context: SesContext, input: unknown, caller: Caller) => PreparedCall;
}

export interface PreparedCall {
  /** What IAM calls it, where that is not the operation's own name. */
  readonly iamAction?: string;
  /** ARNs that IAM would check; `*` for account-wide control calls. */
  readonly resources: string[];
  readonly run: () => object;
}

/** The text of a call that a schema refuses. */
function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`Invalid request at ${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "unreadable"}`);
}

/** A control operation: not on the send path. `resourcesOf`: the ARNs IAM checks, `*` when left out. */
export function control<S extends z.ZodType>(
  {
    resourcesOf = () => ["*"],
    ...where
  }: Pick<Operation, "action" | "method" | "path"> & {
    readonly resourcesOf?: (caller: Caller, context: SesContext, input: z.output<S>) => string[];
  },
  schema: S,
  run: (context: SesContext, input: z.output<S>, caller: Caller) => object,
): Operation {
  return {
    ...where,
    sends: false,
    prepare: (context, input, caller) => {
      const parsed = parse(schema, input);
      context.limits.takeControlCall(where.action, context.nowMs());
      return { resources: resourcesOf(caller, context, parsed), run: () => run(context, parsed, caller) };
    },
  };
}

/** A sending operation, judged by what it sends from and through. */
export function sending<S extends z.ZodType>(
  where: Pick<Operation, "action" | "method" | "path">,
  schema: S,
  prepare: (context: SesContext, input: z.output<S>, caller: Caller) => PreparedCall,
): Operation {
  return { ...where, sends: true, prepare: (context, input, caller) => prepare(context, parse(schema, input), caller) };
}
