/** The requests per second that API Gateway accepts from all callers of one API, by default. */
export const REQUESTS_PER_SECOND = 50;

/**
 * The requests without a key within five minutes that the web ACL lets pass, by default: a fifth of what API Gateway accepts, so that the
 * rest is left for requests with a key. It doesn't grow with what API Gateway accepts, because such requests run functions, and Lambda's
 * quota doesn't grow either.
 */
export const requestsWithoutKey = (perSecond: number): number => Math.min(perSecond, REQUESTS_PER_SECOND) * 60;

/** The default without a limit of its own. */
export const REQUESTS_WITHOUT_KEY = requestsWithoutKey(REQUESTS_PER_SECOND);

/**
 * The longest time of a request in minutes: API Gateway streams no longer, and Lambda runs no function longer.
 */
export const LONGEST_REQUEST_MINUTES = 15;
