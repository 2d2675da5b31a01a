import { alwaysSome } from "./always-some.ts";

/** Three recipients in a hundred are deferred, whatever is sent. */
export default alwaysSome(0.03);
