import type { Destination } from '../../../boundary/destination';
import type { AnyDestination } from '../../../boundary/server';

/** An API of Bedrock other than Converse. */
export type DestinationApi = NonNullable<Destination['api']>;

/** The API of Bedrock by which a destination is called; undefined if Converse, or if it isn't Bedrock's. */
export const apiOf = (destination: AnyDestination): DestinationApi | undefined =>
  destination.provider === 'bedrock' ? destination.api : undefined;
