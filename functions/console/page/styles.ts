import { html } from "./html.ts";

/**
 * Amber against blue stays apart for every kind of colour vision, grey is what is not our own; each is at least 3:1 on
 * its background, text at least 4.5:1.
 */
const light =
  "--sw-ink:#16191f;--sw-muted:#5a6473;--sw-line:#dde1e7;--sw-track:#eceff3;--sw-back:#ffffff;--sw-warming:#c96a04;--sw-established:#2563eb;--sw-shared:#7c8898;--sw-bad:#b42318";
const dark =
  "--sw-ink:#e8eaed;--sw-muted:#a2abb8;--sw-line:#343b46;--sw-track:#272d36;--sw-back:#14181e;--sw-warming:#f59e0b;--sw-established:#60a5fa;--sw-shared:#8b97a7;--sw-bad:#ff8a80";

/** The page carries its own style, so that it looks the same in a dashboard and by itself. */
export const styles = html`<style>
.sw-page{${light};color-scheme:light;box-sizing:border-box;padding:1.25rem max(1.25rem,calc(50% - 36rem));background:var(--sw-back);color:var(--sw-ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){.sw-page:not(.sw-light){${dark};color-scheme:dark}}
.sw-page.sw-dark{${dark};color-scheme:dark}
.sw-page h1,.sw-page h2,.sw-page h3{margin:0;color:inherit;font-weight:600;line-height:1.3}
.sw-page h1{font-size:1.25rem}
.sw-page h2{font-size:1.1rem}
.sw-page h3{margin:1.5rem 0 .4rem;font-size:.9rem}
.sw-page p{margin:.25rem 0}
.sw-page .sw-muted{color:var(--sw-muted)}
.sw-page .sw-bad{color:var(--sw-bad);font-weight:600}
.sw-facts{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:1rem 0 0;padding:0}
.sw-facts dt{color:var(--sw-muted)}
.sw-facts dd{margin:0}
.sw-facts strong{font-size:1.15rem;font-weight:600}
.sw-pool{margin-top:1.75rem;padding-top:1.5rem;border-top:1px solid var(--sw-line)}
.sw-mark{margin-left:.35rem;padding:.05rem .5rem;border:1px solid var(--sw-bad);border-radius:3px;color:var(--sw-bad);font-weight:600}
.sw-warning{margin:.75rem 0;padding:.6rem .9rem;border:1px solid var(--sw-bad);border-left-width:4px;border-radius:3px}
.sw-warning strong{color:var(--sw-bad)}
.sw-warning ul{margin:.25rem 0 0;padding-left:1.1rem}
.sw-page .sw-advice{padding-left:.9rem;border-left:4px solid var(--sw-line)}
.sw-page .sw-ips{margin:.25rem 0 .75rem}
.sw-split{display:flex;gap:2px;height:1.1rem;margin:.75rem 0 .5rem;background:var(--sw-track);border-radius:3px;overflow:hidden}
.sw-split span{display:block;min-width:2px}
.sw-legend{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0;padding:0;list-style:none}
.sw-key{display:inline-block;width:.7rem;height:.7rem;margin-right:.4rem;border-radius:2px}
.sw-line-key{height:0;border-top:2px solid var(--sw-ink);border-radius:0;vertical-align:middle}
.sw-warming{background:var(--sw-warming)}
.sw-established{background:var(--sw-established)}
.sw-shared{background:var(--sw-shared)}
.sw-scroll{overflow-x:auto}
.sw-page table{width:100%;border-collapse:collapse;background:none;color:inherit;font-size:inherit}
.sw-page th,.sw-page td{padding:.35rem 1rem .35rem 0;border:0;border-bottom:1px solid var(--sw-line);background:none;color:inherit;text-align:left;vertical-align:baseline}
.sw-page thead th{color:var(--sw-muted);font-weight:400;white-space:nowrap}
.sw-page tbody th{font-weight:500}
.sw-page .sw-number{text-align:right;white-space:nowrap}
.sw-page td.sw-why{min-width:18rem;padding-right:0}
.sw-page td.sw-room{width:7rem;min-width:5rem;vertical-align:top}
.sw-bar{display:block;height:.5rem;margin-top:.45rem;background:var(--sw-track);border-radius:2px;overflow:hidden}
.sw-bar span{display:block;height:100%}
.sw-more{margin-top:.5rem}
.sw-more summary{color:var(--sw-muted);cursor:pointer}
.sw-curve{display:block;width:100%;min-width:40rem;height:auto;margin-top:.5rem}
.sw-curve .sw-used{fill:var(--sw-warming)}
.sw-curve .sw-allowed{fill:none;stroke:var(--sw-ink);stroke-width:2}
.sw-curve .sw-grid{stroke:var(--sw-line);stroke-width:1}
.sw-curve .sw-hover{fill:transparent}
.sw-curve text{fill:var(--sw-muted);font-size:11px}
</style>`;
