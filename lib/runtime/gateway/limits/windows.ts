import { createHash } from 'node:crypto';
import { LONGEST_REQUEST_MINUTES } from '../../../contract/api-limits';
import { dayLabels, dayTokens } from '../../../contract/tables';
import { endOf, type Month, monthOf } from './calendar-month';
import type { Counter } from './counters';

/** A window of time to which a limit applies, in UTC. */
export interface Window {
  readonly counter: Counter;
  /** The beginning of the next window. */
  readonly end: Date;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The days for which daily totals are stored, so that a quarter can be accounted for. */
const STORED_DAYS = 92;

/** The requests of a tenant, of one of its members or of a member's key, within the minute that contains a time. */
export const requestsOf = (tenant: string, time: Date, member?: string, key?: string): Window =>
  windowOf(tenant, MINUTE, 1, time, (begin) => {
    const name = `requests#${begin.slice(0, 16)}`;
    return member === undefined ? name : `${name}#${digest(`${name}#${member}${key === undefined ? '' : `#${key}`}`)}`;
  });

/** The tokens of a member's key, on the day that contains a time. They are stored for its cap only, and not for reports. */
const keyTokensOf = (tenant: string, time: Date, member: string | undefined, key: string): Window =>
  windowOf(tenant, DAY, 1, time, (begin) => {
    const name = `keytokens#${begin.slice(0, 10)}`;
    return `${name}#${digest(`${name}#${member}#${key}`)}`;
  });

/** The bytes that a member has sent to be stored, on the day that contains a time. */
export const bytesOf = (tenant: string, time: Date, member: string): Window =>
  windowOf(tenant, DAY, 1, time, (begin) => {
    const name = `bytes#${begin.slice(0, 10)}`;
    return `${name}#${digest(`${name}#${member}`)}`;
  });

/** Names a member for one window: an erasure doesn't list these counts, so they must not tell who was active. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** A request ends at the latest in the window after its own. */
const LONGEST_REQUEST = LONGEST_REQUEST_MINUTES * MINUTE;

/**
 * The running requests of a tenant that arrived in the window that contains a time, and those that arrived in the window before. A
 * request that was never counted as ended, because its process failed, is forgotten with its window.
 */
export function runningOf(tenant: string, time: Date): { readonly own: Counter; readonly before: Counter } {
  const at = (date: Date) =>
    windowOf(tenant, LONGEST_REQUEST, 1, date, (begin) => `running#${begin.slice(0, 16)}`).counter;
  return { own: at(time), before: at(new Date(time.getTime() - LONGEST_REQUEST)) };
}

/** The tokens of a tenant, of one of its members or of a member's key, on the day that contains a time. */
export const tokensOf = (tenant: string, time: Date, member?: string, key?: string): Window =>
  key === undefined
    ? windowOf(
        tenant,
        DAY,
        STORED_DAYS,
        time,
        (begin) => `${dayTokens(begin)}${member === undefined ? '' : `#${member}`}`,
      )
    : keyTokensOf(tenant, time, member, key);

/** The tokens and nano-dollars of a tenant, or of one of its keys, in the month that contains a time. */
export function monthOfTenant(tenant: string, time: Date, key?: string): Window {
  const { month, end } = monthAt(time);
  const name = key === undefined ? `month#${month}` : `keymonth#${month}#${key}`;
  return { counter: { tenant, name, forget: new Date(end.getTime() + STORED_DAYS * DAY) }, end };
}

/** The tokens and nano-dollars of a label of a project's keys, in the month that contains a time. */
export function monthOfLabel(tenant: string, time: Date, label: string): Window {
  const { month, end } = monthAt(time);
  return {
    counter: { tenant, name: `labelmonth#${month}#${label}`, forget: new Date(end.getTime() + STORED_DAYS * DAY) },
    end,
  };
}

/** The days for which what is counted for a budget alone is stored after its period. */
const BUDGET_DAYS = 2;

function budgetMonth(tenant: string, time: Date, nameOf: (month: string) => string): Window {
  const { month, end } = monthAt(time);
  return { counter: { tenant, name: nameOf(month), forget: new Date(end.getTime() + BUDGET_DAYS * DAY) }, end };
}

/** The use of a group of a workspace's members, in the month that contains a time. */
export const monthOfGroup = (tenant: string, time: Date, group: string): Window =>
  budgetMonth(tenant, time, (month) => `groupmonth#${month}#${group}`);

/** The use of a member without courses, in the month that contains a time. */
export const monthOfMember = (tenant: string, time: Date, member: string): Window =>
  budgetMonth(tenant, time, (month) => memberCounter(`membermonth#${month}`, member));

/** The use of a member's key, in the month that contains a time. */
export const monthOfMemberKey = (tenant: string, time: Date, member: string, key: string): Window =>
  budgetMonth(tenant, time, (month) => memberCounter(`keymonth#${month}`, `${member}#${key}`));

/** A course that requests charge. */
export interface ChargedCourse {
  readonly id: string;
  /** The first moment after it. */
  readonly end: Date;
}

/** The days for which the use of a course is stored after it, in which it can still be extended. */
const COURSE_DAYS = 31;

/** The use of a course, or of one of its members, over all of it. It belongs to the ID: another term of the course needs another one. */
export function wholeCourse(tenant: string, { id, end }: ChargedCourse, member?: string): Window {
  const name = member === undefined ? `course#${id}` : memberCounter(`share#${id}`, member);
  // A deployment may extend the course.
  return { counter: { tenant, name, forget: new Date(end.getTime() + COURSE_DAYS * DAY), mayMove: true }, end };
}

const memberCounter = (name: string, of: string) => `${name}#${digest(`${name}#${of}`)}`;

/** Every counter of a member's budgets that an erasure can find: those of their keys have names that nothing else knows. */
export function budgetCountersOf(tenant: string, member: string, courses: readonly string[], now: Date): Counter[] {
  const before = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0));
  return [
    monthOfMember(tenant, now, member).counter,
    monthOfMember(tenant, before, member).counter,
    ...courses.map((id) => wholeCourse(tenant, { id, end: now }, member).counter),
  ];
}

/** The last month. Nearly every request is in the same one as the request before. */
let lastMonth: { readonly month: Month; readonly begin: Date; readonly end: Date } | undefined;

function monthAt(time: Date): { readonly month: Month; readonly end: Date } {
  if (lastMonth !== undefined && lastMonth.begin <= time && time < lastMonth.end) return lastMonth;
  const month = monthOf(time);
  lastMonth = { month, begin: new Date(`${month}-01T00:00:00Z`), end: endOf(month) };
  return lastMonth;
}

/** The tokens of a label of a project's keys, on the day that contains a time. */
export const labelTokensOf = (tenant: string, time: Date, label: string): Window =>
  windowOf(tenant, DAY, STORED_DAYS, time, (begin) => `${dayLabels(begin)}#${label}`);

/** Whose tokens of a day are counted. */
interface Counted {
  readonly tenant: string;
  readonly member?: string;
  readonly key?: string;
  readonly label?: string;
}

/** The tokens of an owner of limits, on the day that contains a time. */
export const dayOf = ({ tenant, member, key, label }: Counted, time: Date): Window =>
  label === undefined ? tokensOf(tenant, time, member, key) : labelTokensOf(tenant, time, label);

/**
 * Longer than DynamoDB may take to delete an expired item. With the stored days, it is also few enough for one batch of keys.
 */
const EXPIRY_DELAY_DAYS = 6;

/** Every counter that may exist for a member of a workspace: today's, and one for each day that may not be deleted yet. */
export function countersOf(tenant: string, member: string, now: Date): Counter[] {
  const days = Array.from({ length: STORED_DAYS + EXPIRY_DELAY_DAYS + 1 }, (_, ago) => ago);
  return days.map((ago) => tokensOf(tenant, new Date(now.getTime() - ago * DAY), member).counter);
}

interface Beginning {
  readonly begin: number;
  readonly text: string;
}

/**
 * The last two beginnings of each length, as text. Nearly every request is in the same window as the one before, and running requests are
 * counted in two.
 */
const lastTexts = new Map<number, readonly Beginning[]>();

function textOf(begin: number, length: number): string {
  const last = lastTexts.get(length) ?? [];
  const known = last.find((one) => one.begin === begin);
  if (known !== undefined) return known.text;
  const text = new Date(begin).toISOString();
  lastTexts.set(length, [{ begin, text }, ...last.slice(0, 1)]);
  return text;
}

/** Unix time has no leap seconds and begins at midnight, so the windows of each length are multiples of it. */
function windowOf(
  tenant: string,
  length: number,
  storedDays: number,
  time: Date,
  nameOf: (begin: string) => string,
): Window {
  const begin = Math.floor(time.getTime() / length) * length;
  const end = new Date(begin + length);
  const name = nameOf(textOf(begin, length));
  // At least a day longer than needed, because an answer may end long after its request arrived.
  return { counter: { tenant, name, forget: new Date(end.getTime() + storedDays * DAY) }, end };
}
