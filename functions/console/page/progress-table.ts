import type { ProviderProgress } from "../../../shared/app/status/provider-progress.ts";
import { figure } from "./figures.ts";
import { type Html, html } from "./html.ts";

/** How far the warm-up is at each provider, behind a line that opens. */
export function progressTable(providers: readonly ProviderProgress[]): Html {
  if (providers.length === 0) return html``;
  const complete = providers.filter(({ graduatedOn }) => graduatedOn !== undefined).length;
  return html`<details class="sw-more"><summary>Warm-up complete at ${complete} of ${providers.length} providers</summary><div class="sw-scroll"><table>
<thead><tr><th scope="col">Provider</th><th scope="col" class="sw-number">Now a day</th><th scope="col" class="sw-number">Target</th><th scope="col">Stands</th></tr></thead>
<tbody>${providers.map(row)}</tbody>
</table></div></details>
`;
}

function row(progress: ProviderProgress): Html {
  const { provider, level, target } = progress;
  return html`<tr><th scope="row">${provider}</th><td class="sw-number">${figure(level)}</td><td class="sw-number">${figure(target)}</td><td>${standing(progress)}</td></tr>
`;
}

function standing(progress: ProviderProgress): string {
  return progress.takesLong ? `${outlook(progress)}; takes longer than the plan says` : outlook(progress);
}

function outlook({ paused, graduatedOn, daysLeft, readyOn = "" }: ProviderProgress): string {
  if (graduatedOn !== undefined) return `complete since ${graduatedOn}`;
  if (paused) return "paused";
  return daysLeft === undefined ? "does not grow now" : `${daysLeft} days left, ${readyOn} at the latest`;
}
