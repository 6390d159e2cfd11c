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

/** An error of AWS. */
export const named = (name: string): Error => Object.assign(new Error('of a store'), { name });
