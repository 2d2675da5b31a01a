import type { Forecast } from "../shared/app/forecast/forecast.ts";
import { escaped, forecastPicture } from "./forecast-picture.ts";
import { caveat, forecastText, summaryLines } from "./forecast-text.ts";

/** The forecast as one page without scripts: what it comes to, the picture, the tables. */
export function forecastPage(found: Forecast): string {
  const title = `Warm-up forecast from ${found.start}, plan ${found.plan}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { font-family: sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
svg { width: 100%; height: auto; }
pre { overflow-x: auto; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p><strong>${escaped(caveat(found))}</strong></p>
${summaryLines(found)
  .map((line) => `<p>${escaped(line)}</p>`)
  .join("\n")}
${forecastPicture(found)}
<pre>${escaped(forecastText(found).join("\n"))}</pre>
</body>
</html>
`;
}
