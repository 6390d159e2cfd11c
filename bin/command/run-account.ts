// Both bring the AWS SDK, and one file holds it once.
export { runDoctor } from './run-doctor';
export { runFacts } from './run-facts';
