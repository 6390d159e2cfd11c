import type { ResidencyBoundary } from '../../boundary/boundary';
import { profileDifference } from '../../boundary/profile-difference';
import { where } from '../../boundary/region';

/** Where a profile routes now, compared with the facts; a closed set, the most severe first. */
export type ProfileState =
  /** It routes to a place outside the boundary. */
  | 'outside'
  /** Bedrock knows no such profile. */
  | 'unknown'
  /** The answer couldn't be read. */
  | 'not-visible'
  /** It routes to further Regions, all inside the boundary. */
  | 'gained'
  /** It routes to fewer Regions. */
  | 'lost'
  | 'same';

/** A profile as it is called in a Region, with the Regions of the facts. */
export interface SubjectProfile {
  readonly id: string;
  readonly sourceRegion: string;
  /** The Regions of the facts and of earlier answers. */
  readonly expected: readonly string[];
  /** The date of the facts. */
  readonly asOf: string;
  /** Who admitted it, if its Regions are an admitted row's. */
  readonly admitted?: string;
}

/** Bedrock's answer about a profile: the Regions it routes to, or why they couldn't be read. */
export type ProfileAnswer =
  | { readonly regions: readonly string[] }
  | { readonly problem: 'unknown' | 'not-visible'; readonly detail: string; readonly fix: string };

/** The result for a profile, and what to do about it. */
export interface ProfileCheck extends SubjectProfile {
  readonly state: ProfileState;
  /** The Regions it routes to now; none if they couldn't be read. */
  readonly found?: readonly string[];
  /** The difference in words; empty if there is none. */
  readonly detail: string;
  /** What to do; empty if nothing has to be done. */
  readonly fix: string;
}

/** Compares Bedrock's answer about a profile with the expected Regions. */
export function profileCheck(
  boundary: ResidencyBoundary,
  subjects: SubjectProfile,
  answer: ProfileAnswer,
): ProfileCheck {
  if ('problem' in answer) return { ...subjects, state: answer.problem, detail: answer.detail, fix: answer.fix };
  const { outside, gained, lost } = profileDifference(boundary, subjects.expected, answer.regions);
  const detail = [said('gained, outside', outside), said('gained', gained), said('lost', lost)]
    .filter(Boolean)
    .join('; ');
  const state = outside.length > 0 ? 'outside' : gained.length > 0 ? 'gained' : lost.length > 0 ? 'lost' : 'same';
  return { ...subjects, state, found: answer.regions, detail, fix: FIXES[state] };
}

const said = (what: string, codes: readonly string[]) =>
  codes.length === 0 ? '' : `${what}: ${codes.map((code) => `${code}, ${where(code)}`).join('; ')}`;

const FIXES = {
  outside: 'remove it from residency.yaml, or name a destination that stays inside the boundary, and deploy',
  gained:
    "install a newer version of this package, or save the answer with 'eu-residency facts verify --write', and deploy again: " +
    'until then, it serves no project',
  lost: 'nothing has to be done: more is allowed than is used; a newer version of this package may agree',
  same: '',
} as const;
