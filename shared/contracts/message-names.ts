import * as z from "zod";
import { idOfMessageTag } from "../domain/sending/message-tag.ts";
import { parseSesEvent } from "./ses-event.ts";

/** By what a person finds a message again; what cannot be read is undefined. */
export interface MessageNames {
  readonly id: string | undefined;
  readonly stream: string | undefined;
}

const name = (longest: number) => z.string().min(1).max(longest).or(z.undefined()).catch(undefined);
const named = { id: name(256), stream: name(64) };
const nameless: MessageNames = { id: undefined, stream: undefined };

const Named = z
  .object(named)
  .catch(nameless)
  .transform(({ id, stream }): MessageNames => ({ id, stream }));

/** Id and stream of a send-queue message, whatever else is wrong with it. Never throws. */
export function namesInMessage(body: string): MessageNames {
  return Named.parse(jsonOf(body));
}

/** Id and stream of the mail an SES event is about, whatever else is wrong with it. Never throws. */
export function namesInEvent(body: string): MessageNames {
  try {
    const tags = parseSesEvent(body)?.mail.tags ?? {};
    const message = tags["sw-message"]?.[0];
    return Named.parse({
      id: message === undefined ? undefined : idOfMessageTag(message),
      stream: tags["sw-stream"]?.[0],
    });
  } catch {
    return nameless;
  }
}

const Note = z.object({ name: z.string().min(1).max(128), atMs: z.number(), ...named });

/** Reads a note, which the quarantine queue carries in the place of a record; undefined when it is none. */
export function parseNote(body: string): z.output<typeof Note> | undefined {
  return Note.safeParse(jsonOf(body)).data;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
