// All of them bring the AWS SDK, and one file holds it once.
export { readLiveKeys } from './run-access';
export { runDoctor } from './run-doctor';
export { runFacts } from './run-facts';
