import type { InputItem } from '../../gateway/items/items';

/**
 * What of a window is sent to a model. A window may begin anywhere, and a conversation may have been left anywhere: results
 * without their calls, calls that nothing answers and reasoning that led to nothing are left out, and what the user says comes
 * first.
 *
 * @param input what is asked now, which may answer the last calls
 */
export function sendable(items: readonly InputItem[], input: string | readonly InputItem[]): InputItem[] {
  const answered = answeredCalls(items, input);
  const paired = items.filter((item) => !('call_id' in item) || answered.has(item.call_id));
  const first = paired.findIndex((item) => item.type === 'message' && item.role === 'user');
  const begun = paired.filter((item, index) => isOfSystem(item) || (first >= 0 && index >= first));
  return begun.filter((item, index) => item.type !== 'reasoning' || leadsOn(begun.slice(index + 1)));
}

const isOfSystem = (item: InputItem): boolean =>
  item.type === 'message' && (item.role === 'system' || item.role === 'developer');

/** The calls that are answered before the user speaks again. */
function answeredCalls(items: readonly InputItem[], input: string | readonly InputItem[]): ReadonlySet<string> {
  const answered = new Set<string>();
  let open = new Set<string>();
  for (const item of typeof input === 'string' ? items : [...items, ...input]) {
    if (item.type === 'function_call') open.add(item.call_id);
    else if (item.type === 'function_call_output' && open.delete(item.call_id)) answered.add(item.call_id);
    else if (item.type === 'message' && item.role === 'user') open = new Set();
  }
  return answered;
}

/** Whether the model says or calls something after its reasoning. */
function leadsOn(after: readonly InputItem[]): boolean {
  const next = after.find((item) => item.type !== 'reasoning');
  return next?.type === 'function_call' || (next?.type === 'message' && next.role === 'assistant');
}
