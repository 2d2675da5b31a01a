import type { ReferenceStatus } from "../../../shared/app/status/reference-status.ts";
import { verdictWords } from "../../../shared/domain/quality/verdict-words.ts";
import { type Html, html } from "./html.ts";

/** Whether dedicated IPs do better, by provider and with the figures, behind a line that opens; nothing before samples. */
export function referenceTable(reference: readonly ReferenceStatus[]): Html {
  if (reference.length === 0) return html``;
  const known = reference.filter(({ verdict }) => verdict !== "not-yet-known").length;
  return html`<details class="sw-more"><summary>Random samples tell whether warming IPs do better at ${known} of ${reference.length} providers</summary><div class="sw-scroll"><table>
<thead><tr><th scope="col">Provider</th><th scope="col">Verdict</th><th scope="col">Refused, with intervals of 90 %</th></tr></thead>
<tbody>${reference.map(({ provider, verdict, why }) => html`<tr><th scope="row">${provider}</th><td>${verdictWords[verdict]}</td><td>${why}</td></tr>`)}</tbody>
</table></div></details>
`;
}
