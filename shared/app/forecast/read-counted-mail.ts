import type { MailRow } from "../../domain/advice/mail-history.ts";
import type { Progress } from "../../ports/progress.ts";

/** Mail of a pool's streams as the deployment counted it: its closed days, whatever IPs carried it. */
export async function readCountedMail(progress: Pick<Progress, "read">, pool: string): Promise<readonly MailRow[]> {
  const histories = await progress.read(pool);
  return [...histories].flatMap(([provider, history]) =>
    history.map(({ day, used, established, shared }) => ({ day, provider, recipients: used + established + shared })),
  );
}
