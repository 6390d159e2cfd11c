// All of them bring the AWS SDK, and one file holds it once: two would take a twentieth of the whole package more.
export { readLiveKeys } from './run-access';
export { runDoctor } from './run-doctor';
export { runDrill } from './run-drill';
export { runFacts } from './run-facts';
export { runKeys } from './run-keys';
export { runUsage } from './run-usage';
