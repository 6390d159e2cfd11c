/** How many jobs of one member, such as responses in the background, may wait or run at a time. */
export const JOBS_PER_MEMBER = { default: 8, most: 20 } as const;

/** The shortest retention with which jobs run, in days: what a job of 24 hours stores at its beginning must exist at its end. */
export const SHORTEST_RETENTION_DAYS = 2;
