import type { InputItem } from '../../gateway/items/items';

/**
 * The items of a window that a model can be sent. A window may begin anywhere, and a conversation may have stopped anywhere. So
 * results without their call, calls without a result and reasoning that nothing follows are left out. If older items were left out, the
 * first message is the user's. A whole conversation may begin with an answer, such as one to instructions alone, if its user says something
 * later.
 *
 * @param input the new input, which may answer the last calls
 * @param truncated whether older items were left out
 */
export function sendable(
  items: readonly InputItem[],
  input: string | readonly InputItem[],
  truncated: boolean,
): InputItem[] {
  const answered = answeredCalls(items, input);
  const paired = items.filter((item) => !('call_id' in item) || answered.has(item.call_id));
  const mayBeginWithAnswer = !truncated && (typeof input === 'string' || [...items, ...input].some(isOfUser));
  const first = mayBeginWithAnswer ? 0 : paired.findIndex(isOfUser);
  const rest = paired.filter((item, index) => isOfSystem(item) || (first >= 0 && index >= first));
  return rest.filter((item, index) => item.type !== 'reasoning' || isFollowed(rest.slice(index + 1)));
}

const isOfUser = (item: InputItem): boolean => item.type === 'message' && item.role === 'user';

const isOfSystem = (item: InputItem): boolean =>
  item.type === 'message' && (item.role === 'system' || item.role === 'developer');

/** The calls that have a result before the user's next message. */
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

/** Whether a message or a call of the model follows its reasoning. */
function isFollowed(after: readonly InputItem[]): boolean {
  const next = after.find((item) => item.type !== 'reasoning');
  return next?.type === 'function_call' || (next?.type === 'message' && next.role === 'assistant');
}
