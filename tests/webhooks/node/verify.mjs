// Verifies deliveries with the official library. Standard input: a JSON list of {secret, body, headers}; standard output: for
// each what the message says, or the library's refusal.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const deliveries = JSON.parse(readFileSync(0, "utf8"));
const verdicts = deliveries.map(({ secret, body, headers }) => {
  try {
    return { told: new Webhook(secret).verify(body, headers) };
  } catch (error) {
    return { refused: error.message };
  }
});
process.stdout.write(JSON.stringify(verdicts));
