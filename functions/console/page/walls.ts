import type { StreamStatus } from "../../../shared/app/status/read-streams.ts";
import { poolWords } from "../../../shared/domain/routing/pool-words.ts";
import { type Html, html } from "./html.ts";

/** The streams whose list endangers their pool, in a box that is not overlooked; nothing where all is well. */
export function walls(streams: readonly StreamStatus[]): Html {
  const lines = streams.flatMap(({ stream, pool, pools = [pool], wall }) =>
    wall === undefined
      ? []
      : [
          html`<li>${stream}: ${wall.why} <span class="sw-muted">(${wall.level}, ${wall.cause}, ${poolWords(pools)})</span></li>`,
        ],
  );
  if (lines.length === 0) return html``;
  return html`<div class="sw-warning" role="alert"><strong>Streams behind a wall until their list is clean</strong><ul>${lines}</ul></div>
`;
}
