import type { Fetch } from './node-adapter';

/** What an answer of the echo says of itself; the other headers are those of a deployment, so that clients can be tested. */
const ECHO_HEADER = ['x-residency-echo', 'local echo; no destination was called'] as const;

/** Marks every answer of mounted APIs as the echo's. */
export const markEcho = (mounts: ReadonlyMap<string, Fetch>): Map<string, Fetch> =>
  new Map(
    [...mounts].map(([path, fetch]): [string, Fetch] => [
      path,
      async (request) => {
        const response = await fetch(request);
        response.headers.set(...ECHO_HEADER);
        return response;
      },
    ]),
  );
