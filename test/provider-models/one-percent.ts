import { alwaysSome } from "./always-some.ts";

/** One recipient in a hundred is deferred, whatever is sent. */
export default alwaysSome(0.01);
