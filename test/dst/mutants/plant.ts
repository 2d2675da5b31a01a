import { registerHooks } from "node:module";
import { mutants } from "./all.ts";
import { changed } from "./mutant.ts";

const root = new URL("../../../", import.meta.url);

/** Plants a bug in this thread: from now on its file is loaded with the change. @throws when the file has moved on */
export function plantMutant(name: string): void {
  const mutant = mutants.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  const url = new URL(mutant.file, root).href;
  registerHooks({
    load: (loaded, context, nextLoad) => {
      const result = nextLoad(loaded, context);
      if (loaded !== url) return result;
      return { ...result, source: changed(mutant, String(result.source)) };
    },
  });
}
