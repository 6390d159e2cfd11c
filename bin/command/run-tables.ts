// All of them bring the AWS SDK, and one file holds it once.
export { runDrill } from './run-drill';
export { runKeys } from './run-keys';
export { runUsage } from './run-usage';
