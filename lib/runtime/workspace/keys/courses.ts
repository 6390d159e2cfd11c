import { endOfCourse, type PolicyCourse } from '../../../contract/courses';
import { ApiError } from './api-error';

/** The groups of a member; undefined if none is known. */
type Groups = readonly string[] | undefined;

/** The courses of a workspace, by whose groups it is decided who may charge them. */
export class Courses {
  private readonly byId: ReadonlyMap<string, PolicyCourse>;

  constructor(courses: readonly PolicyCourse[] = []) {
    this.byId = new Map(courses.map((course) => [course.id, course]));
  }

  /** The names of their groups. */
  public get groups(): string[] {
    return [...this.byId.values()].map(({ group }) => group);
  }

  /** A course that is declared, whether or not it has ended. */
  public find(id: string): PolicyCourse | undefined {
    return this.byId.get(id);
  }

  /**
   * The course of a new key. One that doesn't exist and one of other members get the same answer.
   *
   * @throws ApiError unless the member is in it, and it hasn't ended
   */
  public choose(id: string, groups: Groups, now: Date): PolicyCourse {
    const course = this.byId.get(id);
    if (course !== undefined && isIn(course, groups)) return inForce(course, now);
    const own = [...this.byId.values()].filter((one) => isIn(one, groups) && now < endOfCourse(one));
    const allowed = own.map((one) => one.id).join(', ');
    throw new ApiError(
      400,
      'invalid_value',
      `'course' must be a course that you are in: ${allowed || 'you are in none now'}; leave it out for a key that charges no course`,
      { param: 'course' },
    );
  }

  /**
   * The course of an existing key.
   *
   * @param groups what is known of the member's groups now
   * @throws ApiError if the course has ended or was removed, or the member has left it
   */
  public require(id: string, groups: Groups, now: Date): PolicyCourse {
    const course = this.byId.get(id);
    if (course === undefined) {
      throw refused('which this workspace does not have any more; create a key without it, or for another course');
    }
    if (isIn(course, groups)) return inForce(course, now);
    throw refused(
      'which you have left; sign in again if you are in it, ask its teachers to add you, or create a key without it',
    );
  }
}

const isIn = ({ group }: PolicyCourse, groups: Groups): boolean => groups?.includes(group) === true;

function inForce(course: PolicyCourse, now: Date): PolicyCourse {
  if (now < endOfCourse(course)) return course;
  throw new ApiError(
    403,
    'course_ended',
    `the course '${course.id}' ended on ${course.until}, and its keys with it; create a key without it, or for another course`,
  );
}

const refused = (why: string) => new ApiError(403, 'course_refused', `this key charges a course ${why}`);
