/** How many jobs of one member, such as responses in the background, may wait or run at a time. */
export const JOBS_PER_MEMBER = { default: 8, most: 20 } as const;
