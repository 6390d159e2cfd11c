import { MEMBER_ROLES, type MemberRole } from '@/lib/contract/roles';
import type { ListedMember, MemberList, MemberPage, RecordGiven } from '@/lib/runtime/members/member-list';
import type { Person as PersonInRole } from '@/lib/runtime/rights/decisions/hand-over-people';

/** A user of the pool. */
export interface Person {
  readonly id: string;
  readonly name: string;
  roles: readonly MemberRole[];
  readonly created: number;
}

/** The user pool. It is Cognito's, so it has no faults of its own here. */
export class People implements MemberList {
  private readonly all = new Map<string, Person>();

  constructor(private readonly newId: () => string) {}

  /** Adds a user as the operator does: no administrator gave them their role. */
  public put(name: string, roles: readonly MemberRole[]): Person {
    const person = { id: this.newId(), name, roles, created: Date.now() };
    this.all.set(person.id, person);
    return person;
  }

  public person(id: string): Person | undefined {
    return this.all.get(id);
  }

  public everyone(): Person[] {
    return [...this.all.values()];
  }

  public async page(): Promise<MemberPage> {
    return { members: [...this.all.values()].map(listed) };
  }

  public async find(id: string): Promise<ListedMember | undefined> {
    const person = this.all.get(id);
    return person === undefined || person.roles.length === 0 ? undefined : listed(person);
  }

  public async add(name: string, roles: readonly MemberRole[], record: RecordGiven) {
    const known = [...this.all.values()].find((person) => person.name === name);
    const id = known?.id ?? this.newId();
    await record(
      id,
      roles.filter((role) => known?.roles.includes(role) !== true),
    );
    const person = known ?? { id, name, roles: [], created: Date.now() };
    person.roles = MEMBER_ROLES.filter((role) => roles.includes(role) || person.roles.includes(role));
    this.all.set(id, person);
    return { member: listed(person) };
  }

  public async setRoles(
    { id }: ListedMember,
    roles: readonly MemberRole[],
    record: () => Promise<void>,
  ): Promise<void> {
    await record();
    const person = this.all.get(id);
    if (person !== undefined) person.roles = roles;
  }

  public async remove({ id }: ListedMember, record: () => Promise<void>): Promise<void> {
    await record();
    const person = this.all.get(id);
    if (person !== undefined) person.roles = [];
  }

  /** Since when a person who holds a role now has been a user. */
  public readonly unrecorded = async ({ id, role }: PersonInRole): Promise<number | undefined> => {
    const person = this.all.get(id);
    return person?.roles.includes(role) === true ? person.created : undefined;
  };
}

const listed = ({ id, name, roles, created }: Person): ListedMember => ({
  id,
  name,
  roles,
  enabled: true,
  invited: false,
  created: new Date(created),
});
