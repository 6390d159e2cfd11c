import { statusKey } from '@/lib/runtime/workspace/store/user-status';

/** An AWS client that answers its calls in turn, and records them. An answer that is an error is thrown. */
export function scripted(...answers: readonly (object | Error)[]) {
  const calls: [command: string, input: Readonly<Record<string, unknown>>][] = [];
  const send = async (command: { readonly input: Readonly<Record<string, unknown>> }) => {
    const answer = answers[calls.length] ?? new Error('no further call is expected');
    calls.push([command.constructor.name.replace(/Command$/, ''), command.input]);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { calls, client: { send } as never };
}

/** Also answers reads of the decisions about a job's user, which name the job, as while its erasure is under way. */
export function whileMarked({ id, user }: { readonly id: string; readonly user: string }, client = scripted().client) {
  const { pk, sk } = statusKey(user);
  const others: { send(command: unknown): Promise<object> } = client;
  const send = async (command: { readonly input: { readonly Key?: { pk?: { S?: string }; sk?: { S?: string } } } }) => {
    const key = command.input.Key;
    return key?.pk?.S === pk && key.sk?.S === sk ? { Item: { erasing: { S: id } } } : others.send(command);
  };
  return { send } as never;
}

/** An error of AWS. */
export const named = (name: string): Error => Object.assign(new Error('of a store'), { name });
