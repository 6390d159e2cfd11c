/** Whether a registry has this package. `npx tsx scripts/published.ts` changes it, with every page that shows how to install. */
export const IS_PUBLISHED: boolean = false;
