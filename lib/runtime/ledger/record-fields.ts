import { RESIDENCY_EVENT } from '../../contract/metrics';

type Form = (value: unknown) => boolean;

/** Longer than each name, ID and time of a record. */
const LONGEST = 512;

/** A request has few attempts; embeddings of many texts take many calls. */
const MOST_ITEMS = 4_096;

const text: Form = (value) => typeof value === 'string' && value.length <= LONGEST;
const like =
  (form: RegExp): Form =>
  (value) =>
    text(value) && form.test(value as string);
const count: Form = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const just =
  (only: unknown): Form =>
  (value) =>
    value === only;
const optional =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value);
const list =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_ITEMS && value.every(form);

/** An object with these fields and no others. */
function fields(forms: Readonly<Record<string, Form>>): Form {
  const known = Object.entries(forms);
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((key) => Object.hasOwn(forms, key)) &&
    known.every(([key, form]) => form((value as Record<string, unknown>)[key]));
}

/** Whether a value has the fields of a record of a request, each in its form, and no others: what is locked can't be taken back. */
export const isRecord = fields({
  event: just(RESIDENCY_EVENT),
  stream: like(/^[\w-]{16,64}$/),
  seq: count,
  id: text,
  time: like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  tenant: text,
  member: optional(text),
  act: optional(text),
  about: optional(text),
  model: optional(text),
  destination: optional(text),
  sourceRegion: optional(text),
  api: optional(text),
  attempts: optional(
    list(
      fields({
        destination: text,
        sourceRegion: text,
        api: optional(text),
        requestIds: optional(list(text)),
        outcome: text,
      }),
    ),
  ),
  skipped: optional(list(fields({ destination: text, sourceRegion: text, why: text }))),
  mayProcess: optional(list(text)),
  retention: text,
  tokens: optional(
    fields({
      prompt: count,
      completion: count,
      cached: count,
      cacheWrite: optional(count),
      estimated: optional(just(true)),
    }),
  ),
  intervened: optional(just(true)),
  outcome: text,
  reason: optional(text),
});
