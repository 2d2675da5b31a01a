import { inParallel } from "../in-parallel.ts";
import { chooseWaiting } from "./choose-waiting.ts";
import { putBack } from "./put-back.ts";
import { releaseDue } from "./release-due.ts";
import { concurrency, isTimeLeft, type ReleaseRun } from "./release-run.ts";

/** One run's work at one pool: what is due, then the best of what waits. */
export async function releasePool(run: ReleaseRun, pool: string): Promise<void> {
  const { held, log } = run.ports;
  const [providers, leftOff] = await Promise.all([held.waitingProviders(pool), held.places(pool)]);
  run.room.expect(providers);
  const due = await releaseDue(run, pool);
  const { chosen, lookedAt, stay, places } = await chooseWaiting(run, pool, { providers, leftOff, due: due.found });
  let released = due.released;
  await inParallel(chosen, concurrency, async (message) => {
    if (isTimeLeft(run) && (await putBack(run.ports, message)) === "released") released += 1;
  });
  if (leftOff.size > 0 || places.size > 0) await held.keepPlaces(pool, places);
  if (due.found.size === 0 && lookedAt === 0) return;
  log.info("HELD_RELEASED", { pool, due: due.found.size, chosen: chosen.length, released, lookedAt, stay });
}
