import type { ModelJob, ModelState } from './trace';

/** What the model and the stores are compared by. Jobs are named by their order. */
export interface Observed {
  readonly jobs: readonly Omit<ModelJob, 'version'>[];
  /** By user: the conversations, the number of the key that decrypts, and the decisions about them. */
  readonly users: Readonly<Record<string, ObservedUser>>;
  /** Who can open which export, as 'person job'. */
  readonly readers: readonly string[];
  /** The jobs with an object in the bucket. */
  readonly files: readonly number[];
  /** The jobs with a certificate. */
  readonly certificates: readonly number[];
}

export interface ObservedUser {
  readonly content: readonly string[];
  readonly key: number;
  readonly mark: boolean;
  readonly erasing: number;
  readonly pending: number;
  readonly holds: number;
}

export const USERS = ['ada', 'heir', 'puppet'] as const;

/** What the model's state says of each. */
export function observedOf(state: ModelState): Observed {
  const of = <T>(pairs: readonly (readonly [string, T])[], user: string): T => new Map(pairs).get(user) as T;
  const users = USERS.map((user): [string, ObservedUser] => [
    user,
    {
      content: of(state.content, user),
      key: of(state.key, user),
      mark: state.mark.includes(user),
      erasing: of(state.erasing, user),
      pending: of(state.pending, user),
      holds: state.holds.filter((hold) => hold.open && hold.user === user).length,
    },
  ]);
  return {
    jobs: state.jobs.map(
      ({ kind, user, by, step, state, notBefore, recipient, releaseFrom, releasedBy, confirmedBy }) => ({
        kind,
        user,
        by,
        step,
        state,
        notBefore,
        recipient,
        releaseFrom,
        releasedBy,
        confirmedBy,
      }),
    ),
    users: Object.fromEntries(users),
    readers: readersOf(state),
    files: [...state.files].sort((a, b) => a - b),
    certificates: [...state.certificates].sort((a, b) => a - b),
  };
}

/** As the model's `canRead`. */
function readersOf({ listings, jobs, now, erasing, key, files }: ModelState): readonly string[] {
  const isVisible = (person: string, job: number) =>
    listings.some(([[to, of], { gone }]) => to === person && of === job && (gone < 0 || gone > now));
  const isErasing = (user: string) => (new Map(erasing).get(user) ?? -1) >= 0;
  return listings
    .filter(([[person, job], { ready, until }]) => {
      const owner = jobs[job]?.user ?? '';
      const hasFiles = files.includes(job) && (new Map(key).get(owner) ?? 0) > 0;
      const isListed = isVisible(person, job) && isVisible(owner, job) && ready && until > now;
      return isListed && hasFiles && !isErasing(person) && !isErasing(owner);
    })
    .map(([[person, job]]) => `${person} ${job}`)
    .sort();
}
