import type { ResidencyBoundary } from '../../boundary/boundary';
import { profileDifference } from '../../boundary/profile-difference';
import { where } from '../../boundary/region';

/** How a profile leads now, beside what the facts say; a closed set, the gravest first. */
export type ProfileState =
  /** Leads to a place outside. */
  | 'outside'
  /** Bedrock knows no such profile. */
  | 'unknown'
  /** Couldn't be read. */
  | 'not-visible'
  /** Leads to further Regions, all inside. */
  | 'gained'
  /** Leads to fewer Regions. */
  | 'lost'
  | 'same';

/** A profile as it is called in a Region, with what the facts say of it. */
export interface AskedProfile {
  readonly id: string;
  readonly sourceRegion: string;
  /** By the facts, and by what was read before. */
  readonly expected: readonly string[];
  /** As of when the facts say so. */
  readonly asOf: string;
}

/** What Bedrock said of a profile: where it leads, or why that couldn't be read. */
export type ProfileAnswer =
  | { readonly regions: readonly string[] }
  | { readonly problem: 'unknown' | 'not-visible'; readonly detail: string; readonly fix: string };

/** What was found of a profile, and what to do about it. */
export interface ProfileCheck extends AskedProfile {
  readonly state: ProfileState;
  /** Where it leads now; none when that couldn't be read. */
  readonly found?: readonly string[];
  /** What differs, in words; empty when nothing does. */
  readonly detail: string;
  /** What to do; empty when there is nothing to do. */
  readonly fix: string;
}

/** Compares what Bedrock said of a profile with what was expected. */
export function profileCheck(boundary: ResidencyBoundary, asked: AskedProfile, answer: ProfileAnswer): ProfileCheck {
  if ('problem' in answer) return { ...asked, state: answer.problem, detail: answer.detail, fix: answer.fix };
  const { outside, gained, lost } = profileDifference(boundary, asked.expected, answer.regions);
  const detail = [said('gained, outside', outside), said('gained', gained), said('lost', lost)]
    .filter(Boolean)
    .join('; ');
  const state = outside.length > 0 ? 'outside' : gained.length > 0 ? 'gained' : lost.length > 0 ? 'lost' : 'same';
  return { ...asked, state, found: answer.regions, detail, fix: FIXES[state] };
}

const said = (what: string, codes: readonly string[]) =>
  codes.length === 0 ? '' : `${what}: ${codes.map((code) => `${code}, ${where(code)}`).join('; ')}`;

const FIXES = {
  outside: 'take it out of residency.yaml, or name a destination that stays inside, and deploy',
  gained:
    "install a newer version of this package, or keep the reading with 'eu-residency facts verify --write', and deploy again: " +
    'until then no project is served by it',
  lost: 'nothing has to be done: what is allowed is wider than what is used; a newer version of this package may say the same',
  same: '',
} as const;
