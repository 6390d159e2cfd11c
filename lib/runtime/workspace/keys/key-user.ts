import { endOfCourse } from '../../../contract/courses';
import type { Member } from '../../http/member';
import type { Courses } from './courses';
import type { MemberAccess } from './member-access';
import type { KeysOfMember, MemberKey } from './member-key';

/** The user for which a key acts. */
export interface KeyUser {
  readonly member: Member;
  /** The only models that it may use; none if it may use all of the workspace's. */
  readonly models?: readonly string[];
  /** When it stops, unless the member signs in again before. */
  readonly stops: Date;
}

/** What decides on a key that has been recognised. */
export interface KeyUserParts {
  readonly access: MemberAccess;
  readonly courses: Courses;
}

/**
 * The user for which a recognised key acts now.
 *
 * @throws ApiError that says why it may not act
 */
export async function requireKeyUser(
  { access, courses }: KeyUserParts,
  member: string,
  found: KeysOfMember,
  { id, ends, models, course: charged, requestsPerMinute, tokensPerDay, tokensPerMonth, usdPerMonth }: MemberKey,
  now: Date,
): Promise<KeyUser> {
  const { stops, groups } = await access.require(member, found, now);
  const course = charged === undefined ? undefined : courses.require(charged, groups ?? found.groups, now);
  const end = Math.min(ends, stops.getTime(), course ? endOfCourse(course).getTime() : Number.POSITIVE_INFINITY);
  return {
    member: {
      id: member,
      role: 'member',
      groups,
      budgetGroups: groups ? undefined : found.groups,
      key: { id, models, course: charged, requestsPerMinute, tokensPerDay, tokensPerMonth, usdPerMonth },
    },
    models: course?.models ? (models ?? course.models).filter((name) => course.models?.includes(name)) : models,
    stops: new Date(end),
  };
}
