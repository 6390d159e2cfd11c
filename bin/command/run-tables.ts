// Both bring the AWS SDK, and one file holds it once.
export { runKeys } from './run-keys';
export { runUsage } from './run-usage';
