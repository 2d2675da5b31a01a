// Everything that is asserted of the synthesized template. The suites are imported, not found by name, so that they
// share one synthesis: loading the CDK and the first synthesis take seconds.
import "./alarm-faults.suite.ts";
import "./alarms.suite.ts";
import "./functions.suite.ts";
import "./permissions.suite.ts";
import "./queues.suite.ts";
import "./routes.suite.ts";
import "./runbook.suite.ts";
import "./simulation.suite.ts";
import "./tables.suite.ts";
